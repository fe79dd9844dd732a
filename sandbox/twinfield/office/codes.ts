import type { Book, BookDebtor } from '../../books/index.js';

/** Codes are text of a fixed width, so that they have the zeros in front that a careless reader loses. */
export function customerCodeOf(debtor: Pick<BookDebtor, 'code'>): string {
  return String(debtor.code).padStart(6, '0');
}

export function officeCodeOf(book: Pick<Book, 'code'>): string {
  return String(book.code).padStart(3, '0');
}

/** The daybooks of the Dutch template, and the general ledger accounts they post to. */
export const DAYBOOKS = { VRK: 'Verkoopfacturen', BNK: 'Standaard bank', AFLETTEREN: 'Afletteren' } as const;

export const ACCOUNTS = {
  debtors: ['1300', 'Debiteuren'],
  bank: ['1100', 'Bank'],
  revenue: ['8020', 'Omzet'],
  vat: ['1530', 'Te vorderen/betalen btw hoog'],
  differences: ['4990', 'Betalingsverschillen'],
} as const;
