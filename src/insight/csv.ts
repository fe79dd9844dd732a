/**
 * Rows as CSV (RFC 4180). Text that a spreadsheet would run as a formula gets a quote in front: a debtor chooses its own
 * name. Amounts come as numbers or decimals and stay as they are.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(toCell).join(',')}\r\n`).join('');
}

const DECIMAL = /^-?\d+(\.\d+)?$/;

function toCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !DECIMAL.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
