import type { BusinessDate } from '../kernel/index.js';
import type { DatedRow } from './types.js';

/** A slice of the principal: `perMille` of what lies above the previous slice, up to `upTo` (minor units). */
export interface CostSlice {
  readonly upTo?: bigint;
  readonly perMille: bigint;
}

/** Amounts in euro cents. */
export interface CollectionCostRow extends DatedRow {
  readonly slices: readonly CostSlice[];
  readonly minimum: bigint;
  readonly maximum: bigint;
  readonly vatPercent: bigint;
}

/**
 * Netherlands: Besluit vergoeding voor buitengerechtelijke incassokosten, art. 2 (Stb. 2012, 141, in force 1 July 2012).
 * Ceiling for consumers, default for businesses. VAT: art. 2 lid 3, only when the creditor cannot set it off.
 */
export const NL_COLLECTION_COSTS: readonly CollectionCostRow[] = [
  {
    from: '2012-07-01' as BusinessDate,
    slices: [
      { upTo: 2_500_00n, perMille: 150n },
      { upTo: 5_000_00n, perMille: 100n },
      { upTo: 10_000_00n, perMille: 50n },
      { upTo: 200_000_00n, perMille: 10n },
      { perMille: 5n },
    ],
    minimum: 40_00n,
    maximum: 6_775_00n,
    vatPercent: 21n,
  },
];

/** A band of the Belgian ceiling: `fixed` plus `perMille` of what lies above `above`, for balances up to `upTo`. */
export interface DamagesBand {
  readonly upTo?: bigint;
  readonly above: bigint;
  readonly fixed: bigint;
  readonly perMille: bigint;
}

export interface DamagesCapRow extends DatedRow {
  readonly bands: readonly DamagesBand[];
  readonly maximum: bigint;
}

/**
 * Belgium, consumers: Wetboek van economisch recht, Boek XIX, art. XIX.4 (law of 4 May 2023; the caps as printed by
 * farys.be). In force 1 September 2023.
 */
export const BE_DAMAGES_CAPS: readonly DamagesCapRow[] = [
  {
    from: '2023-09-01' as BusinessDate,
    bands: [
      { upTo: 150_00n, above: 0n, fixed: 20_00n, perMille: 0n },
      { upTo: 500_00n, above: 150_00n, fixed: 30_00n, perMille: 100n },
      { above: 500_00n, fixed: 65_00n, perMille: 50n },
    ],
    maximum: 2_000_00n,
  },
];

export interface FlatRow extends DatedRow {
  readonly flat: bigint;
}

/** Belgium, businesses: law of 2 August 2002, art. 6: 40 euro by operation of law, as amended from 16 March 2013. */
export const BE_FLAT_COMPENSATION: readonly FlatRow[] = [{ from: '2013-03-16' as BusinessDate, flat: 40_00n }];

export interface ReminderCapRow extends DatedRow {
  readonly perReminder: bigint;
  readonly freeDueDatesPerYear: number;
}

/** Belgium, consumers: a reminder after the free first one costs at most 7.50 euro plus postage (Boek XIX WER). */
export const BE_REMINDER_CAPS: readonly ReminderCapRow[] = [
  { from: '2023-09-01' as BusinessDate, perReminder: 7_50n, freeDueDatesPerYear: 3 },
];
