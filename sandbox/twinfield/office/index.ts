export * from './codes.js';
export * from './deleting.js';
export * from './fill.js';
export * from './ledger-lines.js';
export * from './ledger-state.js';
export { OfficeStore } from './office-store.js';
export type * from './records.js';
