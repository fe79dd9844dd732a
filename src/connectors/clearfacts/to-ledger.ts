import { isRecord, type JsonRecord } from '../../kernel/index.js';
import type { DebtorRecord, LedgerObject, Mapped, ReceivableKind } from '../../ledger/domain/index.js';
import { mappedOrRejected, Unreadable, type MapContext } from '../contract/index.js';
import {
  readDate,
  readText,
  requireAmount,
  requireCurrency,
  requireDate,
  requireText,
  requireVersion,
} from './wire-values.js';

/**
 * One raw record of ClearFacts in our words. PURE. What cannot be read comes back as `rejected` with a stable reason and
 * a message that names the field; nothing is guessed and nothing is thrown.
 */
export function toLedger(raw: unknown, { object }: MapContext): Mapped {
  return mappedOrRejected(
    () => {
      if (!isRecord(raw)) throw new Unreadable('NOT_A_RECORD', 'This is not a record.');
      return MAPPERS[object](raw);
    },
    () => nameOf(raw),
  );
}

const MAPPERS = {
  debtors: (row) => ('modifiedAt' in row ? toDebtor(row) : toNamedDebtor(row)),
  receivables: toReceivable,
  // Not read: a deleted invoice says so itself.
  deletions: () => ({ outcome: 'ignored' }),
  'open-items': toOpenItem,
} as const satisfies Record<LedgerObject, (row: JsonRecord) => Mapped>;

function nameOf(raw: unknown): string {
  return isRecord(raw) ? (readText(raw, 'id') ?? 'unknown') : 'unknown';
}

/**
 * The public list has no moment of change. Version 0 lets a changed name through and never overwrites what the
 * extension told before.
 */
function toNamedDebtor(row: JsonRecord): Mapped {
  const sourceId = requireText(row, 'id', 'ID_MISSING');
  const name = requireText(row, 'name', 'NAME_MISSING');
  return { outcome: 'debtor', record: { ...NOTHING_KNOWN, sourceId, sourceVersion: 0n, code: sourceId, name } };
}

/** Without any sign of a business a debtor is treated as a consumer, because that law protects more. */
const NOTHING_KNOWN: Omit<DebtorRecord, 'sourceId' | 'sourceVersion' | 'code' | 'name'> = {
  contactName: null,
  email: null,
  phone: null,
  language: null,
  country: null,
  kind: 'consumer',
  addressLine: null,
  postcode: null,
  city: null,
  vatNumber: null,
  chamberOfCommerce: null,
  paymentCondition: null,
  blockedInLedger: false,
  directDebit: false,
  creditLimit: null,
};

function toDebtor(row: JsonRecord): Mapped {
  const sourceId = requireText(row, 'id', 'ID_MISSING');
  const vatNumber = readText(row, 'vatNumber');
  const chamberOfCommerce = readText(row, 'companyNumber');
  const days = row['paymentTermDays'];
  const record: DebtorRecord = {
    ...NOTHING_KNOWN,
    sourceId,
    sourceVersion: requireVersion(row),
    code: sourceId,
    name: requireText(row, 'name', 'NAME_MISSING'),
    email: emailOf(row['emails']),
    phone: readText(row, 'phone'),
    language: languageOf(readText(row, 'language')),
    kind: kindOf(readText(row, 'kind'), vatNumber !== null || chamberOfCommerce !== null),
    ...addressOf(row['address']),
    vatNumber,
    chamberOfCommerce,
    paymentCondition: typeof days === 'number' ? `${days} days` : null,
    blockedInLedger: row['blocked'] === true,
  };
  return { outcome: 'debtor', record };
}

function emailOf(emails: unknown): string | null {
  const first: unknown = Array.isArray(emails)
    ? emails.find((each) => typeof each === 'string' && each.includes('@'))
    : null;
  return typeof first === 'string' ? first.trim() : null;
}

/** What ClearFacts says decides; where it says UNKNOWN, a number of the register makes a business. */
function kindOf(kind: string | null, isRegistered: boolean): DebtorRecord['kind'] {
  if (kind === 'BUSINESS') return 'business';
  return kind !== 'CONSUMER' && isRegistered ? 'business' : 'consumer';
}

function addressOf(address: unknown): Pick<DebtorRecord, 'addressLine' | 'postcode' | 'city' | 'country'> {
  const row = isRecord(address) ? address : {};
  const country = isRecord(row['country']) ? readText(row['country'], 'iso2') : null;
  return {
    addressLine: readText(row, 'streetAddress'),
    postcode: readText(row, 'postalCode'),
    city: readText(row, 'city'),
    country: country !== null && /^[a-z]{2}$/i.test(country) ? country.toUpperCase() : null,
  };
}

/** "nl", "nl_BE" and "nl-BE" → the language alone; anything else → null. */
function languageOf(text: string | null): string | null {
  const language = text?.split(/[-_]/)[0]?.toLowerCase() ?? '';
  return /^[a-z]{2}$/.test(language) ? language : null;
}

const KINDS: Readonly<Record<string, ReceivableKind>> = {
  INVOICE: 'invoice',
  CREDIT_NOTE: 'credit-note',
  PAYMENT: 'payment',
};

function toReceivable(row: JsonRecord): Mapped {
  const sourceId = requireText(row, 'id', 'ID_MISSING');
  const sourceVersion = requireVersion(row);
  if (row['deleted'] === true)
    return { outcome: 'tombstone', record: { object: 'receivables', sourceId, sourceVersion } };
  const currency = requireCurrency(row, 'currency');
  const amount = requireAmount(row, 'amount', currency);
  const openAmount = requireAmount(row, 'openAmount', currency);
  if (amount !== 0n && openAmount !== 0n && amount > 0n !== openAmount > 0n)
    throw new Unreadable('AMOUNT_SIGN_UNKNOWN', 'amount and openAmount have different signs: who owes whom?');
  return {
    outcome: 'receivable',
    record: {
      sourceId,
      sourceVersion,
      debtorSourceId: requireText(row, 'customerId', 'DEBTOR_MISSING'),
      entrySourceId: null,
      transactionSourceId: null,
      invoiceNumber: requireText(row, 'number', 'NUMBER_MISSING'),
      yourRef: null,
      // OTHER (an opening balance, a general entry) is known by its sign alone.
      kind: KINDS[readText(row, 'kind') ?? ''] ?? (amount < 0n ? 'credit-note' : 'invoice'),
      invoiceDate: requireDate(row, 'date'),
      dueDate: requireDate(row, 'dueDate'),
      currency,
      amount,
      openAmount,
      settledOn: openAmount === 0n ? (readDate(row, 'settledOn') ?? readDate(row, 'lastPaymentDate')) : null,
      lastPaymentOn: readDate(row, 'lastPaymentDate'),
      description: null,
      paymentReference: readText(row, 'structuredReference'),
      // No field says how an invoice is collected.
      directDebit: false,
    },
  };
}

function toOpenItem(row: JsonRecord): Mapped {
  const currency = requireCurrency(row, 'currency');
  const invoiceNumber = readText(row, 'number');
  const record = {
    sourceId: requireText(row, 'id', 'ID_MISSING'),
    debtorSourceId: requireText(row, 'customerId', 'DEBTOR_MISSING'),
    ...(invoiceNumber === null ? {} : { invoiceNumber }),
    currency,
    openAmount: requireAmount(row, 'openAmount', currency),
  };
  return { outcome: 'open-item', record };
}
