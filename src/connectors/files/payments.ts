import { parseMinor, type BusinessDate, type CurrencyCode } from '../../kernel/index.js';
import { Cells } from './cells.js';
import type { FileRow } from './rows.js';
import { readAmount, readDate } from './values.js';

/** A row of a file of payments, understood. */
export interface Payment {
  readonly invoiceNumber: string;
  readonly on: BusinessDate;
  /** Minor units. */
  readonly amount: bigint;
}

/** PURE. Throws {@link Refused} that names line, column and what was expected. */
export function readPayment(row: FileRow, currency: CurrencyCode): Payment {
  const cells = new Cells(row);
  const amount = cells.read('paidAmount', (cell) => readAmount(cell, currency, row.numbers));
  if (amount === 0n) throw cells.refuse('paidAmount', 'an amount that is not zero');
  return {
    invoiceNumber: cells.needText('invoiceNumber'),
    on: cells.read('paymentDate', (cell) => readDate(cell, row.dates)),
    amount,
  };
}

/** PURE. The money that came in for an item since its row was listed, in minor units. */
export function paidSince({ payments = [] }: FileRow, currency: CurrencyCode): bigint {
  return payments.reduce((sum, each) => sum + parseMinor(each.amount, currency), 0n);
}
