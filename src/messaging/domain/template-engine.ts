import { Liquid, LiquidError, Tag, type Context, type Emitter } from 'liquidjs';
import { InputError } from '../../kernel/index.js';
import type { MessageBlock, MessageTemplate } from './message.js';
import { sampleMessageInput } from './sample.js';
import { BLOCK_MARK, templateContextOf, type TemplateContext } from './template-context.js';

/** Places in a body where the standard parts go: `{% payment %}`, `{% invoices %}`, `{% legal %}`. */
export const BLOCK_TAGS = ['payment', 'invoices', 'legal'] as const satisfies readonly MessageBlock['type'][];
export type BlockTag = (typeof BLOCK_TAGS)[number];

const MAXIMUM_SUBJECT = 150;

/** Something wrong with a template, in words for the person who edits it. */
export interface TemplateProblem {
  readonly field: 'subject' | 'body';
  readonly message: string;
  /** The unknown variable, when that is what is wrong. */
  readonly variable?: string;
}

/**
 * Liquid without a file system, with limits on size and time, where an unknown variable or filter is an error. The date
 * filter is taken out: it reads the clock, and dates arrive already written. So are the tags that fetch other templates.
 */
function createEngine(): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    templates: {},
    parseLimit: 50_000,
    renderLimit: 1_000,
    memoryLimit: 2_000_000,
  });
  for (const name of ['date', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string'])
    delete engine.filters[name];
  for (const name of ['include', 'render', 'layout', 'block']) delete engine.tags[name];
  for (const name of BLOCK_TAGS) engine.registerTag(name, blockTag(name));
  return engine;
}

function blockTag(name: BlockTag) {
  return class extends Tag {
    override render(_context: Context, emitter: Emitter): void {
      emitter.write(`\n\n${BLOCK_MARK}${name}${BLOCK_MARK}\n\n`);
    }
  };
}

const engine = createEngine();

/** Renders one Liquid source; `path` names the template's field in the error, which names the variable. */
export function renderSource(source: string, context: TemplateContext, path: string): string {
  try {
    return String(engine.parseAndRenderSync(source, context));
  } catch (error) {
    if (!(error instanceof LiquidError)) throw error;
    throw new InputError(path, `a template that renders; ${error.message}`, 'TEMPLATE_INVALID');
  }
}

/**
 * Everything wrong with a template, before it is saved or used: syntax, unknown variables (also in branches that are
 * not taken), unknown filters, a missing block, a subject of more than one line. Empty when it is fine.
 */
export function validateTemplate(
  source: Pick<MessageTemplate, 'subject' | 'body' | 'language' | 'key'>,
): readonly TemplateProblem[] {
  const input = sampleMessageInput(source);
  const context = templateContextOf(input);
  const problems = [...checkField('subject', source.subject, context), ...checkField('body', source.body, context)];
  if (problems.length > 0) return problems;
  const body = renderSource(source.body, context, '$.template.body');
  const missing = (['payment', 'invoices'] as const).filter(
    (tag) => !body.includes(`${BLOCK_MARK}${tag}${BLOCK_MARK}`),
  );
  const subject = renderSource(source.subject, context, '$.template.subject');
  return [
    ...missing.map((tag) => ({ field: 'body' as const, message: `{% ${tag} %} is missing` })),
    ...(subject.includes(BLOCK_MARK) ? [{ field: 'subject' as const, message: 'a subject has no blocks' }] : []),
    ...(subject.trim() === '' ? [{ field: 'subject' as const, message: 'the subject is empty' }] : []),
    ...(source.subject.length > 1000 || subject.length > MAXIMUM_SUBJECT
      ? [{ field: 'subject' as const, message: `the subject is longer than ${MAXIMUM_SUBJECT} characters` }]
      : []),
  ];
}

function checkField(field: TemplateProblem['field'], source: string, context: TemplateContext): TemplateProblem[] {
  try {
    const templates = engine.parse(source);
    const unknown = engine
      .globalVariableSegmentsSync(templates)
      .map((segments) => segments.map(String))
      .filter((segments) => !isKnown(segments, context))
      .map((segments) => segments.join('.'));
    if (unknown.length > 0)
      return [...new Set(unknown)].map((variable) => ({ field, variable, message: `unknown variable "${variable}"` }));
    engine.renderSync(templates, context);
    return [];
  } catch (error) {
    if (!(error instanceof LiquidError)) throw error;
    return [{ field, message: error.message }];
  }
}

/** Follows a path through the sample's variables; list members, sizes and first/last are known by Liquid itself. */
function isKnown(segments: readonly string[], context: unknown): boolean {
  const [head, ...rest] = segments;
  if (head === undefined) return true;
  if (typeof context === 'string') return head === 'size' && rest.length === 0;
  if (Array.isArray(context)) {
    if (head === 'size') return rest.length === 0;
    return (/^\d+$/.test(head) || head === 'first' || head === 'last') && isKnown(rest, context[0]);
  }
  if (typeof context !== 'object' || context === null || !Object.hasOwn(context, head)) return false;
  return isKnown(rest, (context as Record<string, unknown>)[head]);
}
