/** How fresh the books are after asking the source once more. */
export type PullOutcome = 'fresh' | 'failed';

/** The far end that brings the books up to date: the sync engine, or a story in a test. */
export abstract class FreshBooks {
  /** Pulls what changed and waits for the end. Never throws for what a source may do. */
  abstract pullNow(firmId: string, administrationId: string): Promise<PullOutcome>;
}
