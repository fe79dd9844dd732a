import type { Book, BookReceivable } from '../../books/index.js';
import type { OfficeStore } from './office-store.js';
import type { BookingRecord, BookingStatus, MatchRecord } from './records.js';

const NOON = 12 * 3_600_000;

/** Books every receivable, and a payment for whatever is no longer open of it. Stamps lie on the day it happened. */
export function fillOffice(office: OfficeStore, book: Book, now: number): void {
  office.silently(() => {
    for (const debtor of book.debtors)
      office.customers.put(debtor.id, {
        debtor,
        status: 'active',
        touched: 0,
        modified: stampOf(debtor.createdOn, now),
        written: {},
      });
    const inOrder = [...book.receivables].sort((left, right) => left.entryNumber - right.entryNumber);
    for (const receivable of inOrder) {
      bookReceivable(office, receivable, { at: stampOf(receivable.invoiceDate, now), status: 'final' });
      const taken = receivable.amountMinor - receivable.openMinor;
      const date = receivable.lastPaymentDate ?? receivable.settledOn ?? receivable.invoiceDate;
      if (taken !== 0) matchMoney(office, receivable, { amountMinor: taken, date, at: stampOf(date, now) });
    }
  });
}

function stampOf(date: string, now: number): number {
  return Math.min(Date.parse(date) + NOON, now);
}

/** Gives a receivable its booking. */
export function bookReceivable(
  office: OfficeStore,
  receivable: BookReceivable,
  how: { at: number; status: BookingStatus },
): BookingRecord {
  const code = receivable.kind === 'receipt' ? 'BNK' : 'VRK';
  const number = transactionNumber(office, code, receivable.invoiceDate);
  const booking: BookingRecord = { receivable, code, number, status: how.status, created: how.at, modified: how.at };
  office.bookings.put(receivable.id, booking);
  return booking;
}

interface Money {
  readonly amountMinor: number;
  readonly date: string;
  readonly at: number;
  /** A difference that was written off rather than paid. */
  readonly writtenOff?: boolean;
}

/** Books money and sets it against the receivable; both lines have moved. */
export function matchMoney(office: OfficeStore, receivable: BookReceivable, money: Money): void {
  const code = money.writtenOff === true ? 'AFLETTEREN' : 'BNK';
  const number = code === 'BNK' ? transactionNumber(office, code, money.date) : String(office.nextNumber('AFLETTEREN'));
  putMatch(office, receivable, { ...money, by: { kind: 'booking', code, number } });
}

/** Sets a credit note against the receivable. */
export function matchCreditNote(
  office: OfficeStore,
  receivable: BookReceivable,
  match: Money & { creditNoteId: string },
): void {
  putMatch(office, receivable, { ...match, by: { kind: 'credit-note', receivableId: match.creditNoteId } });
}

function putMatch(office: OfficeStore, receivable: BookReceivable, match: Money & Pick<MatchRecord, 'by'>): void {
  const matchNumber = office.nextNumber(`match ${receivable.debtorId}`);
  const id = `${receivable.debtorId}/${matchNumber}`;
  const { amountMinor, date, at, by } = match;
  const { id: receivableId, debtorId, currency } = receivable;
  office.matches.put(id, { id, debtorId, matchNumber, date, receivableId, currency, amountMinor, modified: at, by });
}

/** `202600001`: the year and five digits, more when a year needs them. */
function transactionNumber(office: OfficeStore, code: string, date: string): string {
  const year = date.slice(0, 4);
  return year + String(office.nextNumber(`${code} ${year}`)).padStart(5, '0');
}
