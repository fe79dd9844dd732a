import type { LedgerObject, Mapped } from '../../ledger/domain/index.js';
import {
  SourceError,
  type CheckResult,
  type Connector,
  type ConnectorContext,
  type MapContext,
  type ProbeOutcome,
  type PushOutcome,
  type RightSeen,
  type WriteIntent,
} from '../contract/index.js';
import type { Plan } from './conversation.js';

/** A step that ended in an error: what kind, and in whose words. */
export interface StepFailure {
  readonly kind: string;
  readonly message: string;
}

export interface PulledObject {
  readonly object: LedgerObject;
  readonly pages: number;
  /** Whether the source has more than the plan asked for. */
  readonly more: boolean;
  readonly mapped: readonly Mapped[];
  readonly failure: StepFailure | null;
}

export interface Written {
  readonly operation: string;
  readonly pushed: PushOutcome | null;
  readonly probed: ProbeOutcome | null;
  readonly failure: StepFailure | null;
}

/** What came of a conversation. */
export interface Report {
  readonly check: CheckResult | null;
  readonly rights: readonly RightSeen[];
  readonly objects: readonly PulledObject[];
  readonly writes: readonly Written[];
  readonly failures: readonly StepFailure[];
}

/** A connector in its conversation. */
export interface Bench {
  readonly connector: Connector;
  readonly context: ConnectorContext;
  readonly plan: Plan;
  /** Told before each step. */
  readonly onStep: (name: string) => void;
}

/** Check, rights, the objects of the plan page by page, then what it writes. A step's SourceError ends that step only. */
export async function runPlan(bench: Bench): Promise<Report> {
  const { connector, context, plan, onStep } = bench;
  const failures: StepFailure[] = [];
  const attempt = async <T>(name: string, step: () => Promise<T>): Promise<T | StepFailure> => {
    onStep(name);
    const outcome = await caught(step);
    if (isFailure(outcome)) failures.push({ ...outcome, message: `${name}: ${outcome.message}` });
    return outcome;
  };
  const checked = await attempt('check', () => connector.check(context));
  const check = isFailure(checked) ? null : checked;
  const found = check?.administrations.find(({ sourceId }) => (plan.administration ?? sourceId) === sourceId);
  const administration = plan.administration ?? found?.sourceId ?? null;
  if (administration === null) return { check, rights: [], objects: [], writes: [], failures };
  const rights = await attempt('rights', () => connector.rights(context, administration));
  const objects: PulledObject[] = [];
  const facts = { currency: found?.currency ?? 'EUR', country: found?.country ?? 'NL' };
  for (const object of plan.objects) {
    onStep(`pull ${object}`);
    const pulled = await pullObject(bench, { ...facts, object }, administration);
    if (pulled.failure !== null)
      failures.push({ ...pulled.failure, message: `pull ${object}: ${pulled.failure.message}` });
    objects.push(pulled);
  }
  const writes: Written[] = [];
  for (const kind of plan.write) {
    const outcome = await attempt(`write ${kind}`, () => write(bench, kind, { administration, objects }));
    const nothing = { operation: kind, pushed: null, probed: null };
    writes.push(isFailure(outcome) ? { ...nothing, failure: outcome } : { operation: kind, ...outcome, failure: null });
  }
  return { check, rights: isFailure(rights) ? [] : rights, objects, writes, failures };
}

async function pullObject(bench: Bench, facts: MapContext, administration: string): Promise<PulledObject> {
  const { connector, context, plan } = bench;
  const { object } = facts;
  const mapped: Mapped[] = [];
  const so = { position: connector.firstPosition(object), pages: 0, more: true };
  const failure = await caught(async () => {
    while (so.more && so.pages < plan.pages) {
      const request = { object, administration, position: so.position, limit: plan.limit };
      const page = await connector.pull(context, request);
      mapped.push(...page.records.map((raw) => connector.map(raw, facts)));
      // A position travels as JSON, as it does through the database.
      so.position = JSON.parse(JSON.stringify(page.next)) as typeof page.next;
      so.more = page.more;
      so.pages += 1;
    }
    return null;
  });
  return { object, pages: so.pages, more: so.more, mapped, failure };
}

async function write(
  { connector, context, plan }: Bench,
  kind: WriteIntent['kind'],
  at: { readonly administration: string; readonly objects: readonly PulledObject[] },
): Promise<{ pushed: PushOutcome; probed: ProbeOutcome | null }> {
  const debtorSourceId = plan.debtor ?? firstDebtor(at.objects);
  if (debtorSourceId === null)
    throw new SourceError('bug', 'There is no debtor to write about: pull some, or name one.');
  const moment = context.clock.now().toISOString();
  const said = {
    key: `openpost-bench-${moment.replaceAll(/\D/g, '')}`,
    administration: at.administration,
    debtorSourceId,
    subject: 'Openpost bench',
    text: 'Written by the bench for authors of connectors. It may be removed.',
    date: moment.slice(0, 10),
  };
  const intents = {
    note: { ...said, kind: 'note', documentRemoteId: null },
    document: { ...said, kind: 'document', entrySourceId: null, fileName: 'bench.pdf', file: Buffer.from('%PDF-1.7\n%%EOF\n') }, // prettier-ignore
    task: { ...said, kind: 'task', task: 'call' },
  } as const satisfies Record<WriteIntent['kind'], WriteIntent>;
  const pushed = await connector.push(context, intents[kind], null);
  if (pushed.outcome !== 'applied' && pushed.outcome !== 'unknown') return { pushed, probed: null };
  return { pushed, probed: await connector.probe(context, intents[kind]) };
}

function firstDebtor(objects: readonly PulledObject[]): string | null {
  for (const { mapped } of objects)
    for (const each of mapped) if (each.outcome === 'debtor') return each.record.sourceId;
  return null;
}

/** Only what a connector may throw is an outcome; anything else is a fault of the program and goes on. */
async function caught<T>(step: () => Promise<T>): Promise<T | StepFailure> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof SourceError) return { kind: error.kind, message: error.message };
    throw error;
  }
}

function isFailure(outcome: unknown): outcome is StepFailure {
  return typeof outcome === 'object' && outcome !== null && 'kind' in outcome && 'message' in outcome;
}
