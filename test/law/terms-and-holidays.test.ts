import Holidays from 'date-holidays';
import type { BusinessDate } from '../../src/kernel/index.js';
import {
  computeTerm,
  easterSunday,
  holidaysOf,
  isWorkingDay,
  nextSendingDay,
  nextWorkingDay,
  SAFE_TERM,
  type TermChannel,
} from '../../src/law/index.js';

const day = (text: string) => text as BusinessDate;

describe('the Dutch fourteen-day letter', () => {
  it.each<[string, TermChannel, string, string, string]>([
    ['2026-11-02', 'email', '2026-11-02', '2026-11-16', '2026-11-17'],
    ['2026-11-02', 'post', '2026-11-04', '2026-11-18', '2026-11-19'],
    ['2026-11-05', 'post', '2026-11-07', '2026-11-21', '2026-11-22'],
    ['2026-11-06', 'post', '2026-11-10', '2026-11-24', '2026-11-25'],
    ['2026-11-07', 'post', '2026-11-11', '2026-11-25', '2026-11-26'],
    ['2026-04-03', 'post', '2026-04-07', '2026-04-21', '2026-04-22'],
    ['2026-12-23', 'post', '2026-12-29', '2027-01-12', '2027-01-13'],
  ])('sent %s by %s: received %s, last day %s, costs from %s', (sent, channel, received, lastDay, claimFrom) => {
    expect(computeTerm({ country: 'NL', channel, sent: day(sent) })).toMatchObject({ received, lastDay, claimFrom });
  });

  it('starts the day after receipt', () => {
    expect(computeTerm({ country: 'NL', channel: 'email', sent: day('2026-11-02') }).starts).toBe('2026-11-03');
  });

  it('gets a buffer for slow post and never ends on a weekend or holiday when asked to be safe', () => {
    const safe = (sent: string) => computeTerm({ country: 'NL', channel: 'post', sent: day(sent), ...SAFE_TERM });
    expect(safe('2026-11-05')).toMatchObject({
      received: '2026-11-09',
      lastDay: '2026-11-23',
      claimFrom: '2026-11-24',
    });
    // Received Thu 10 Dec + 2 = Sat 12; fourteen days later is Boxing Day, then a Sunday.
    expect(safe('2026-12-08')).toMatchObject({ received: '2026-12-12', lastDay: '2026-12-28' });
  });
});

describe('the Belgian waiting term', () => {
  it.each<[string, TermChannel, string, string, string]>([
    ['2023-09-18', 'post', '2023-09-21', '2023-10-04', '2023-10-05'],
    ['2023-09-18', 'email', '2023-09-19', '2023-10-02', '2023-10-03'],
    ['2026-04-02', 'post', '2026-04-08', '2026-04-21', '2026-04-22'],
    ['2026-05-13', 'post', '2026-05-19', '2026-06-01', '2026-06-02'],
    ['2026-11-06', 'post', '2026-11-12', '2026-11-25', '2026-11-26'],
    ['2026-11-06', 'email', '2026-11-07', '2026-11-20', '2026-11-21'],
    ['2026-12-23', 'post', '2026-12-29', '2027-01-11', '2027-01-12'],
  ])('sent %s by %s: starts %s, last day %s, claim from %s', (sent, channel, starts, lastDay, claimFrom) => {
    const term = computeTerm({ country: 'BE', channel, sent: day(sent) });
    expect(term).toMatchObject({ starts, lastDay, claimFrom });
    expect(term).not.toHaveProperty('received');
  });

  it.each([
    ['2026-04-02', '2026-04-21'],
    ['2026-05-13', '2026-06-01'],
    ['2026-11-06', '2026-11-24'],
    ['2026-12-23', '2027-01-11'],
  ])('is shorter when Saturday counts: sent %s, claim from %s', (sent, claimFrom) => {
    expect(computeTerm({ country: 'BE', channel: 'post', sent: day(sent), saturdayCounts: true }).claimFrom).toBe(
      claimFrom,
    );
  });
});

describe('holidays', () => {
  it.each([
    [2026, '2026-04-05', '2026-04-03', '2026-04-06', '2026-04-27', '2026-05-14', '2026-05-25'],
    [2027, '2027-03-28', '2027-03-26', '2027-03-29', '2027-04-27', '2027-05-06', '2027-05-17'],
    [2028, '2028-04-16', '2028-04-14', '2028-04-17', '2028-04-27', '2028-05-25', '2028-06-05'],
  ])(
    '%s: Easter and the days that hang on it',
    (year, easter, goodFriday, easterMonday, kingsDay, ascension, whitMonday) => {
      const dateOf = (name: string) => holidaysOf('NL', year).find((each) => each.name === name)?.date;
      expect(easterSunday(year)).toBe(easter);
      expect(
        ['Goede Vrijdag', 'Tweede paasdag', 'Koningsdag', 'Hemelvaartsdag', 'Tweede pinksterdag'].map(dateOf),
      ).toEqual([goodFriday, easterMonday, kingsDay, ascension, whitMonday]);
    },
  );

  it("King's Day is the 26th when the 27th is a Sunday", () => {
    expect(holidaysOf('NL', 2025).find((each) => each.name === 'Koningsdag')?.date).toBe('2025-04-26');
  });

  it('Belgium has ten, and agrees with a second source for a century of Easters', () => {
    const other = new Holidays('BE');
    for (let year = 1970; year <= 2070; year += 1) {
      const dates = other.getHolidays(year).filter((each) => each.type === 'public').map((each) => each.date.slice(0, 10)); // prettier-ignore
      expect(holidaysOf('BE', year)).toHaveLength(10);
      expect(dates).toEqual(expect.arrayContaining(holidaysOf('BE', year).map((each) => each.date)));
    }
  });

  it('a working day is Monday to Friday and no holiday', () => {
    expect(isWorkingDay(day('2026-05-01'), 'NL')).toBe(true);
    expect(isWorkingDay(day('2026-05-01'), 'BE')).toBe(false);
    expect(isWorkingDay(day('2026-11-21'), 'NL')).toBe(false);
    expect(isWorkingDay(day('2026-11-21'), 'NL', true)).toBe(true);
    expect(isWorkingDay(day('2026-11-22'), 'NL', true)).toBe(false);
    expect(nextWorkingDay(day('2026-12-25'), 'NL')).toBe('2026-12-28');
    expect(nextWorkingDay(day('2026-12-28'), 'NL')).toBe('2026-12-28');
  });

  it('nothing is sent on a weekend or holiday of the debtor; of other countries only weekends are known', () => {
    expect(nextSendingDay(day('2026-04-03'), 'NL')).toBe('2026-04-07');
    expect(nextSendingDay(day('2026-04-03'), 'BE')).toBe('2026-04-03');
    expect(nextSendingDay(day('2026-11-21'), 'DE')).toBe('2026-11-23');
    expect(nextSendingDay(day('2026-11-22'), 'DE')).toBe('2026-11-23');
    expect(nextSendingDay(day('2026-11-20'), 'DE')).toBe('2026-11-20');
  });
});
