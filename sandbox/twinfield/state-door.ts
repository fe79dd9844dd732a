import type { Book } from '../books/index.js';
import { companyIdOf } from './api.js';
import {
  customerCodeOf,
  type CustomerRecord,
  type DeletionRecord,
  type Offices,
  type OfficeStore,
} from './office/index.js';

export interface TwinfieldState {
  readonly vendor: 'twinfield';
  readonly now: string;
  /** How many consents live; a token itself is never shown. */
  readonly tokens: number;
  /** The most calls that ever ran side by side, by organisation. */
  readonly mostAtOnce: Readonly<Record<string, number>>;
  readonly offices: readonly OfficeState[];
}

export interface OfficeState {
  readonly code: string;
  readonly companyId: string;
  readonly name: string;
  readonly country: 'NL' | 'BE';
  readonly counts: Readonly<Record<'debtors' | 'receivables' | 'open' | 'deletions', number>>;
  readonly openMinor: Readonly<Record<string, number>>;
  /** Empty when the rows were not asked for. */
  readonly debtors: Book['debtors'];
  readonly receivables: Book['receivables'];
  /** What clients and people wrote into customers; those nobody wrote into are left out. */
  readonly customers: readonly (Pick<CustomerRecord, 'status' | 'touched' | 'written'> & {
    readonly id: string;
    readonly code: string;
    readonly modified: string;
  })[];
  readonly deletions: readonly (Omit<DeletionRecord, 'deletedAt'> & { readonly deletedAt: string })[];
}

/** The body of `GET /__sandbox/state`. `?office=` narrows it; `?rows=0` leaves the long lists of the books out. */
export function stateOf(
  offices: Offices,
  parts: { now: Date; tokens: number; mostAtOnce: Readonly<Record<string, number>>; query: URLSearchParams },
): TwinfieldState {
  const only = parts.query.get('office');
  const chosen = [...offices.values()].filter(({ head }) => only === null || head.code === only);
  const withRows = parts.query.get('rows') !== '0';
  return {
    vendor: 'twinfield',
    now: parts.now.toISOString(),
    tokens: parts.tokens,
    mostAtOnce: parts.mostAtOnce,
    offices: chosen.map((office) => officeState(office, withRows)),
  };
}

function officeState(office: OfficeStore, withRows: boolean): OfficeState {
  const { head, book } = office;
  const open = book.receivables.filter(({ openMinor }) => openMinor !== 0);
  return {
    code: head.code,
    companyId: companyIdOf(head.code),
    name: head.name,
    country: head.country,
    counts: {
      debtors: book.debtors.length,
      receivables: book.receivables.length,
      open: open.length,
      deletions: office.deletions.size,
    },
    openMinor: totals(open),
    debtors: withRows ? book.debtors : [],
    receivables: withRows ? book.receivables : [],
    customers: [...office.customers.values()]
      .filter(({ touched, status }) => touched > 0 || status !== 'active')
      .map(({ debtor, status, touched, modified, written }) => ({
        id: debtor.id,
        code: customerCodeOf(debtor),
        status,
        touched,
        modified: new Date(modified).toISOString(),
        written,
      })),
    deletions: [...office.deletions.values()].map(({ deletedAt, ...deletion }) => ({
      ...deletion,
      deletedAt: new Date(deletedAt).toISOString(),
    })),
  };
}

function totals(open: OfficeStore['book']['receivables']): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { currency, openMinor } of open) sums[currency] = (sums[currency] ?? 0) + openMinor;
  return sums;
}
