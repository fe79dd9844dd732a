import { rowsOf, type Transaction } from '../../persistence/index.js';

/** Beyond this it forgets and asks again: memory stays bounded, whatever the size of the books. */
const MOST_KNOWN = 100_000;

/**
 * Our ids of debtors by the source's, for the length of one pull. A debtor keeps its id for ever, and many receivables
 * name the same one, so each is looked up once.
 */
export class DebtorDirectory {
  private readonly known = new Map<string, string>();

  /** In the order asked; null for a debtor that has not come in. */
  async find(
    transaction: Transaction,
    administrationId: string,
    sourceIds: readonly string[],
  ): Promise<(string | null)[]> {
    const missing = [...new Set(sourceIds)].filter((sourceId) => !this.known.has(sourceId));
    if (this.known.size + missing.length > MOST_KNOWN) this.known.clear();
    const asked = this.known.size === 0 ? [...new Set(sourceIds)] : missing;
    if (asked.length > 0) await this.learn(transaction, administrationId, asked);
    return sourceIds.map((sourceId) => this.known.get(sourceId) ?? null);
  }

  private async learn(transaction: Transaction, administrationId: string, asked: readonly string[]): Promise<void> {
    // One look-up per name, by index: the planner would otherwise read the whole table before its first statistics.
    const rows = await rowsOf<{ sourceId: string; id: string }>(
      transaction,
      `select a.source_id as "sourceId", d.id from unnest($2::text[]) as a(source_id)
       cross join lateral (select id from debtor where administration_id = $1 and source_id = a.source_id limit 1) d`,
      [administrationId, asked],
    );
    for (const { sourceId, id } of rows) this.known.set(sourceId, id);
  }
}
