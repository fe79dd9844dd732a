import * as fc from 'fast-check';
import {
  DAYS,
  fromCron,
  INTERVALS,
  PRESETS,
  sayCron,
  toCron,
  type CronWords,
} from '../../web/src/pages/administration/cron-words.js';

const hour = fc.integer({ min: 0, max: 23 });
const range = fc.tuple(hour, hour).map(([a, b]) => ({ from: Math.min(a, b), until: Math.max(a, b) }));
const words: fc.Arbitrary<CronWords> = fc.oneof(
  fc.record({
    every: fc.constantFrom(...INTERVALS),
    days: fc.constantFrom(...DAYS),
    hours: fc.option(range),
    times: fc.constant([] as number[]),
  }),
  fc.record({
    every: fc.constant('times' as const),
    days: fc.constantFrom(...DAYS),
    hours: fc.constant(null),
    times: fc.uniqueArray(hour, { minLength: 1 }).map((list) => list.sort((a, b) => a - b)),
  }),
);

describe('a schedule in words', () => {
  it('is one cron line, and the same words again', () => {
    fc.assert(fc.property(words, (each) => expect(fromCron(toCron(each))).toEqual(each)));
  });

  it.each([
    ['0 6 1 * *'],
    ['0 6 * 3 *'],
    ['0 6 * * 0'],
    ['7 6 * * *'],
    ['*/7 * * * *'],
    ['*/5 19-7 * * *'],
    ['0 24 * * *'],
    ['* * * *'],
    ['nonsense'],
  ])('does not put into words what the form cannot say: %s', (cron) => {
    expect(fromCron(cron)).toBeNull();
  });

  it.each(Object.values(PRESETS))('has words for the preset %s', (cron) => {
    expect(toCron(fromCron(cron)!)).toBe(cron);
  });

  it.each([
    ['0 6,12 * * 1-5', 'nl', 'Om 06:00 en 12:00, maandag t/m vrijdag'],
    ['0 6,12 * * 1-5', 'en', 'At 06:00 and 12:00, Monday through Friday'],
    ['*/5 * * * *', 'nl-NL', 'Elke 5 minuten'],
    ['*/5 * * * *', 'en', 'Every 5 minutes'],
  ])('is read out in the language of the reader: %s in %s', (cron, language, sentence) => {
    expect(sayCron(cron, language)).toBe(sentence);
  });

  it('is silent about what is no cron line', () => {
    expect(['61 * * * *', '* * * *', ''].map((cron) => sayCron(cron, 'en'))).toEqual([null, null, null]);
  });
});
