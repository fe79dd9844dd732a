export { AdministrationStore } from './administration-store.js';
export type { ClearFactsCommand } from './commands.js';
export { Ledger } from './ledger.js';
export type * from './records.js';
export type { Stamped } from './stamped-table.js';
