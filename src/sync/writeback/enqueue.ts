import { newId } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import type { NewWriteback, StoredState } from './intent.js';

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

/** A state of the ledger that has to change. */
export interface NewState {
  readonly firmId: string;
  readonly administrationId: string;
  readonly debtorId: string | null;
  readonly intentKey: string;
  readonly intent: StoredState;
  readonly summary: string;
  /** What it is about: a receivable, a debtor, the administration. */
  readonly target: string;
  readonly wanted: object;
  /** The write-back of the state before; null when there was none. */
  readonly previous: string | null;
}

/** What never left the house and is out of date by now need not go out at all, unless a person has decided about it. */
const SUPERSEDE = `
with gone as (
  update writeback w set state = 'abandoned', last_error_kind = 'superseded', last_error = 'A newer state took its place.'
  from jsonb_to_recordset($1::jsonb) as r(previous uuid)
  where w.id = r.previous and w.state = 'pending' and not w.tried and w.resolution is null returning w.id, w.firm_id
)
insert into writeback_attempt (firm_id, writeback_id, outcome, error_kind, detail)
select firm_id, id, 'abandoned', 'superseded', 'A newer state took its place.' from gone`;

const REMEMBER = `
insert into writeback_state (administration_id, kind, target, firm_id, wanted, writeback_id)
select r.administration_id, w.kind, r.target, r.firm_id, r.wanted, w.id
from jsonb_to_recordset($1::jsonb) as r(administration_id uuid, firm_id uuid, intent_key text, target text, wanted jsonb)
join writeback w on w.firm_id = r.firm_id and w.intent_key = r.intent_key
on conflict (administration_id, kind, target) do update set wanted = excluded.wanted, writeback_id = excluded.writeback_id, updated_at = now()`;

/** Writes states down, each in the place of the one before. */
export async function enqueueStates(transaction: Transaction, states: readonly NewState[]): Promise<void> {
  await transaction.query(SUPERSEDE, [JSON.stringify(states.map(({ previous }) => ({ previous })))]);
  await enqueueWriteback(transaction, states.map((state) => ({ ...state, messageId: null, dependsOn: null }))); // prettier-ignore
  const rows = states.map(({ administrationId, firmId, intentKey, target, wanted }) => ({
    administration_id: administrationId,
    firm_id: firmId,
    intent_key: intentKey,
    target,
    wanted,
  }));
  await transaction.query(REMEMBER, [JSON.stringify(rows)]);
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
