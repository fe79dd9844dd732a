import type { Book } from '../../books/index.js';
import type { Journal } from '../../http/index.js';
import { toPeriod } from '../xml/index.js';
import { customerCodeOf } from './codes.js';
import { GroupIndex } from './group-index.js';
import type { BookingRecord, CustomerRecord, DeletionRecord, MatchRecord, OfficeHead } from './records.js';
import { Table, type TableHost } from './table.js';

/** One office: its books and everything clients wrote into it. */
export class OfficeStore implements TableHost {
  /** Of a receivable, both the invoice's and the credit note's. */
  readonly matchesOf = new GroupIndex<MatchRecord>(({ receivableId, by }) =>
    by.kind === 'credit-note' ? [receivableId, by.receivableId] : [receivableId],
  );
  readonly bookingsIn = new GroupIndex<BookingRecord>(({ receivable }) => [toPeriod(receivable.invoiceDate)]);
  readonly moneyIn = new GroupIndex<MatchRecord>(({ by, date }) => (by.kind === 'booking' ? [toPeriod(date)] : []));
  private readonly byTransaction = new GroupIndex<BookingRecord>(({ code, number }) => [`${code}/${number}`]);
  private readonly moneyByTransaction = new GroupIndex<MatchRecord>(({ by }) =>
    by.kind === 'booking' ? [`${by.code}/${by.number}`] : [],
  );
  private readonly byCode = new GroupIndex<CustomerRecord>(({ debtor }) => [customerCodeOf(debtor)]);

  readonly customers = new Table<CustomerRecord>('customers', this, this.byCode);
  readonly bookings = new Table<BookingRecord>('bookings', this, both(this.bookingsIn, this.byTransaction));
  readonly matches = new Table<MatchRecord>(
    'matches',
    this,
    both(both(this.matchesOf, this.moneyIn), this.moneyByTransaction),
  );
  readonly deletions = new Table<DeletionRecord>('deletions', this);
  private readonly lastNumbers = new Map<string, number>();
  private silent = false;

  constructor(
    readonly head: OfficeHead,
    readonly book: Book,
    private readonly journal: Journal,
  ) {}

  get tables(): Readonly<Record<string, Table<unknown>>> {
    const all = [this.customers, this.bookings, this.matches, this.deletions];
    return Object.fromEntries(all.map((table) => [table.name, table as unknown as Table<unknown>]));
  }

  /** A code may have been edited since it was indexed: then all are looked at. */
  customerByCode(code: string): CustomerRecord | undefined {
    const has = ({ debtor }: CustomerRecord): boolean => customerCodeOf(debtor) === code;
    const found = this.byCode.first(code);
    return found !== undefined && has(found) ? found : [...this.customers.values()].find(has);
  }

  bookingOf(code: string, number: string): BookingRecord | undefined {
    return this.byTransaction.first(`${code}/${number}`);
  }

  moneyOf(code: string, number: string): MatchRecord | undefined {
    return this.moneyByTransaction.first(`${code}/${number}`);
  }

  /** The next number of a series, which counts on over a restart: `2026` + five digits, or a plain count. */
  nextNumber(series: string): number {
    const next = (this.lastNumbers.get(series) ?? 0) + 1;
    this.lastNumbers.set(series, next);
    if (!this.silent) this.journal.append([['number', this.head.code, series, next]]);
    return next;
  }

  restoreNumber(series: string, last: number): void {
    this.lastNumbers.set(series, last);
  }

  /** Fills the tables without a journal line per row: the whole is written afterwards, in one go. */
  silently(fill: () => void): void {
    this.silent = true;
    fill();
    this.silent = false;
  }

  written(table: string, key: string, record: unknown): void {
    if (!this.silent) this.journal.append([['row', this.head.code, table, key, record]]);
  }

  removed(table: string, key: string): void {
    if (!this.silent) this.journal.append([['gone', this.head.code, table, key]]);
  }

  *lines(): Generator<unknown> {
    yield ['office', this.head];
    for (const [series, last] of this.lastNumbers) yield ['number', this.head.code, series, last];
    for (const [name, table] of Object.entries(this.tables))
      for (const [key, record] of table.entries()) yield ['row', this.head.code, name, key, record];
  }
}

type Index<R> = { add(key: string, record: R): void; remove(key: string, record: R): void };

function both<R>(one: Index<R>, other: Index<R>): Index<R> {
  return {
    add: (key, record) => (one.add(key, record), other.add(key, record)),
    remove: (key, record) => (one.remove(key, record), other.remove(key, record)),
  };
}
