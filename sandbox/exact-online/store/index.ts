export * from './division-store.js';
export * from './fill.js';
export * from './records.js';
export * from './versioned-table.js';
