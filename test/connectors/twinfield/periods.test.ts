import * as fc from 'fast-check';
import { periodOf, slicesFrom } from '../../../src/connectors/twinfield/periods.js';

describe('slices of book periods', () => {
  it('go back month by month through last year, then year by year, newest first', () => {
    const slices = slicesFrom('2026/03').map(({ from, to }) => `${from}-${to}`);
    expect(slices.slice(0, 5)).toEqual([
      '2026/03-2099/55',
      '2026/02-2026/02',
      '2026/00-2026/01',
      '2025/12-2025/55',
      '2025/11-2025/11',
    ]);
    expect(slices.at(14)).toBe('2025/00-2025/01');
    expect(slices.slice(15)).toEqual([2024, 2023, 2022, 2021, 2020, 2019, 2018, 2017].map((year) => `${year}/00-${year}/55`).concat('1980/00-2016/55')); // prettier-ignore
  });

  it('take the opening of the year with January', () => {
    expect(slicesFrom('2026/01')[0]).toEqual({ from: '2026/00', to: '2099/55', openOnly: false });
  });

  it('hold every period once, whenever a reading begins', () => {
    const years = fc.integer({ min: 2000, max: 2090 });
    const periods = fc.constantFrom(...Array.from({ length: 14 }, (_, index) => String(index).padStart(2, '0')), '55');
    fc.assert(
      fc.property(
        years,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1980, max: 2099 }),
        periods,
        (year, month, booked, period) => {
          // prettier-ignore
          const at = `${booked}/${period}`;
          const slices = slicesFrom(`${year}/${String(month).padStart(2, '0')}`);
          expect(slices.filter(({ from, to }) => from <= at && at <= to)).toHaveLength(1);
        },
      ),
    );
  });

  it('read paid lines of ten book years, and only open ones from before', () => {
    expect(slicesFrom('2026/11').filter(({ openOnly }) => openOnly).map(({ to }) => to)).toEqual(['2016/55']); // prettier-ignore
  });

  it('begin in the month by the calendar', () => {
    expect(periodOf(new Date('2026-01-31T23:59:59Z'))).toBe('2026/01');
  });
});
