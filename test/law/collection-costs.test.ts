import * as fc from 'fast-check';
import { formatDecimal, parseMoney, money, type BusinessDate } from '../../src/kernel/index.js';
import { computeCollectionCosts, computeInstalmentCosts, computeReminderCap } from '../../src/law/index.js';

const euro = (amount: string) => parseMoney(amount, 'EUR');

describe('Dutch collection costs', () => {
  it.each([
    ['0.01', '40.00', '8.40', '48.40'],
    ['100', '40.00', '8.40', '48.40'],
    ['266.66', '40.00', '8.40', '48.40'],
    ['266.67', '40.00', '8.40', '48.40'],
    ['266.70', '40.01', '8.40', '48.41'],
    ['300', '45.00', '9.45', '54.45'],
    ['820', '123.00', '25.83', '148.83'],
    ['1000', '150.00', '31.50', '181.50'],
    ['1234.56', '185.18', '38.89', '224.07'],
    ['2500', '375.00', '78.75', '453.75'],
    ['2500.01', '375.00', '78.75', '453.75'],
    ['2501', '375.10', '78.77', '453.87'],
    ['3000', '425.00', '89.25', '514.25'],
    ['5000', '625.00', '131.25', '756.25'],
    ['7500', '750.00', '157.50', '907.50'],
    ['8400', '795.00', '166.95', '961.95'],
    ['10000', '875.00', '183.75', '1058.75'],
    ['12345.67', '898.46', '188.68', '1087.14'],
    ['25000', '1025.00', '215.25', '1240.25'],
    ['50000', '1275.00', '267.75', '1542.75'],
    ['100000', '1775.00', '372.75', '2147.75'],
    ['200000', '2775.00', '582.75', '3357.75'],
    ['500000', '4275.00', '897.75', '5172.75'],
    ['1000000', '6775.00', '1422.75', '8197.75'],
    ['1000001', '6775.00', '1422.75', '8197.75'],
    ['2500000', '6775.00', '1422.75', '8197.75'],
  ])('on %s are %s, VAT %s, together %s', (principal, costs, vat, total) => {
    const result = computeCollectionCosts({
      country: 'NL',
      kind: 'consumer',
      principal: euro(principal),
      vatNotDeductible: true,
    });
    expect([result.costs, result.vat, result.total].map(formatDecimal)).toEqual([costs, vat, total]);
  });

  it('carry no VAT unless the creditor cannot set it off', () => {
    const result = computeCollectionCosts({ country: 'NL', kind: 'consumer', principal: euro('1000') });
    expect([result.costs, result.vat, result.total].map(formatDecimal)).toEqual(['150.00', '0.00', '150.00']);
  });

  it('are the same scale for a business, with the article that makes it a lower bound', () => {
    const result = computeCollectionCosts({ country: 'NL', kind: 'business', principal: euro('100') });
    expect(formatDecimal(result.total)).toBe('40.00');
    expect(result.source).toContain('lid 4');
  });

  it('on nothing are nothing', () => {
    const result = computeCollectionCosts({
      country: 'NL',
      kind: 'consumer',
      principal: euro('0'),
      vatNotDeductible: true,
    });
    expect(formatDecimal(result.total)).toBe('0.00');
  });

  it('are unknown before 1 July 2012', () => {
    const on = (day: string) =>
      computeCollectionCosts({ country: 'NL', kind: 'consumer', principal: euro('100'), on: day as BusinessDate });
    expect(formatDecimal(on('2012-07-01').costs)).toBe('40.00');
    expect(() => on('2012-06-30')).toThrow(/\$\.on: .*2012-07-01/);
  });

  it('refuse another currency and a negative principal', () => {
    expect(() =>
      computeCollectionCosts({ country: 'NL', kind: 'business', principal: parseMoney('1', 'USD') }),
    ).toThrow(/EUR/);
    expect(() => computeCollectionCosts({ country: 'NL', kind: 'business', principal: euro('-1') })).toThrow(
      /\$\.principal/,
    );
  });

  it('never fall when the principal grows, and stay between minimum and maximum', () => {
    const amount = fc.bigInt({ min: 1n, max: 300_000_000n });
    fc.assert(
      fc.property(amount, amount, (left, right) => {
        const [low, high] = left < right ? [left, right] : [right, left];
        const [lower, higher] = [low, high].map(
          (minor) =>
            computeCollectionCosts({ country: 'NL', kind: 'consumer', principal: money(minor, 'EUR') }).costs.minor,
        );
        return lower! <= higher! && lower! >= 40_00n && higher! <= 6_775_00n;
      }),
    );
  });
});

describe('Dutch consumer instalments', () => {
  it('of three months of 100 together cost what one costs', () => {
    const three = [euro('100'), euro('100'), euro('100')];
    expect(formatDecimal(computeInstalmentCosts(three, euro('0')))).toBe('40.00');
    expect(formatDecimal(computeInstalmentCosts(three, euro('40')))).toBe('0.00');
    expect(formatDecimal(computeInstalmentCosts([euro('100'), euro('300')], euro('40')))).toBe('5.00');
  });
});

describe('Belgian damages clause for consumers', () => {
  it.each([
    ['0', '0.00'],
    ['10', '20.00'],
    ['75', '20.00'],
    ['150', '20.00'],
    ['150.01', '30.00'],
    ['150.10', '30.01'],
    ['200', '35.00'],
    ['250', '40.00'],
    ['300', '45.00'],
    // 64.999: a ceiling is rounded down, a cent above it would void the clause.
    ['499.99', '64.99'],
    ['500', '65.00'],
    ['500.01', '65.00'],
    ['600', '70.00'],
    ['1000', '90.00'],
    ['2500', '165.00'],
    ['5000', '290.00'],
    ['10000', '540.00'],
    ['25000', '1290.00'],
    ['39199.99', '1999.99'],
    ['39200', '2000.00'],
    ['1000000', '2000.00'],
  ])('on %s is at most %s', (principal, cap) => {
    const result = computeCollectionCosts({
      country: 'BE',
      kind: 'consumer',
      principal: euro(principal),
      vatNotDeductible: true,
    });
    expect([formatDecimal(result.costs), formatDecimal(result.vat)]).toEqual([cap, '0.00']);
  });

  it('is unknown before 1 September 2023', () => {
    const on = '2023-08-31' as BusinessDate;
    expect(() => computeCollectionCosts({ country: 'BE', kind: 'consumer', principal: euro('10'), on })).toThrow(
      /2023-09-01/,
    );
  });
});

describe('Belgian businesses and reminders', () => {
  it('a business owes a flat 40 euro whatever the principal', () => {
    for (const principal of ['1', '2000', '900000'])
      expect(
        formatDecimal(computeCollectionCosts({ country: 'BE', kind: 'business', principal: euro(principal) }).total),
      ).toBe('40.00');
  });

  it('a consumer gets the first reminder free and pays at most 7.50 and postage for a later one', () => {
    const postage = euro('1.50');
    expect(computeReminderCap({ reminderNumber: 1, postage }).minor).toBe(0n);
    expect(computeReminderCap({ reminderNumber: 2, postage }).minor).toBe(900n);
  });

  it('with regular deliveries the first three unpaid due dates of a year are free', () => {
    const cap = (unpaidDueDatesThisYear: number) =>
      computeReminderCap({ reminderNumber: 2, postage: euro('0'), regularDelivery: { unpaidDueDatesThisYear } }).minor;
    expect([cap(3), cap(4)]).toEqual([0n, 750n]);
  });
});
