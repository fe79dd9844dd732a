/** Every kind of work that a queue can wake somebody for, with what it carries. Postgres holds the truth; a job is a nudge. */
export interface Jobs {
  sync: { firmId: string; syncId: string };
  'ledger-changed': { firmId: string; administrationId: string };
  /** The debtors were sorted again after a change in the books. */
  'segments-ready': { firmId: string; administrationId: string };
  'plan-run': { firmId: string; runId: string };
  'apply-run': { firmId: string; runId: string };
  'send-messages': { firmId: string };
  'push-writebacks': { firmId: string };
  /** A source hinted that something changed; the pull is due. */
  'pull-hinted': { firmId: string; administrationId: string };
  /** The subscription to a source's hints wants making, looking at or ending. */
  'settle-hints': { firmId: string; administrationId: string };
}

export type JobName = keyof Jobs;

export interface JobOptions {
  /** Two waiting jobs of one name and key are one job. */
  readonly key?: string;
  readonly delayMs?: number;
}

/** Runs at least once per enqueue (after a crash perhaps not at all: the sweep finds the row), so it must be safe to run twice. */
export type JobHandler<Name extends JobName> = (payload: Jobs[Name]) => Promise<void>;

/** The port. Two drivers: in this process (embedded) and Bull on Redis (several machines); one contract suite for both. */
export abstract class JobQueue {
  abstract enqueue<Name extends JobName>(name: Name, payload: Jobs[Name], options?: JobOptions): Promise<void>;
  /** Exactly one handler per name; a second registration is a programmer's error. */
  abstract process<Name extends JobName>(name: Name, concurrency: number, handler: JobHandler<Name>): void;
  /** Waits for running handlers, takes nothing new. */
  abstract close(): Promise<void>;
  abstract waiting(): Promise<Readonly<Record<string, number>>>;
}
