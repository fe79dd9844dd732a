import { InputError, isRecord, type BusinessDate } from '../../kernel/index.js';
import type { DebtorRecord, LedgerObject, Mapped, ReceivableRecord } from '../../ledger/domain/index.js';
import type { MapContext } from '../contract/index.js';
import { Cells, Refused } from './cells.js';
import { paidSince } from './payments.js';
import { debtorIdOf, type FileRow, type StoredRow } from './rows.js';
import { isYes, readAmount, readCountry, readCurrency, readDate, readLanguage, textOf } from './values.js';

/** PURE. A stored row in our words; what cannot be read names line, column and what was expected. */
export function toLedger(raw: unknown, context: MapContext): Mapped {
  if (!isStoredRow(raw)) {
    const message = 'This is not a row of a file.';
    return { outcome: 'rejected', sourceId: 'unknown', reason: 'NOT_A_RECORD', message };
  }
  try {
    return MAPPERS[context.object](raw, context);
  } catch (error) {
    if (error instanceof InputError)
      return { outcome: 'rejected', sourceId: raw.sourceId, reason: 'ROW_UNREADABLE', message: error.message };
    if (!(error instanceof Refused)) throw error;
    return { outcome: 'rejected', sourceId: raw.sourceId, reason: error.reason, message: error.message };
  }
}

const MAPPERS = {
  debtors: (stored) => (stored.gone ? goneOf('debtors', stored) : { outcome: 'debtor', record: toDebtor(stored) }),
  receivables: (stored, context) =>
    stored.gone ? goneOf('receivables', stored) : { outcome: 'receivable', record: toReceivable(stored, context) },
  'open-items': (stored, context) => {
    const { sourceId, debtorSourceId, currency, openAmount } = toReceivable(stored, context);
    return { outcome: 'open-item', record: { sourceId, debtorSourceId, currency, openAmount } };
  },
  deletions: () => ({ outcome: 'ignored' }),
} as const satisfies Record<LedgerObject, (stored: StoredRow, context: MapContext) => Mapped>;

function goneOf(object: 'debtors' | 'receivables', { sourceId, version }: StoredRow): Mapped {
  return { outcome: 'tombstone', record: { object, sourceId, sourceVersion: BigInt(version) } };
}

function isStoredRow(raw: unknown): raw is StoredRow {
  if (!isRecord(raw) || !isRecord(raw['row'])) return false;
  const { sourceId, version, gone, row } = raw;
  const { values, columns, payments = [] } = row as Record<string, unknown>;
  return (
    typeof sourceId === 'string' &&
    typeof version === 'string' &&
    /^\d{1,18}$/.test(version) &&
    typeof gone === 'boolean' &&
    isRecord(values) &&
    isRecord(columns) &&
    Array.isArray(payments) &&
    payments.every((each) => isRecord(each) && typeof each['amount'] === 'string')
  );
}

function toDebtor({ sourceId, version, row }: StoredRow): DebtorRecord {
  if (row.problem !== undefined) throw new Refused(row.problem.reason, row.problem.message);
  const cells = new Cells(row);
  const code = cells.text('debtorCode');
  if (code === null && cells.text('debtorName') === null) throw cells.refuse('debtorCode', 'a number or a name');
  const [vatNumber, chamberOfCommerce] = [cells.text('vatNumber'), cells.text('chamberOfCommerce')];
  const email = cells.text('email')?.split(/[;,\s]/)[0] ?? null;
  return {
    sourceId,
    sourceVersion: BigInt(version),
    code: code ?? cells.needText('debtorName'),
    name: cells.text('debtorName') ?? cells.needText('debtorCode'),
    contactName: cells.text('contactName'),
    email: email !== null && /^[^@\s]+@[^@\s]+$/.test(email) ? email : null,
    phone: cells.text('phone'),
    language: readLanguage(cells.text('language')),
    country: readCountry(cells.text('country')),
    kind: kindOf(cells.text('kind'), vatNumber !== null || chamberOfCommerce !== null),
    addressLine: cells.text('addressLine'),
    postcode: cells.text('postcode'),
    city: cells.text('city'),
    vatNumber,
    chamberOfCommerce,
    paymentCondition: cells.text('paymentCondition'),
    blockedInLedger: false,
    directDebit: false,
    creditLimit: null,
  };
}

/** What the file says decides; where it does not, a number of a register makes a business. The law protects consumers more. */
function kindOf(text: string | null, isRegistered: boolean): DebtorRecord['kind'] {
  if (/^(zakelijk|bedrijf|business|b2b|company|entreprise|professionnel|rechtspersoon)/i.test(text ?? ''))
    return 'business';
  if (/^(particulier|consument|consumer|b2c|private|privé|natuurlijk)/i.test(text ?? '')) return 'consumer';
  return isRegistered ? 'business' : 'consumer';
}

function toReceivable({ sourceId, version, row }: StoredRow, context: MapContext): ReceivableRecord {
  if (row.problem !== undefined) throw new Refused(row.problem.reason, row.problem.message);
  const cells = new Cells(row);
  const invoiceNumber = cells.needText('invoiceNumber');
  const debtorSourceId = debtorIdOf(row);
  if (debtorSourceId === null) throw cells.refuse('debtorCode', 'the number or the name of the debtor');
  const money = moneyOf(cells, row, context.currency);
  const { amount, openAmount } = money;
  const lastPaymentOn =
    (row.payments ?? [])
      .map(({ on }) => on)
      .toSorted()
      .at(-1) ?? null;
  return {
    ...money,
    sourceId,
    sourceVersion: BigInt(version),
    debtorSourceId,
    entrySourceId: null,
    transactionSourceId: null,
    invoiceNumber,
    yourRef: cells.text('yourRef'),
    kind: (amount === 0n ? openAmount : amount) < 0n ? 'credit-note' : 'invoice',
    invoiceDate: cells.read('invoiceDate', (cell) => readDate(cell, row.dates)),
    dueDate: cells.read('dueDate', (cell) => readDate(cell, row.dates)),
    settledOn: openAmount === 0n ? settledOn(row, lastPaymentOn) : null,
    lastPaymentOn,
    description: cells.text('description'),
    paymentReference: cells.text('paymentReference'),
    directDebit: isYes(row.values['directDebit']),
  };
}

function settledOn(row: FileRow, lastPaymentOn: BusinessDate | null): BusinessDate {
  return row.settledOn ?? lastPaymentOn ?? row.on;
}

function moneyOf(
  cells: Cells,
  row: FileRow,
  ownCurrency: string,
): Pick<ReceivableRecord, 'currency' | 'amount' | 'openAmount'> {
  const currency = cells.has('currency')
    ? cells.read('currency', (cell) => readCurrency(textOf(cell) ?? ''))
    : ownCurrency;
  const listed = cells.read('openAmount', (cell) => readAmount(cell, currency, row.numbers));
  const amount = cells.has('amount') ? cells.read('amount', (cell) => readAmount(cell, currency, row.numbers)) : listed;
  if (amount !== 0n && listed !== 0n && amount > 0n !== listed > 0n)
    throw cells.refuse('openAmount', 'the same sign as the invoice amount');
  const openAmount = row.settledOn === undefined ? listed - paidSince(row, currency) : 0n;
  return { currency, amount, openAmount };
}
