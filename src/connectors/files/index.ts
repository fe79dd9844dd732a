export { files } from './connector.js';
export { FIELDS, TABLE_KINDS, type Field, type FileKind, type Mapping, type TableKind } from './fields.js';
export { checkMapping, guessKind, proposeMapping } from './propose-mapping.js';
export {
  debtorIdOf,
  debtorsAmong,
  readRows,
  receivableIdOf,
  type FileRow,
  type NamedRow,
  type PaymentSeen,
  type StoredRow,
  type TableContent,
} from './rows.js';
export { formatOf, LIMITS, readTable, type Format, type Table, type TableRow } from './table/index.js';
export { toLedger } from './to-ledger.js';
export { paidSince, readPayment, type Payment } from './payments.js';
export { Refused } from './cells.js';
export { readUbl } from './ubl.js';
export { readAmount, readDate, textOf, Unreadable, type Cell } from './values.js';
