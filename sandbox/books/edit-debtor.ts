import { InputError, isBusinessDate } from '../../src/kernel/index.js';
import type { Book, BookDebtor } from './model.js';

type Check = readonly [test: (value: unknown) => boolean, expected: string];

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isOneOf = (...choices: readonly string[]): Check => [
  (value) => choices.includes(value as string),
  `one of ${choices.join(', ')}`,
];
const text: Check = [isText, 'a text'];
const textOrNull: Check = [(value) => value === null || isText(value), 'a text or null'];

/** What may be edited and how; the id is not in the table, since a record keeps its id. */
const CHECKS: Readonly<Record<Exclude<keyof BookDebtor, 'id'>, Check>> = {
  code: [isCount, 'a whole number'],
  name: text,
  contactName: textOrNull,
  email: textOrNull,
  phone: textOrNull,
  language: isOneOf('nl', 'fr', 'en', 'de'),
  addressLine: text,
  postcode: text,
  city: text,
  country: isOneOf('NL', 'BE'),
  vatNumber: textOrNull,
  chamberOfCommerce: textOrNull,
  consumer: [(value) => typeof value === 'boolean', 'true or false'],
  paymentDays: [isCount, 'a whole number of days'],
  createdOn: [isBusinessDate, 'a calendar date YYYY-MM-DD'],
};

/** Writes the changes into the debtor, all or none. Throws {@link InputError} naming the field. */
export function editDebtor(book: Book, debtor: BookDebtor, changes: Partial<BookDebtor>): void {
  if (typeof changes !== 'object' || changes === null || Object.keys(changes).length === 0)
    throw new InputError('$.changes', 'at least one field to change');
  for (const [field, value] of Object.entries(changes)) {
    const path = `$.changes.${field}`;
    if (!Object.hasOwn(CHECKS, field)) throw new InputError(path, `one of ${Object.keys(CHECKS).join(', ')}`);
    const [test, expected] = CHECKS[field as keyof typeof CHECKS];
    if (!test(value)) throw new InputError(path, `${expected}, got ${JSON.stringify(value)}`);
  }
  if (changes.code !== undefined && book.debtors.some((other) => other !== debtor && other.code === changes.code))
    throw new InputError('$.changes.code', `a code that is not used yet, got ${changes.code}`);
  Object.assign(debtor, changes);
}
