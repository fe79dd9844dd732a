import { assert, divideRounded, InputError, money, type BusinessDate, type Money } from '../kernel/index.js';
import {
  BE_DAMAGES_CAPS,
  BE_FLAT_COMPENSATION,
  BE_REMINDER_CAPS,
  NL_COLLECTION_COSTS,
  type CollectionCostRow,
  type DamagesCapRow,
  type FlatRow,
} from './cost-tables.js';
import { findRowOn, type DatedRow, type DebtorKind, type LawCountry } from './types.js';

export interface CollectionCostsInput {
  readonly country: LawCountry;
  readonly kind: DebtorKind;
  /** The open principal in EUR, without interest. */
  readonly principal: Money;
  /** True only for a Dutch creditor who cannot set off the VAT charged to him (art. 2 lid 3 of the decree). */
  readonly vatNotDeductible?: boolean;
  /** The day whose law applies; absent: the newest row. */
  readonly on?: BusinessDate;
}

export interface CollectionCosts {
  readonly costs: Money;
  readonly vat: Money;
  readonly total: Money;
  readonly source: string;
  readonly rows: readonly (CollectionCostRow | DamagesCapRow | FlatRow)[];
}

type Calculator = (principal: bigint, on: BusinessDate | undefined) => { costs: bigint; vat: bigint; row: CollectionCosts['rows'][number] }; // prettier-ignore

const NL_SCALE: Calculator = (principal, on) => {
  const row = rowOn(NL_COLLECTION_COSTS, on, 'Dutch collection costs');
  const costs = scaleCosts(principal, row);
  return { costs, vat: divideRounded(costs * row.vatPercent, 100n), row };
};

const BE_CAP: Calculator = (principal, on) => {
  const row = rowOn(BE_DAMAGES_CAPS, on, 'Belgian damages-clause caps');
  return { costs: damagesCap(principal, row), vat: 0n, row };
};

const BE_FLAT: Calculator = (_principal, on) => {
  const row = rowOn(BE_FLAT_COMPENSATION, on, 'Belgian flat compensation');
  return { costs: row.flat, vat: 0n, row };
};

const CALCULATORS: Record<LawCountry, Record<DebtorKind, { calculate: Calculator; source: string }>> = {
  NL: {
    consumer: { calculate: NL_SCALE, source: 'Besluit vergoeding voor buitengerechtelijke incassokosten, art. 2; art. 6:96 lid 6 BW' }, // prettier-ignore
    business: { calculate: NL_SCALE, source: 'Besluit vergoeding voor buitengerechtelijke incassokosten, art. 2; art. 6:96 lid 4 BW (at least 40 euro)' }, // prettier-ignore
  },
  BE: {
    consumer: { calculate: BE_CAP, source: 'Wetboek van economisch recht, Boek XIX: ceiling of the damages clause' },
    business: { calculate: BE_FLAT, source: 'law of 2 August 2002, art. 6: flat compensation' },
  },
};

/**
 * What may be claimed for collecting out of court: NL the scale of the decree (a ceiling for consumers), BE the
 * ceiling of Boek XIX for consumers and the flat 40 euro for businesses. Nothing open costs nothing.
 * @throws InputError for a negative principal, another currency than EUR, or a day before the law's first row.
 */
export function computeCollectionCosts(input: CollectionCostsInput): CollectionCosts {
  const { principal } = input;
  if (principal.currency !== 'EUR') throw new InputError('$.principal', `an amount in EUR, got ${principal.currency}`);
  if (principal.minor < 0n) throw new InputError('$.principal', 'an amount of zero or more');
  const { calculate, source } = CALCULATORS[input.country][input.kind];
  const result = calculate(principal.minor, input.on);
  const costs = principal.minor === 0n ? 0n : result.costs;
  const vat = principal.minor === 0n || input.vatNotDeductible !== true ? 0n : result.vat;
  return { costs: money(costs, 'EUR'), vat: money(vat, 'EUR'), total: money(costs + vat, 'EUR'), source, rows: [result.row] }; // prettier-ignore
}

/**
 * Dutch consumer instalments of one contract: per unpaid instalment the creditor looks back six months and may charge
 * no more than the costs of the dearest single instalment in all (Stb. 2024, 44). Safe reading of legal.md §1.2:
 * the highest of the instalments' costs, minus what was already charged for the contract in those months, floor 0.
 */
export function computeInstalmentCosts(
  instalments: readonly Money[],
  chargedInSixMonths: Money,
  on?: BusinessDate,
): Money {
  assert(instalments.length > 0, 'at least one instalment');
  const costs = instalments.map((principal) =>
    computeCollectionCosts({ country: 'NL', kind: 'consumer', principal, ...(on === undefined ? {} : { on }) }),
  );
  const highest = costs.reduce((most, each) => (each.costs.minor > most ? each.costs.minor : most), 0n);
  const left = highest - chargedInSixMonths.minor;
  return money(left > 0n ? left : 0n, 'EUR');
}

export interface ReminderCapInput {
  /** 1 for the first reminder of this debt. */
  readonly reminderNumber: number;
  readonly postage: Money;
  /** Regular delivery of goods or services, where the first unpaid due dates of a calendar year are free. */
  readonly regularDelivery?: { readonly unpaidDueDatesThisYear: number };
  readonly on?: BusinessDate;
}

/** The most a Belgian consumer may be charged for one reminder: the first is free, later ones 7.50 euro and postage. */
export function computeReminderCap(input: ReminderCapInput): Money {
  assert(input.reminderNumber >= 1, 'reminders count from 1');
  const row = rowOn(BE_REMINDER_CAPS, input.on, 'Belgian reminder caps');
  const isFree =
    input.reminderNumber === 1 ||
    (input.regularDelivery !== undefined && input.regularDelivery.unpaidDueDatesThisYear <= row.freeDueDatesPerYear);
  return money(isFree ? 0n : row.perReminder + input.postage.minor, 'EUR');
}

function scaleCosts(principal: bigint, row: CollectionCostRow): bigint {
  let floor = 0n;
  let perMilles = 0n;
  for (const slice of row.slices) {
    const top = slice.upTo === undefined || principal < slice.upTo ? principal : slice.upTo;
    if (top > floor) perMilles += (top - floor) * slice.perMille;
    floor = slice.upTo ?? floor;
  }
  const costs = divideRounded(perMilles, 1000n);
  if (costs < row.minimum) return row.minimum;
  return costs > row.maximum ? row.maximum : costs;
}

/** Rounded down: one cent above the ceiling would void the whole clause. */
function damagesCap(balance: bigint, row: DamagesCapRow): bigint {
  const band = row.bands.find((each) => each.upTo === undefined || balance <= each.upTo);
  assert(band !== undefined, 'the last band has no end');
  const cap = band.fixed + ((balance - band.above) * band.perMille) / 1000n;
  return cap > row.maximum ? row.maximum : cap;
}

function rowOn<Row extends DatedRow>(rows: readonly Row[], on: BusinessDate | undefined, what: string): Row {
  const row = on === undefined ? rows.at(-1) : findRowOn(rows, on);
  if (row === undefined)
    throw new InputError(
      '$.on',
      `a day on which ${what} are known, from ${rows[0]?.from ?? 'never'}`,
      'LAW_ROW_MISSING',
    );
  return row;
}
