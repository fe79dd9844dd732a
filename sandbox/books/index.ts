export { applyBookCommand } from './commands.js';
export { createBook, DEFAULT_DEBTORS, DEFAULT_SIZE, type BookOptions } from './create-book.js';
export { parseDataset, readDataset, type DatasetRow } from './dataset.js';
export type * from './model.js';
export { summariseBook, summariseDataset, type BookSummary } from './summary.js';
