import { upcoming } from '../../../src/sync/schedule/cron.js';
import { forecastOf, type Forecast, type ForecastBudget } from '../../../src/sync/schedule/forecast.js';

const NOW = new Date('2026-11-18T09:00:00Z');
const WEEK_MS = 7 * 86_400_000;
const MINUTE: ForecastBudget = {
  perSeconds: 60,
  limit: 60,
  reserve: 2,
  used: 0,
  endsAt: Date.parse('2026-11-18T09:01:00Z'),
};
const DAY: ForecastBudget = {
  perSeconds: 86_400,
  limit: 5_000,
  reserve: 250,
  used: 0,
  endsAt: Date.parse('2026-11-19T00:00:00Z'),
};

function forecast(cron: string, callsPerRun: number, used = 0): Forecast {
  const runs = upcoming(cron, 'Europe/Amsterdam', { after: NOW, count: 600 }).filter(
    (run) => run.getTime() < NOW.getTime() + WEEK_MS,
  );
  return forecastOf({ callsPerRun, basis: 'history', budgets: [MINUTE, { ...DAY, used }], runs });
}

describe('the forecast of a schedule', () => {
  it('counts the runs that are left today, by the day of the source', () => {
    // 10:00 in Amsterdam; the day of the source ends at 01:00 there.
    expect(forecast('0 6,12 * * 1-5', 8)).toMatchObject({
      runsLeftToday: 1,
      callsLeftToday: 8,
      runsPerDay: 2,
      callsPerDay: 16,
    });
    expect(forecast('*/15 * * * *', 8)).toMatchObject({
      runsLeftToday: 59,
      callsLeftToday: 472,
      runsPerDay: 96,
      callsPerDay: 768,
    });
  });

  it.each([
    ['*/5 * * * *', 8, 0, null],
    // 288 runs a day: 16 calls each are 4,608 of the 4,750 that a schedule may use, 17 are too many.
    ['*/5 * * * *', 16, 0, null],
    ['*/5 * * * *', 17, 0, 'day'],
    // Every day there is room, but today most of it is gone.
    ['*/15 * * * *', 8, 4_278, null],
    ['*/15 * * * *', 8, 4_279, 'today'],
    // 300 calls at 58 a minute take six minutes.
    ['0,5 9 * * *', 300, 0, 'overlap'],
    ['0,10 9 * * *', 300, 0, null],
  ])('%s at %d calls with %d used: %s', (cron, calls, used, warning) => {
    expect(forecast(cron, calls, used).warning).toBe(warning);
  });

  it('says what is left and when it is whole again', () => {
    const shown = forecast('0 6 * * *', 8, 1_200);
    expect(shown.day).toEqual({
      limit: 5_000,
      reserve: 250,
      used: 1_200,
      remaining: 3_800,
      resetsAt: '2026-11-19T00:00:00.000Z',
    });
  });

  it('knows of no limit where the source has none', () => {
    const runs = upcoming('*/5 * * * *', 'UTC', { after: NOW, count: 600 });
    const shown = forecastOf({ callsPerRun: 9_000, basis: 'estimate', budgets: [], runs });
    expect(shown).toMatchObject({ day: null, minute: null, warning: null, runsPerDay: 288 });
  });
});
