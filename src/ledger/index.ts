export { getBooks, type Books } from './books.repository.js';
export { applyDebtorChoices, type DebtorChoices } from './debtor-choices.repository.js';
export type { DebtorJson } from './debtor-json.js';
export { DebtorRepository } from './debtor.repository.js';
export { LedgerModule } from './ledger.module.js';
export { moneyOf } from './money-json.js';
export type { ReceivableJson } from './receivable-json.js';
export { ReceivableRepository } from './receivable.repository.js';
