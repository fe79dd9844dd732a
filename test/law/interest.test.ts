import { formatDecimal, parseMoney, type BusinessDate } from '../../src/kernel/index.js';
import { computeInterest, type DebtorKind, type LawCountry } from '../../src/law/index.js';

function interest(country: LawCountry, kind: DebtorKind, principal: string, due: string, paid: string) {
  return computeInterest({
    country,
    kind,
    principal: parseMoney(principal, 'EUR'),
    due: due as BusinessDate,
    paid: paid as BusinessDate,
  });
}

type Vector = [LawCountry, DebtorKind, string, string, string, [number, string, string][], string];

describe('statutory interest', () => {
  it.each<Vector>([
    ['NL', 'business', '8400', '2026-05-30', '2026-06-21', [[22, '10.15', '51.39']], '51.39'],
    ['NL', 'business', '10000', '2026-06-15', '2026-08-15', [[15, '10.15', '41.71'], [46, '10.40', '131.07']], '172.78'],
    ['NL', 'business', '1500', '2024-06-01', '2024-09-30', [[29, '12.50', '14.90'], [92, '12.25', '46.32']], '61.22'],
    ['NL', 'consumer', '820', '2026-05-30', '2026-06-30', [[31, '4.00', '2.79']], '2.79'],
    ['NL', 'consumer', '1000', '2025-12-01', '2026-01-31', [[30, '6.00', '4.93'], [31, '4.00', '3.40']], '8.33'],
    ['NL', 'consumer', '1000', '2022-12-31', '2024-12-31', [[181, '4.00', '19.84'], [184, '6.00', '30.25'], [366, '7.00', '73.51']], '123.60'],
    ['BE', 'business', '2000', '2026-01-31', '2026-03-02', [[30, '10.50', '17.26']], '17.26'],
    ['BE', 'business', '10000', '2024-12-01', '2025-01-31', [[30, '12.50', '102.74'], [31, '11.50', '97.67']], '200.41'],
    ['BE', 'business', '10000', '2025-06-15', '2025-08-15', [[15, '11.50', '47.26'], [46, '10.50', '132.33']], '179.59'],
  ])('%s %s %s from %s to %s', (country, kind, principal, due, paid, segments, total) => {
    const result = interest(country, kind, principal, due, paid);
    expect(result.segments.map((each) => [each.days, each.rate, formatDecimal(each.interest)])).toEqual(segments);
    expect(formatDecimal(result.total)).toBe(total);
  }); // prettier-ignore

  it('starts on the day after the due date and counts the day of payment', () => {
    expect(interest('NL', 'business', '8400', '2026-05-30', '2026-06-21').segments).toMatchObject([
      { from: '2026-05-31', to: '2026-06-21' },
    ]);
    expect(interest('NL', 'business', '8400', '2026-05-30', '2026-05-31').segments).toMatchObject([{ days: 1 }]);
  });

  it('is nothing when paid on or before the due date', () => {
    expect(interest('NL', 'business', '8400', '2026-05-30', '2026-05-30')).toMatchObject({
      total: { minor: 0n },
      segments: [],
    });
    expect(interest('BE', 'consumer', '8400', '2026-05-30', '2026-05-01').total.minor).toBe(0n);
  });

  it('compounds per year of default in the Netherlands, also between businesses, and not in Belgium', () => {
    // 8 % twice: 80.00, then 8 % of 1,080.
    expect(formatDecimal(interest('NL', 'business', '1000', '2018-03-15', '2020-03-15').total)).toBe('166.40');
    // 731 days, of which one is 29 February 2020: 1,000 x 8 % x 731 / 365.
    expect(formatDecimal(interest('BE', 'business', '1000', '2018-03-15', '2020-03-15').total)).toBe('160.22');
  });

  it('takes a due date of 29 February through ordinary and leap years', () => {
    const segments = interest('NL', 'business', '1000', '2016-02-29', '2021-03-01').segments;
    expect(segments.map((each) => each.to)).toEqual([
      '2016-06-30', '2017-02-28', '2018-02-28', '2019-02-28', '2020-02-29', '2021-02-28', '2021-03-01',
    ]); // prettier-ignore
    expect(segments.reduce((days, each) => days + each.days, 0)).toBe(1827);
  });

  it('names the half-year without a rate instead of guessing', () => {
    expect(() => interest('NL', 'business', '100', '2026-12-15', '2027-01-01')).toThrow(
      /NL trade interest has no rate for 2027 H1/,
    );
    expect(() => interest('NL', 'consumer', '100', '2026-12-15', '2027-01-01')).toThrow(
      /NL statutory interest has no rate for 2027 H1/,
    );
    expect(() => interest('BE', 'business', '100', '2026-12-15', '2028-08-01')).toThrow(/2027 H1/);
    expect(() => interest('BE', 'consumer', '100', '2009-12-01', '2010-02-01')).toThrow(/2009 H2/);
    expect(interest('NL', 'business', '100', '2026-12-15', '2026-12-31').segments).toHaveLength(1);
  });

  it('tells which rows it used and which of them wait for confirmation', () => {
    const { rows, source } = interest('NL', 'business', '100', '2026-06-15', '2026-07-15');
    expect(rows.map((row) => row.from)).toEqual(['2025-07-01', '2026-07-01']);
    expect(rows[1]?.note).toMatch(/not seen/);
    expect(source).toContain('6:119a');
  });

  it('follows every published Dutch trade rate', () => {
    const rateOn = (day: string, before: string) => interest('NL', 'business', '100', before, day).segments[0]?.rate;
    expect(rateOn('2013-03-15', '2013-03-14')).toBe('7.75');
    expect(rateOn('2013-03-16', '2013-03-15')).toBe('8.75');
    expect(rateOn('2016-06-30', '2016-06-29')).toBe('8.05');
    expect(rateOn('2016-07-01', '2016-06-30')).toBe('8.00');
  });

  it.each<[LawCountry, DebtorKind]>([['NL', 'business'], ['NL', 'consumer'], ['BE', 'business'], ['BE', 'consumer']])(
    'has a rate for each day from 2010 to the end of 2026: %s %s',
    (country, kind) => {
      const result = interest(country, kind, '100', '2009-12-31', '2026-12-31');
      expect(result.segments.reduce((days, each) => days + each.days, 0)).toBe(6209);
    },
  ); // prettier-ignore
});
