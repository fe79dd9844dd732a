export { decodeText } from './decode.js';
export { formatOf, readTable, type Format } from './read-table.js';
export { LIMITS, type Table, type TableRow } from './table.js';
