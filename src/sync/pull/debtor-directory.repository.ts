import { rowsOf, type Transaction } from '../../persistence/index.js';
import { bookId } from './book-id.js';

/** Beyond this it forgets and asks again: memory stays bounded, whatever the size of the books. */
const MOST_KNOWN = 100_000;

/** Debtors that have come in, for the length of one pull: many receivables name the same one, and each is asked for once. */
export class DebtorDirectory {
  /** The source's id → ours. */
  private readonly known = new Map<string, string>();

  /** Debtors of a page that is being stored: they are there when its receivables come, or the page is not. */
  note(sourceIds: readonly string[], ids: readonly string[]): void {
    if (this.known.size > MOST_KNOWN) this.known.clear();
    for (const [index, sourceId] of sourceIds.entries()) this.known.set(sourceId, ids[index]!);
  }

  /** Our ids for the source's, in the order asked; null for a debtor that has not come in. */
  async find(
    transaction: Transaction,
    administrationId: string,
    sourceIds: readonly string[],
  ): Promise<(string | null)[]> {
    if (this.known.size > MOST_KNOWN) this.known.clear();
    const asked = new Map<string, string>();
    for (const sourceId of sourceIds)
      if (!this.known.has(sourceId) && !asked.has(sourceId))
        asked.set(sourceId, bookId(administrationId, 'debtor', sourceId));
    if (asked.size > 0) {
      const rows = await rowsOf<{ id: string }>(transaction, FIND, [[...asked.values()]]);
      const present = new Set(rows.map(({ id }) => id));
      for (const [sourceId, id] of asked) if (present.has(id)) this.known.set(sourceId, id);
    }
    return sourceIds.map((sourceId) => this.known.get(sourceId) ?? null);
  }
}

const FIND = `
select d.id from unnest($1::uuid[]) as a(id) cross join lateral (select id from debtor where id = a.id limit 1) d`;
