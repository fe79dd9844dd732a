import type { BusinessDate } from '../kernel/index.js';
import { findRowOn, type DatedRow, type DebtorKind, type LawCountry } from './types.js';

/** A yearly interest rate in basis points (10.15 % = 1015). `note` marks what still waits for an official source. */
export interface RateRow extends DatedRow {
  readonly to: BusinessDate;
  readonly basisPoints: number;
  readonly note?: string;
}

export interface RateTable {
  readonly name: string;
  readonly source: string;
  /** Interest is added to the sum at the end of each year of default. */
  readonly compoundsYearly: boolean;
  readonly rows: readonly RateRow[];
}

type RowData = readonly [from: string, to: string, basisPoints: number, note?: string];

function rowsOf(data: readonly RowData[]): readonly RateRow[] {
  return data.map(([from, to, basisPoints, note]) => ({
    from: from as BusinessDate,
    to: to as BusinessDate,
    basisPoints,
    ...(note === undefined ? {} : { note }),
  }));
}

/**
 * Netherlands, trade contracts (wettelijke handelsrente). ECB main refinancing rate on the day before 1 January and
 * 1 July, plus 8 points. Sources: raadvanarbitrage.nl, vdkraan.nl, advocatenkantooroste.nl, rechtnet.nl, watsonlaw.nl,
 * abenslag.nl, metaalunie.nl. The row of 16 March 2013 holds for contracts made since that day; the older rule
 * (plus 7 points) is not carried.
 */
const NL_TRADE = rowsOf([
  ['2010-01-01', '2011-06-30', 800],
  ['2011-07-01', '2011-12-31', 825],
  ['2012-01-01', '2012-12-31', 800],
  ['2013-01-01', '2013-03-15', 775],
  ['2013-03-16', '2013-06-30', 875],
  ['2013-07-01', '2013-12-31', 850],
  ['2014-01-01', '2014-06-30', 825],
  ['2014-07-01', '2014-12-31', 815],
  ['2015-01-01', '2016-06-30', 805],
  ['2016-07-01', '2022-12-31', 800],
  ['2023-01-01', '2023-06-30', 1050],
  ['2023-07-01', '2023-12-31', 1200],
  ['2024-01-01', '2024-06-30', 1250],
  ['2024-07-01', '2024-12-31', 1225],
  ['2025-01-01', '2025-06-30', 1115],
  ['2025-07-01', '2026-06-30', 1015],
  ['2026-07-01', '2026-12-31', 1040, 'ECB main rate 2.40 % since 17 June 2026; official publication not seen'],
]);

/**
 * Netherlands, all other debts (wettelijke rente). Set by decree and valid until the next decree. Sources:
 * raadvanarbitrage.nl (2010), iqount.nl (2011), advocatenkantooroste.nl (2015), abenslag.nl (2023 H1), watsonlaw.nl
 * (2023 H2), metaalunie.nl (2024), decree of 10 December 2025 (2026).
 */
const NL_CIVIL = rowsOf([
  ['2010-01-01', '2011-06-30', 300],
  ['2011-07-01', '2012-06-30', 400],
  ['2012-07-01', '2014-12-31', 300],
  ['2015-01-01', '2022-12-31', 200],
  ['2023-01-01', '2023-06-30', 400],
  ['2023-07-01', '2023-12-31', 600],
  ['2024-01-01', '2024-12-31', 700],
  ['2025-01-01', '2025-12-31', 600],
  ['2026-01-01', '2026-06-30', 400],
  ['2026-07-01', '2026-12-31', 400, 'no decree of change on 1 July 2026 found'],
]);

/**
 * Belgium, commercial transactions: ECB main refinancing rate plus 8 points, rounded up to the half point. Sources:
 * lexalert.be (2009-2020, with Staatsblad dates), vanostaeyen.eu, schoups.com, phc-expert, etaamb 2023041019 (2023 H1),
 * medenam (2024 H1), forumforthefuture (2024 H2), leuropeinfo (2025 H1), embuild.be (2025 H2, 2026 H1).
 */
const BE_TRADE = rowsOf([
  ['2010-01-01', '2011-06-30', 800],
  ['2011-07-01', '2011-12-31', 850],
  ['2012-01-01', '2013-03-15', 800],
  ['2013-03-16', '2013-06-30', 900],
  ['2013-07-01', '2016-06-30', 850],
  ['2016-07-01', '2021-06-30', 800],
  ['2021-07-01', '2022-12-31', 800, 'by formula'],
  ['2023-01-01', '2023-06-30', 1050],
  ['2023-07-01', '2023-12-31', 1200, 'by formula'],
  ['2024-01-01', '2024-12-31', 1250],
  ['2025-01-01', '2025-06-30', 1150],
  ['2025-07-01', '2026-06-30', 1050],
  ['2026-07-01', '2026-12-31', 1050, 'by formula: 2.40 + 8 = 10.40, rounded up; official publication not seen'],
]);

/**
 * Belgium, civil interest (wettelijke rentevoet in burgerlijke zaken): what a consumer owes when no valid clause says
 * otherwise; set once a year. Sources: fiduplan, bright.legal (2012), leuropeinfo (2024, 2025), embuild.be (2026).
 */
const BE_CIVIL = rowsOf([
  ['2010-01-01', '2010-12-31', 325],
  ['2011-01-01', '2011-12-31', 375],
  ['2012-01-01', '2012-12-31', 425],
  ['2013-01-01', '2014-12-31', 275],
  ['2015-01-01', '2015-12-31', 250],
  ['2016-01-01', '2016-12-31', 225, 'from memory'],
  ['2017-01-01', '2018-12-31', 200],
  ['2019-01-01', '2019-12-31', 200, 'from memory'],
  ['2020-01-01', '2021-12-31', 175, 'from memory'],
  ['2022-01-01', '2022-12-31', 150, 'from memory'],
  ['2023-01-01', '2023-12-31', 525],
  ['2024-01-01', '2024-12-31', 575],
  ['2025-01-01', '2026-12-31', 450],
]);

export const RATE_TABLES = {
  NL: {
    business: {
      name: 'NL trade interest',
      source: 'art. 6:119a BW: ECB main refinancing rate + 8 points, compound per year of default',
      compoundsYearly: true,
      rows: NL_TRADE,
    },
    consumer: {
      name: 'NL statutory interest',
      source: 'art. 6:119 BW: rate by decree, compound per year of default',
      compoundsYearly: true,
      rows: NL_CIVIL,
    },
  },
  BE: {
    business: {
      name: 'BE late-payment interest',
      source: 'law of 2 August 2002, art. 5: ECB main refinancing rate + 8 points, rounded up to the half point',
      compoundsYearly: false,
      rows: BE_TRADE,
    },
    consumer: {
      name: 'BE civil interest',
      source: 'law of 5 May 1865, art. 2: civil interest, due from a consumer without a valid interest clause',
      compoundsYearly: false,
      rows: BE_CIVIL,
    },
  },
} as const satisfies Record<LawCountry, Record<DebtorKind, RateTable>>;

/** The rate row that covers `day`, or nothing: a rate is never guessed. */
export function findRateOn(table: RateTable, day: BusinessDate): RateRow | undefined {
  return findRowOn(table.rows, day);
}
