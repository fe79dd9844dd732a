import type { Book } from '../../books/index.js';
import type { Journal } from '../../http/index.js';
import type { Access, Grant, TokenStore } from '../oidc/index.js';
import { officeCodeOf } from './codes.js';
import { fillOffice } from './fill.js';
import { OfficeStore } from './office-store.js';
import type { OfficeHead } from './records.js';

export type Offices = ReadonlyMap<string, OfficeStore>;

/** Opens the offices: those of an earlier life out of the journal, the others from the books handed in. */
export function openOffices(
  books: readonly Book[],
  parts: { journal: Journal; tokens: TokenStore; now: number },
): Offices {
  const { journal, tokens, now } = parts;
  const offices = new Map<string, OfficeStore>();
  for (const entry of journal.read()) replay(entry as unknown[], offices, { journal, tokens });
  for (const office of offices.values()) rebuildBook(office);
  for (const book of books) {
    const { name, country, iban, bic } = book;
    const head: OfficeHead = { code: officeCodeOf(book), name, country, iban, bic, bookCode: book.code };
    if (offices.has(head.code)) continue;
    const office = new OfficeStore(head, book, journal);
    fillOffice(office, book, now);
    offices.set(head.code, office);
  }
  journal.rewrite(allLines(offices, tokens));
  return offices;
}

export function* allLines(offices: Offices, tokens: TokenStore): Generator<unknown> {
  yield* tokens.lines();
  for (const office of offices.values()) yield* office.lines();
}

type Replay = (
  rest: unknown[],
  offices: Map<string, OfficeStore>,
  parts: { journal: Journal; tokens: TokenStore },
) => void;

const REPLAYS: Readonly<Record<string, Replay>> = {
  grant: ([grant], _offices, { tokens }) => tokens.restoreGrant(grant as Grant),
  access: ([access], _offices, { tokens }) => tokens.restoreAccess(access as Access),
  office: ([value], offices, { journal }) => {
    const head = value as OfficeHead;
    offices.set(head.code, new OfficeStore(head, emptyBook(head), journal));
  },
  number: ([code, series, last], offices) =>
    offices.get(code as string)?.restoreNumber(series as string, last as number),
  row: ([code, table, key, record], offices) =>
    offices.get(code as string)?.tables[table as string]?.restore(key as string, record),
  gone: ([code, table, key], offices) => {
    const office = offices.get(code as string);
    office?.silently(() => office.tables[table as string]?.delete(key as string));
  },
};

function replay(
  [kind, ...rest]: unknown[],
  ...to: [Map<string, OfficeStore>, { journal: Journal; tokens: TokenStore }]
): void {
  REPLAYS[kind as string]?.(rest, ...to);
}

function emptyBook({ bookCode, name, country, iban, bic }: OfficeHead): Book {
  return { code: bookCode, name, country, currency: 'EUR', iban, bic, debtors: [], receivables: [] };
}

/** The neutral book is a view of the rows: the same objects, so that a command changes both. */
function rebuildBook({ book, customers, bookings }: OfficeStore): void {
  for (const { debtor, status } of customers.values()) if (status !== 'deleted') book.debtors.push(debtor);
  for (const { receivable } of bookings.values()) book.receivables.push(receivable);
}
