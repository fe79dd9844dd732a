import { rowsOf, type Transaction } from '../../persistence/index.js';
import { bookId } from './book-id.js';

/** Beyond this it forgets and asks again: memory stays bounded, whatever the size of the books. */
const MOST_KNOWN = 100_000;

/** Debtors that have come in, for the length of one pull: many receivables name the same one, and each is asked for once. */
export class DebtorDirectory {
  private readonly known = new Set<string>();

  /** Our ids for the source's, in the order asked; null for a debtor that has not come in. */
  async find(
    transaction: Transaction,
    administrationId: string,
    sourceIds: readonly string[],
  ): Promise<(string | null)[]> {
    const ids = sourceIds.map((sourceId) => bookId(administrationId, 'debtor', sourceId));
    if (this.known.size > MOST_KNOWN) this.known.clear();
    const asked = [...new Set(ids)].filter((id) => !this.known.has(id));
    if (asked.length > 0)
      for (const { id } of await rowsOf<{ id: string }>(transaction, FIND, [asked])) this.known.add(id);
    return ids.map((id) => (this.known.has(id) ? id : null));
  }
}

const FIND = `
select d.id from unnest($1::uuid[]) as a(id) cross join lateral (select id from debtor where id = a.id limit 1) d`;
