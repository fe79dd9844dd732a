import type { SyncService } from '../../sync/index.js';

/** The far end that brings the books up to date: the sync engine, or a story in a test. */
export abstract class FreshBooks {
  /** Pulls what changed and waits for the end. False: the books may be older than what the source knows. */
  abstract pullNow(firmId: string, administrationId: string): Promise<boolean>;
}

const COMPLETE: ReadonlySet<string> = new Set(['complete', 'complete_with_quarantine']);

/** The sync engine as dunning needs it. A pull that cannot even start (switched off, gone) is not fresh either. */
export function freshBooksOf(sync: SyncService): FreshBooks {
  return {
    pullNow: async (firmId, administrationId) => {
      const { state } = await sync.pullNow(firmId, administrationId, 'before-apply');
      return COMPLETE.has(state);
    },
  };
}
