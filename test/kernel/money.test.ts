import * as fc from 'fast-check';
import { formatMinor, minorFromNumber, parseMinor } from '../../src/kernel/index.js';

describe('an amount that a source sends as a double', () => {
  it('is the amount that was written, for every amount of cents below 10^13', () => {
    const cents = fc.bigInt({ min: -999_999_999_999_999n, max: 999_999_999_999_999n });
    fc.assert(
      fc.property(cents, (minor) => {
        expect(minorFromNumber(Number(formatMinor(minor, 'EUR')), 'EUR')).toBe(minor);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is rounded half away from zero as its fifteen digits read, for every number of mills', () => {
    const mills = fc.integer({ min: -999_999_999, max: 999_999_999 });
    fc.assert(
      fc.property(mills, (each) => {
        const cents = BigInt(Math.floor(Math.abs(each) / 10) + (Math.abs(each) % 10 >= 5 ? 1 : 0));
        expect(minorFromNumber(each / 1_000, 'EUR')).toBe(each < 0 ? -cents : cents);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    [1.005, 'EUR', 101n],
    [8.165, 'EUR', 817n],
    [-1.005, 'EUR', -101n],
    [0.1 + 0.2, 'EUR', 30n],
    [1_234.5, 'JPY', 1_235n],
    [1.2345, 'KWD', 1_235n],
  ] as const)('%d %s is %s', (value, currency, minor) => {
    expect(minorFromNumber(value, currency)).toBe(minor);
  });

  it.each([Number.NaN, Infinity, 1e13, -1e13])('refuses %d and says what was expected', (value) => {
    expect(() => minorFromNumber(value, 'EUR', '$.Amount')).toThrow(/\$\.Amount.*below 10\^13/);
  });
});

describe('a decimal', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), (minor) => {
        expect(parseMinor(formatMinor(minor, 'EUR'), 'EUR')).toBe(minor);
      }),
    );
  });
});
