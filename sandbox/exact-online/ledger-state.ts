import type { Book } from '../books/index.js';
import type { Journal } from '../http/index.js';
import type { Chain, TokenStore } from './oauth/index.js';
import { DivisionStore, fillDivision, type DivisionHead, type Row } from './store/index.js';

/** Opens the divisions: those of an earlier life out of the journal, the others from the books handed in. */
export function openDivisions(
  books: readonly Book[],
  parts: { journal: Journal; tokens: TokenStore; now: number; payables: number },
): Map<number, DivisionStore> {
  const { journal, tokens } = parts;
  const divisions = new Map<number, DivisionStore>();
  for (const entry of journal.read()) replay(entry as unknown[], divisions, { journal, tokens });
  for (const division of divisions.values()) rebuildBook(division);
  for (const book of books) {
    if (divisions.has(book.code)) continue;
    const { code, name, country, iban, bic } = book;
    const division = new DivisionStore({ code, name, country, iban, bic, movedAt: null }, book, journal);
    fillDivision(division, book, parts);
    divisions.set(code, division);
  }
  journal.rewrite(allLines(divisions, tokens));
  return divisions;
}

export function* allLines(divisions: ReadonlyMap<number, DivisionStore>, tokens: TokenStore): Generator<unknown> {
  yield* tokens.lines();
  for (const division of divisions.values()) yield* division.lines();
}

type Replay = (
  rest: unknown[],
  divisions: Map<number, DivisionStore>,
  parts: { journal: Journal; tokens: TokenStore },
) => void;

const REPLAYS: Readonly<Record<string, Replay>> = {
  chain: ([chain], _divisions, { tokens }) => tokens.restore(chain as Chain),
  division: ([value], divisions, { journal }) => {
    const head = value as DivisionHead;
    const known = divisions.get(head.code);
    if (known === undefined) divisions.set(head.code, new DivisionStore(head, emptyBook(head), journal));
    else known.head = head;
  },
  row: ([code, table, key, timestamp, created, modified, record], divisions) => {
    const row = { key, timestamp, created, modified, record, dead: false } as Row;
    divisions.get(code as number)?.restore(table as string, row);
  },
  gone: ([code, table, key], divisions) => {
    const division = divisions.get(code as number);
    division?.silently(() => division.tables[table as string]?.delete(key as string));
  },
};

function replay(
  [kind, ...rest]: unknown[],
  ...to: [Map<number, DivisionStore>, { journal: Journal; tokens: TokenStore }]
): void {
  REPLAYS[kind as string]?.(rest, ...to);
}

function emptyBook({ code, name, country, iban, bic }: DivisionHead): Book {
  return { code, name, country, currency: 'EUR', iban, bic, debtors: [], receivables: [] };
}

/** The neutral book is a view of the rows: the same objects, so that a command changes both. */
function rebuildBook({ book, accounts, terms, entries }: DivisionStore): void {
  for (const { record } of accounts.values()) if (!record.supplier) book.debtors.push(record.debtor);
  for (const { record } of terms.values()) {
    if (record.lineType !== 20) continue;
    book.receivables.push(record.receivable);
    entries.add(record.receivable.entryId);
  }
}
