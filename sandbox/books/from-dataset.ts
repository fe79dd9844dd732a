import { toEpochDay } from '../../src/kernel/index.js';
import type { Draft } from './assemble.js';
import type { DatasetRow } from './dataset.js';
import type { Region } from './places.js';

/**
 * Moves all dates by one number of whole days, so that the newest invoice is of `today` (an epoch day) and every
 * interval stays as it was; `shift: false` leaves the dates of the file.
 */
export function draftsFromDataset(rows: readonly DatasetRow[], options: { today: number; shift: boolean }): Draft[] {
  const newest = rows.reduce((latest, row) => Math.max(latest, toEpochDay(row.invoiceDate)), -Infinity);
  const offset = options.shift ? options.today - newest : 0;
  const seen = new Map<string, number>();
  return rows.map((row) => {
    // Two debtors, or one over the years, may bear the same invoice number: the count keeps their ids apart.
    const natural = `${row.customerId}|${row.invoiceNumber}`;
    const occurrence = seen.get(natural) ?? 0;
    seen.set(natural, occurrence + 1);
    return {
      debtorKey: row.customerId,
      key: occurrence === 0 ? natural : `${natural}|${occurrence}`,
      yourRef: row.invoiceNumber,
      invoiceDay: toEpochDay(row.invoiceDate) + offset,
      dueDay: toEpochDay(row.dueDate) + offset,
      settledDay: row.settledDate === null ? null : toEpochDay(row.settledDate) + offset,
      amountMinor: row.amountMinor,
      disputed: row.disputed,
    };
  });
}

/** The country codes of the file are opaque: taken in order, three in five stand for the Netherlands. */
const REGION_OF_CODE = ['netherlands', 'netherlands', 'netherlands', 'flanders', 'wallonia'] as const;

/** The debtors of a file in order of their own id, each with a region that follows from its country code. */
export function debtorsFromDataset(rows: readonly DatasetRow[]): Map<string, Region> {
  const codes = [...new Set(rows.map((row) => row.countryCode))].sort();
  const countryOf = new Map(rows.map((row) => [row.customerId, row.countryCode]));
  const regionOf = (id: string): Region => REGION_OF_CODE[codes.indexOf(countryOf.get(id)!) % REGION_OF_CODE.length]!;
  return new Map([...countryOf.keys()].sort().map((id) => [id, regionOf(id)]));
}
