import type { CurrencyCode, MoneyJson } from '../kernel/index.js';
import { moneyOf } from './money-json.js';

/** A debtor as the SQL of `debtor-sql.ts` hands it out. */
export interface DebtorRow {
  readonly id: string;
  readonly administration_id: string;
  readonly source_id: string;
  readonly code: string;
  readonly name: string;
  readonly contact_name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: string | null;
  readonly country: string | null;
  readonly kind: 'business' | 'consumer';
  readonly address_line: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly vat_number: string | null;
  readonly chamber_of_commerce: string | null;
  readonly payment_condition: string | null;
  readonly blocked_in_ledger: boolean;
  readonly direct_debit: boolean;
  readonly segment_override: string | null;
  readonly kind_override: 'business' | 'consumer' | null;
  readonly language_override: string | null;
  readonly dunning_contact_name: string | null;
  readonly dunning_contact_email: string | null;
  readonly account_manager: string | null;
  readonly deleted_at: Date | null;
  readonly open: string;
  readonly overdue: string;
  readonly oldest: number;
  readonly level: number | null;
  readonly others: readonly { currency: string; open: string; overdue: string }[] | null;
  readonly profile: object | null;
  readonly segment_id: string | null;
  readonly segment_name: string | null;
  readonly reason: string | null;
  readonly reason_code: string | null;
  readonly facts: object | null;
}

/** A debtor in the API. Sums are in the administration's currency; what is owed in others stands in `otherCurrencies`. */
export interface DebtorJson {
  readonly id: string;
  readonly administrationId: string;
  readonly name: string;
  readonly kind: 'business' | 'consumer';
  readonly language: string | null;
  readonly open: MoneyJson;
  readonly overdue: MoneyJson;
  readonly otherCurrencies: readonly { open: MoneyJson; overdue: MoneyJson }[];
  readonly oldestOverdueDays: number;
  readonly level: number;
  readonly segment: SegmentJson | null;
  readonly [field: string]: unknown;
}

export interface SegmentJson {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly reasonCode: string;
  readonly facts: object;
  /** Whether a person chose it. */
  readonly override: boolean;
}

export function toDebtorJson(row: DebtorRow, currency: CurrencyCode): DebtorJson {
  return {
    id: row.id,
    administrationId: row.administration_id,
    sourceId: row.source_id,
    code: row.code,
    name: row.name,
    contactName: row.contact_name,
    email: row.email,
    phone: row.phone,
    country: row.country,
    ...decidedByPeople(row),
    address: { line: row.address_line, postcode: row.postcode, city: row.city, country: row.country },
    vatNumber: row.vat_number,
    chamberOfCommerce: row.chamber_of_commerce,
    paymentCondition: row.payment_condition,
    blockedInLedger: row.blocked_in_ledger,
    directDebit: row.direct_debit,
    deletedAt: row.deleted_at,
    open: moneyOf(row.open, currency),
    overdue: moneyOf(row.overdue, currency),
    otherCurrencies: (row.others ?? []).map((other) => ({
      open: moneyOf(other.open, other.currency),
      overdue: moneyOf(other.overdue, other.currency),
    })),
    oldestOverdueDays: row.oldest,
    level: row.level ?? 0,
    segment: segmentOf(row),
    profile: row.profile,
  };
}

/** What a person decided wins over what the ledger says. */
function decidedByPeople(row: DebtorRow): Pick<DebtorJson, 'kind' | 'language'> & Record<string, unknown> {
  const email = row.dunning_contact_email;
  return {
    kind: row.kind_override ?? row.kind,
    language: row.language_override ?? row.language,
    accountManager: row.account_manager,
    dunningContact: email === null ? null : { name: row.dunning_contact_name ?? '', email },
    overrides: { segment: row.segment_override, kind: row.kind_override, language: row.language_override },
  };
}

function segmentOf(row: DebtorRow): SegmentJson | null {
  if (row.segment_id === null) return null;
  return {
    id: row.segment_id,
    name: row.segment_name ?? row.segment_id,
    reason: row.reason ?? '',
    reasonCode: row.reason_code ?? '',
    facts: row.facts ?? {},
    override: row.reason_code === 'CHOSEN_BY_PERSON',
  };
}
