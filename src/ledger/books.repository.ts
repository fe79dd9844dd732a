import { todayIn, type BusinessDate, type Clock, type CurrencyCode } from '../kernel/index.js';
import { notFound } from '../http/index.js';
import type { Transaction } from '../persistence/index.js';

/** What every question about an administration needs first. */
export interface Books {
  readonly administrationId: string;
  readonly currency: CurrencyCode;
  readonly timeZone: string;
  /** The calendar day it is where the administration lives. */
  readonly today: BusinessDate;
}

interface BooksRow {
  readonly id: string;
  readonly currency: string;
  readonly time_zone: string;
}

/** The administration, as the firm of this transaction may see it. @throws Problem 404, also for another firm's. */
export async function getBooks(transaction: Transaction, clock: Clock, administrationId: string): Promise<Books> {
  return firstBooks(
    clock,
    (await transaction.query('select id, currency, time_zone from administration where id = $1', [
      administrationId,
    ])) as BooksRow[],
    'the administration',
  );
}

/** The administration that a debtor belongs to. @throws Problem 404 when there is no such debtor. */
export async function getBooksOfDebtor(transaction: Transaction, clock: Clock, debtorId: string): Promise<Books> {
  const sql = `select a.id, a.currency, a.time_zone from debtor d join administration a on a.id = d.administration_id where d.id = $1`;
  return firstBooks(clock, (await transaction.query(sql, [debtorId])) as BooksRow[], 'the debtor');
}

/** The administration that a receivable belongs to. @throws Problem 404 when there is no such receivable. */
export async function getBooksOfReceivable(transaction: Transaction, clock: Clock, id: string): Promise<Books> {
  const sql = `select a.id, a.currency, a.time_zone from receivable r join administration a on a.id = r.administration_id where r.id = $1`;
  return firstBooks(clock, (await transaction.query(sql, [id])) as BooksRow[], 'the receivable');
}

function firstBooks(clock: Clock, [row]: readonly BooksRow[], what: string): Books {
  if (row === undefined) throw notFound(what);
  const { id, currency, time_zone: timeZone } = row;
  return { administrationId: id, currency, timeZone, today: todayIn(clock, timeZone) };
}
