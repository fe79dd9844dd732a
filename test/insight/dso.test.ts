import { countbackDso, simpleDso, type MonthOfSales } from '../../src/insight/domain/index.js';

/** In whole euros and the days of each month, newest first. */
const months = (...pairs: [sales: number, days: number][]): MonthOfSales[] =>
  pairs.map(([sales, days]) => ({ sales: BigInt(sales) * 100n, days }));
const euros = (amount: number): bigint => BigInt(amount) * 100n;

describe('days sales outstanding', () => {
  it.each([
    ['over a year', 150_000, 1_800_000, 365, 30.42],
    ['over a quarter', 212_000, 250_000, 90, 76.32],
    ['best possible: only what is not due', 130_000, 250_000, 90, 46.8],
    ['nothing open', 0, 250_000, 90, 0],
    ['more paid than owed', -1_000, 100_000, 100, -1],
  ])('simple, %s', (_, receivables, sales, days, expected) => {
    expect(simpleDso(euros(receivables), euros(sales), days)).toBe(expected);
  });

  it.each([0, -100])('simple says nothing over sales of %d', (sales) => {
    expect(simpleDso(euros(1_000), euros(sales), 90)).toBeNull();
  });

  it.each([
    ['months of 30 days', 212_000, months([100_000, 30], [80_000, 30], [70_000, 30]), { days: 73.71, exceeds: false }],
    [
      'months of 31, 30 and 31 days',
      212_000,
      months([100_000, 31], [80_000, 30], [70_000, 31]),
      { days: 75.17, exceeds: false },
    ],
    ['in millions', 2_100_000, months([900_000, 31], [800_000, 28], [700_000, 31]), { days: 76.71, exceeds: false }],
    ['exactly one month', 100_000, months([100_000, 31], [80_000, 30]), { days: 31, exceeds: false }],
    ['a cent more than all sales', 180_001, months([100_000, 31], [80_000, 30]), { days: 61, exceeds: true }],
    ['a month without sales', 150_000, months([100_000, 31], [0, 30], [100_000, 31]), { days: 76.5, exceeds: false }],
    [
      'a month of credit notes',
      150_000,
      months([100_000, 31], [-500, 30], [100_000, 31]),
      { days: 76.5, exceeds: false },
    ],
    ['nothing open', 0, months([100_000, 31]), { days: 0, exceeds: false }],
    ['a net credit', -5, months([100_000, 31]), { days: 0, exceeds: false }],
    ['no sales known', 5, [], { days: 0, exceeds: true }],
  ])('by counting back, %s', (_, receivables, sales, expected) => {
    expect(countbackDso(euros(receivables), sales)).toEqual(expected);
  });
});
