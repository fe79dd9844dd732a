import type { OfficeStore } from './office-store.js';
import type { BookingRecord, BookingStatus, CustomerRecord, MatchRecord } from './records.js';
import { toPeriod } from '../xml/index.js';

export type MatchStatus = 'available' | 'matched' | 'proposed';

/** A line of the customers' sub-ledger, whichever daybook it comes from. Amounts in minor units, debit positive. */
export interface LedgerLine {
  readonly code: string;
  readonly number: string;
  readonly line: number;
  readonly status: BookingStatus;
  readonly date: string;
  readonly period: string;
  readonly customer: CustomerRecord;
  /** Empty on money that came without one. */
  readonly invoiceNumber: string;
  readonly dueDate: string | null;
  readonly currency: string;
  readonly valueMinor: number;
  readonly openMinor: number;
  readonly matchStatus: MatchStatus;
  readonly matches: readonly MatchRecord[];
  readonly description: string;
  readonly headModified: number;
  readonly modified: number;
}

/** The lines of the periods from `from` to `to` (both in it), bookings before the money that was set against them. */
export function* linesBetween(office: OfficeStore, from: string, to: string): Generator<LedgerLine> {
  const wanted = (period: string): boolean => period >= from && period <= to;
  for (const period of office.bookingsIn.names().filter(wanted).sort())
    for (const booking of office.bookingsIn.of(period)) yield lineOfBooking(office, booking);
  for (const period of office.moneyIn.names().filter(wanted).sort())
    for (const match of office.moneyIn.of(period)) {
      const line = lineOfMoney(office, match);
      if (line !== null) yield line;
    }
}

/** The customer's line of a booking: the total of an invoice, the detail of a bank transaction. */
export function lineOfBooking(office: OfficeStore, booking: BookingRecord): LedgerLine {
  const { receivable, code, number, status } = booking;
  const matches = office.matchesOf.of(receivable.id);
  return {
    code,
    number,
    line: code === 'VRK' ? 1 : 2,
    status,
    date: receivable.invoiceDate,
    period: toPeriod(receivable.invoiceDate),
    customer: office.customers.get(receivable.debtorId)!,
    invoiceNumber: code === 'VRK' ? String(receivable.invoiceNumber) : '',
    dueDate: code === 'VRK' ? receivable.dueDate : null,
    currency: receivable.currency,
    valueMinor: receivable.amountMinor,
    openMinor: receivable.openMinor,
    matchStatus: receivable.openMinor === 0 ? 'matched' : booking.proposed === true ? 'proposed' : 'available',
    matches,
    description: receivable.description,
    headModified: booking.modified,
    modified: matches.reduce((latest, match) => Math.max(latest, match.modified), booking.modified),
  };
}

/** The line of money that was set against an invoice; `null` when it is a credit note that has its own booking. */
export function lineOfMoney(office: OfficeStore, match: MatchRecord): LedgerLine | null {
  const { by, date, amountMinor, currency } = match;
  if (by.kind !== 'booking') return null;
  const paid = office.bookings.get(match.receivableId)?.receivable;
  return {
    code: by.code,
    number: by.number,
    line: by.code === 'BNK' ? 2 : 1,
    status: 'final',
    date,
    period: toPeriod(date),
    customer: office.customers.get(match.debtorId)!,
    invoiceNumber: paid === undefined ? '' : String(paid.invoiceNumber),
    dueDate: null,
    currency,
    valueMinor: -amountMinor,
    openMinor: 0,
    matchStatus: 'matched',
    matches: [match],
    description: by.code === 'BNK' ? 'Ontvangst' : 'Betalingsverschil',
    headModified: match.modified,
    modified: match.modified,
  };
}
