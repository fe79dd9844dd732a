import { TEMPLATE_KEYS, type TemplateKey } from '../../messaging/domain/index.js';
import { JsonFields, readScenario, readStrictly, type Issue, type Scenario, type Step } from '../domain/index.js';

/** Used for every debtor whose segment no scenario names. It cannot be removed. */
export const FALLBACK_SCENARIO = 'standard';

/** A scenario as an administration keeps it: the planner's own steps, and the segments of debtors that it is for. */
export interface ScenarioDefinition extends Scenario {
  readonly name: string;
  readonly segments: readonly string[];
}

/** A stored definition with the version that runs and messages name. */
export interface StoredScenario {
  readonly version: number;
  readonly definition: ScenarioDefinition;
  readonly createdAt: Date;
}

/** The template of a step that sends a text; a telephone call (`task`) has none. */
export function templateKeyOf(step: Pick<Step, 'level' | 'template' | 'onlyBeforeDue'>): TemplateKey {
  const named = TEMPLATE_KEYS.find((key) => key === step.template);
  if (named !== undefined) return named;
  if (step.onlyBeforeDue === true) return 'notice';
  return (['first-reminder', 'second-reminder'] as const)[step.level - 1] ?? 'formal-notice';
}

/** The scenario of a debtor: the one that names its segment, else the fallback. */
export function scenarioForSegment(
  scenarios: readonly StoredScenario[],
  segment: string | null,
): StoredScenario | undefined {
  const named = scenarios.find(({ definition }) => segment !== null && definition.segments.includes(segment));
  return named ?? scenarios.find(({ definition }) => definition.id === FALLBACK_SCENARIO);
}

/**
 * Reads `{ scenarios: [...] }` as an admin sends it: the whole set.
 * @throws InvalidJson with every issue: what validateScenario refuses, two scenarios with one id or one segment, a
 *   channel that nothing sends yet, an unknown template, or no fallback scenario
 */
export function readDefinitions(body: unknown): readonly ScenarioDefinition[] {
  return readStrictly((issues) => {
    const fields = new JsonFields(body, '$', issues).allow(['scenarios']);
    const definitions = fields
      .list('scenarios')
      .map((_, index) =>
        readDefinition((fields.raw('scenarios') as unknown[])[index], `$.scenarios[${index}]`, issues),
      );
    for (const issue of setIssues(definitions)) issues.push(issue);
    return definitions;
  });
}

function readDefinition(raw: unknown, path: string, issues: Issue[]): ScenarioDefinition {
  const isObject = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
  const { segments = [], ...scenario }: Record<string, unknown> = isObject ? { ...raw } : {};
  const { id, name, steps } = readScenario(new JsonFields(isObject ? scenario : raw, path, issues), issues);
  steps.forEach((step, index) => issues.push(...stepIssues(step, `${path}.steps[${index}]`)));
  const isNames = Array.isArray(segments) && segments.every((each) => typeof each === 'string' && each.trim() !== '');
  if (!isNames) issues.push({ path: `${path}.segments`, expected: 'a list of segment ids' });
  return { id, name: name ?? id, segments: isNames ? (segments as string[]) : [], steps };
}

function stepIssues(step: Step, path: string): Issue[] {
  if (step.channel === 'webhook')
    return [{ path: `${path}.channel`, expected: 'one of "email", "letter", "task", got "webhook"' }];
  const known: readonly string[] = step.channel === 'task' ? ['call'] : TEMPLATE_KEYS;
  if (step.template === undefined || known.includes(step.template)) return [];
  const expected = `one of ${known.map((key) => `"${key}"`).join(', ')}, got "${step.template}"`;
  return [{ path: `${path}.template`, expected }];
}

function setIssues(definitions: readonly ScenarioDefinition[]): Issue[] {
  const issues: Issue[] = [];
  const ids = new Set<string>();
  const owners = new Map<string, string>();
  definitions.forEach(({ id, segments }, index) => {
    if (ids.has(id)) issues.push({ path: `$.scenarios[${index}].id`, expected: `an id of its own, got "${id}" again` });
    ids.add(id);
    segments.forEach((segment, at) => {
      const owner = owners.get(segment);
      const path = `$.scenarios[${index}].segments[${at}]`;
      if (owner !== undefined) issues.push({ path, expected: `a segment that "${owner}" does not have already` });
      owners.set(segment, id);
    });
  });
  if (!ids.has(FALLBACK_SCENARIO))
    issues.push({ path: '$.scenarios', expected: `a scenario "${FALLBACK_SCENARIO}" for segments that none names` });
  return issues;
}
