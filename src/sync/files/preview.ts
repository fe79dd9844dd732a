import {
  FIELDS,
  readPayment,
  Refused,
  textOf,
  toLedger,
  type FileRow,
  type TableContent,
  type TableKind,
} from '../../connectors/files/index.js';
import { formatMinor, type MoneyJson } from '../../kernel/index.js';
import type { Place } from './take-in.js';

type Shown = string | MoneyJson | null;

/** One row as it will be understood, or why it will not. */
interface RowPreview {
  readonly line: number;
  readonly understood: Readonly<Record<string, Shown>> | null;
  readonly message: string | null;
}

export interface Preview {
  readonly rows: number;
  readonly understood: number;
  readonly refused: number;
  /** Sum of what is open or paid, per currency. */
  readonly totals: readonly MoneyJson[];
  readonly first: readonly RowPreview[];
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

const FIRST = 8;
const PROBLEMS = 50;

/** PURE. Every row is read as a pull will read it; the first ones and what is wrong are shown. */
export function previewOf(kind: TableKind, content: TableContent, place: Place): Preview {
  const rows = READERS[kind](content, place);
  const problems = rows.flatMap(({ line, message }) => (message === null ? [] : [{ line, message }]));
  return {
    rows: rows.length,
    understood: rows.length - problems.length,
    refused: problems.length,
    totals: totalsOf(rows),
    first: rows.slice(0, FIRST).map(({ line, understood, message }) => ({ line, understood, message })),
    problems: problems.slice(0, PROBLEMS),
  };
}

type Read = RowPreview & { readonly counted: { readonly minor: bigint; readonly currency: string } | null };

const READERS = {
  debtors: ({ debtors }, place) =>
    debtors.map(({ sourceId, row }, index) => {
      const mapped = toLedger(stored(sourceId, row), { object: 'debtors', ...place });
      if (mapped.outcome !== 'debtor') return refusedRow(row, mapped.outcome === 'rejected' ? mapped.message : '');
      if (index >= FIRST) return { line: row.line, understood: null, message: null, counted: null };
      const { record } = mapped;
      const understood = Object.fromEntries(Object.entries(DEBTOR_FIELDS).map(([key, name]) => [key, record[name]]));
      return { line: row.line, understood: asked(row, understood), message: null, counted: null };
    }),
  'open-items': ({ receivables }, place) =>
    receivables.map(({ sourceId, row }, index) => {
      const mapped = toLedger(stored(sourceId, row), { object: 'receivables', ...place });
      if (mapped.outcome !== 'receivable') return refusedRow(row, mapped.outcome === 'rejected' ? mapped.message : '');
      const { record } = mapped;
      const { currency, openAmount, amount, invoiceDate, dueDate } = record;
      const counted = { minor: openAmount, currency };
      // Only the first are shown; of the others their sum is enough.
      if (index >= FIRST) return { line: row.line, understood: null, message: null, counted };
      const money = { openAmount: moneyOf(openAmount, currency), amount: moneyOf(amount, currency) };
      const understood = { ...textsOf(row), ...money, invoiceDate, dueDate, currency };
      return { line: row.line, understood, message: null, counted };
    }),
  payments: ({ payments }, { currency }) =>
    payments.map((row) => {
      try {
        const { invoiceNumber, on, amount } = readPayment(row, currency);
        const understood = { invoiceNumber, paymentDate: on, paidAmount: moneyOf(amount, currency) };
        return { line: row.line, understood, message: null, counted: { minor: amount, currency } };
      } catch (error) {
        if (error instanceof Refused) return refusedRow(row, error.message);
        throw error;
      }
    }),
} as const satisfies Record<TableKind, (content: TableContent, place: Place) => Read[]>;

/** Fields of a file that become fields of a debtor. */
const DEBTOR_FIELDS = {
  debtorCode: 'code',
  debtorName: 'name',
  contactName: 'contactName',
  email: 'email',
  phone: 'phone',
  addressLine: 'addressLine',
  postcode: 'postcode',
  city: 'city',
  country: 'country',
  language: 'language',
  vatNumber: 'vatNumber',
  chamberOfCommerce: 'chamberOfCommerce',
  kind: 'kind',
  paymentCondition: 'paymentCondition',
} as const;

const stored = (sourceId: string, row: FileRow) => ({ sourceId, version: '1', gone: false, row });

const moneyOf = (minor: bigint, currency: string): MoneyJson => ({ amount: formatMinor(minor, currency), currency });

function refusedRow({ line }: FileRow, message: string): Read {
  return { line, understood: null, message, counted: null };
}

function asked(row: FileRow, understood: Readonly<Record<string, Shown>>): Record<string, Shown> {
  return Object.fromEntries(
    FIELDS.debtors.flatMap(({ key }) => (key in row.columns ? [[key, understood[key] ?? null]] : [])),
  );
}

function textsOf({ values }: FileRow): Record<string, Shown> {
  return Object.fromEntries(Object.entries(values).map(([key, cell]) => [key, textOf(cell)]));
}

function totalsOf(rows: readonly Read[]): MoneyJson[] {
  const totals = new Map<string, bigint>();
  for (const { counted } of rows)
    if (counted !== null) totals.set(counted.currency, (totals.get(counted.currency) ?? 0n) + counted.minor);
  return [...totals].map(([currency, minor]) => moneyOf(minor, currency));
}
