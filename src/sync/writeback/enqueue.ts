import { newId } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import type { NewWriteback } from './intent.js';

const INSERT = `
insert into writeback (id, firm_id, administration_id, debtor_id, message_id, kind, intent_key, intent, summary, next_attempt_at, depends_on)
select r.id, r.firm_id, r.administration_id, r.debtor_id, r.message_id, r.intent ->> 'kind', r.intent_key, r.intent, r.summary, '-infinity',
  (select w.id from writeback w where w.firm_id = r.firm_id and w.intent_key = r.depends_on)
from rows from (jsonb_to_recordset($1::jsonb) as (id uuid, firm_id uuid, administration_id uuid, debtor_id uuid, message_id uuid,
  intent_key text, intent jsonb, summary text, depends_on text)) with ordinality as r(id, firm_id, administration_id, debtor_id, message_id,
  intent_key, intent, summary, depends_on, place)
order by r.place
on conflict (firm_id, intent_key) do nothing`;

/**
 * Writes outgoing changes down, in the transaction of the decision they come from; a worker does the rest. A key that
 * is there already is left alone. Their order is kept per debtor; what depends on another goes after it.
 */
export async function enqueueWriteback(transaction: Transaction, rows: readonly NewWriteback[]): Promise<void> {
  const first = rows.filter(({ dependsOn }) => dependsOn === null);
  const then = rows.filter(({ dependsOn }) => dependsOn !== null);
  for (const batch of [first, then]) if (batch.length > 0) await transaction.query(INSERT, [toJson(batch)]);
}

function toJson(rows: readonly NewWriteback[]): string {
  return JSON.stringify(
    rows.map((row) => ({
      id: newId(),
      firm_id: row.firmId,
      administration_id: row.administrationId,
      debtor_id: row.debtorId,
      message_id: row.messageId,
      intent_key: row.intentKey,
      intent: row.intent,
      summary: row.summary,
      depends_on: row.dependsOn,
    })),
  );
}
