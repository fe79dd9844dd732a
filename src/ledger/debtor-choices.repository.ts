import { newId } from '../kernel/index.js';
import { notFound } from '../http/index.js';
import type { Transaction } from '../persistence/index.js';

/** What people decide about a debtor. Absent = leave as it is; null = back to what the ledger or the rules say. */
export interface DebtorChoices {
  readonly segment?: string | null | undefined;
  readonly kind?: 'business' | 'consumer' | null | undefined;
  readonly language?: string | null | undefined;
  readonly dunningContact?: { readonly name: string; readonly email: string } | null | undefined;
  readonly accountManager?: string | null | undefined;
}

interface ChoicesRow {
  readonly administration_id: string;
  readonly segment_override: string | null;
  readonly kind_override: string | null;
  readonly language_override: string | null;
  readonly dunning_contact_name: string | null;
  readonly dunning_contact_email: string | null;
  readonly account_manager: string | null;
}

type Change = { readonly what: string; readonly from: unknown; readonly to: unknown };

/**
 * Writes what a person decided, with one audit entry for each thing that really changed. Returns the debtor's
 * administration. Two people who save at once are served one after the other.
 * @throws Problem 404 when there is no such debtor
 */
export async function applyDebtorChoices(
  transaction: Transaction,
  { firmId, actor, debtorId }: { firmId: string; actor: string; debtorId: string },
  choices: DebtorChoices,
): Promise<string> {
  const [row] = (await transaction.query(
    `select administration_id, segment_override, kind_override, language_override, dunning_contact_name,
            dunning_contact_email, account_manager from debtor where id = $1 for no key update`,
    [debtorId],
  )) as ChoicesRow[];
  if (row === undefined) throw notFound('the debtor');
  const changes = changesOf(row, choices);
  if (changes.length === 0) return row.administration_id;
  await writeChoices(transaction, debtorId, { ...choicesOf(row), ...withoutAbsent(choices) });
  await transaction.query(
    `insert into audit_entry (id, firm_id, actor, action, subject_type, subject_id, detail)
     select c.id, $2, $3, c.action, 'debtor', $4, c.detail
       from jsonb_to_recordset($1::jsonb) as c(id uuid, action text, detail jsonb)`,
    [JSON.stringify(changes.map(toEntry)), firmId, actor, debtorId],
  );
  return row.administration_id;
}

type Chosen = Required<{ [Key in keyof DebtorChoices]: Exclude<DebtorChoices[Key], undefined> }>;

function choicesOf(row: ChoicesRow): Chosen {
  const email = row.dunning_contact_email;
  return {
    segment: row.segment_override,
    kind: row.kind_override as Chosen['kind'],
    language: row.language_override,
    dunningContact: email === null ? null : { name: row.dunning_contact_name ?? '', email },
    accountManager: row.account_manager,
  };
}

function withoutAbsent(choices: DebtorChoices): Partial<Chosen> {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
}

const NAMES = {
  segment: 'segment',
  kind: 'kind',
  language: 'language',
  dunningContact: 'dunning-contact',
  accountManager: 'account-manager',
} as const satisfies Record<keyof DebtorChoices, string>;

function changesOf(row: ChoicesRow, choices: DebtorChoices): Change[] {
  const before = choicesOf(row);
  return (Object.keys(NAMES) as (keyof Chosen)[]).flatMap((key) => {
    const [from, to] = [before[key], choices[key]];
    return to === undefined || isSame(from, to) ? [] : [{ what: NAMES[key], from, to }];
  });
}

function isSame(from: Chosen[keyof Chosen], to: Chosen[keyof Chosen]): boolean {
  if (from === null || to === null || typeof from === 'string' || typeof to === 'string') return from === to;
  return from.name === to.name && from.email === to.email;
}

function toEntry({ what, from, to }: Change): object {
  return { id: newId(), action: `debtor-${what}-changed`, detail: { from, to } };
}

async function writeChoices(transaction: Transaction, debtorId: string, chosen: Chosen): Promise<void> {
  await transaction.query(
    `update debtor set segment_override = $2, kind_override = $3, language_override = $4, dunning_contact_name = $5,
            dunning_contact_email = $6, account_manager = $7, updated_at = now() where id = $1`,
    [
      debtorId,
      chosen.segment,
      chosen.kind,
      chosen.language,
      chosen.dunningContact?.name ?? null,
      chosen.dunningContact?.email ?? null,
      chosen.accountManager,
    ],
  );
}
