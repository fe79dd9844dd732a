import * as fc from 'fast-check';
import { SourceError, type ConnectorContext } from '../../../src/connectors/contract/index.js';
import { fixedClock } from '../../../src/kernel/index.js';
import { failureOf, NOW, type ContractSubject } from '../../contract/stage.js';
import { SUBJECTS } from './subjects.js';

const now = new Date(NOW).getTime();
const seconds = (count: number): string => new Date(now + count * 1_000).toISOString();

/** What a pull makes of a 429 with these headers. */
function refusedWith({ connector }: ContractSubject, headers: Readonly<Record<string, string>>): Promise<SourceError> {
  const settings = { baseUrl: 'https://books.example', clientId: 'a', clientSecret: 'b', extra: {} };
  const request = async () => ({ status: 429, headers, body: '' });
  const context: ConnectorContext = { http: { request }, clock: fixedClock(NOW), settings };
  const [object] = connector.declaration.pullOrder;
  return failureOf(() => connector.pull(context, { object: object!, administration: '1', position: connector.firstPosition(object!), limit: 100 })); // prettier-ignore
}

describe('limits, in every form in which they are told', () => {
  const [, exact] = SUBJECTS[0]!;
  const minuteEnds = '2026-11-20T09:01:00.000Z';
  const dayEnds = '2026-11-21T00:00:00.000Z';
  const reset = (moment: string): string => String(new Date(moment).getTime());

  it.each<[string, Record<string, string>, string, string]>([
    ['the minute only', { 'x-ratelimit-minutely-remaining': '0', 'x-ratelimit-minutely-reset': reset(minuteEnds) }, 'rate_limited', minuteEnds],
    ['the minute without its end', { 'x-ratelimit-minutely-remaining': '0' }, 'rate_limited', minuteEnds],
    ['the day only', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset(dayEnds) }, 'quota_exhausted', dayEnds],
    ['the day without its end', { 'x-ratelimit-remaining': '0' }, 'quota_exhausted', dayEnds],
    ['nothing', {}, 'rate_limited', seconds(60)],
    ['seconds where milliseconds are said to be', { 'x-ratelimit-minutely-reset': String(now / 1_000 + 30) }, 'rate_limited', minuteEnds],
    ['microseconds', { 'x-ratelimit-minutely-reset': `${reset(minuteEnds)}000` }, 'rate_limited', minuteEnds],
    ['a tenth of milliseconds', { 'x-ratelimit-minutely-reset': `${reset(minuteEnds)}0` }, 'rate_limited', minuteEnds],
    ['what remains, in milliseconds', { 'x-ratelimit-minutely-reset': '30000' }, 'rate_limited', minuteEnds],
    ['a moment that has passed', { 'x-ratelimit-minutely-reset': reset('2026-11-20T08:59:00Z') }, 'rate_limited', minuteEnds],
    ['the day in a wrong unit', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${reset(dayEnds)}0` }, 'quota_exhausted', dayEnds],
    ['the day that has passed', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset('2026-11-20T00:00:00Z') }, 'quota_exhausted', dayEnds],
  ])('Exact Online tells %s: waits as long as it must, within a second', async (_what, headers, kind, until) => {
    const error = await refusedWith(exact, headers);
    expect([error.kind, error.until?.toISOString()]).toEqual([kind, until]);
  }); // prettier-ignore

  it.each(SUBJECTS.slice(1))('%s believes Retry-After, and waits a minute without it', async (_name, subject) => {
    expect((await refusedWith(subject, { 'retry-after': '17' })).until?.toISOString()).toBe(seconds(17));
    expect((await refusedWith(subject, {})).until?.toISOString()).toBe(seconds(60));
    expect(await refusedWith(subject, { 'retry-after': '7200' })).toMatchObject({ kind: 'quota_exhausted', until: new Date(seconds(7_200)) }); // prettier-ignore
  });

  it.each(SUBJECTS)(
    '%s never knocks again at once, nor waits for ever, whatever it is told',
    async (_name, subject) => {
      const value = fc.oneof(fc.integer().map(String), fc.bigInt().map(String), fc.string(), fc.date({ noInvalidDate: true }).map((date) => date.toUTCString())); // prettier-ignore
      const names = ['retry-after', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'x-ratelimit-minutely-remaining', 'x-ratelimit-minutely-reset']; // prettier-ignore
      const headers = fc.dictionary(fc.constantFrom(...names), value);
      await fc.assert(
        fc.asyncProperty(headers, async (told) => {
          const { kind, until } = await refusedWith(subject, told);
          expect(['rate_limited', 'quota_exhausted']).toContain(kind);
          const wait = until!.getTime() - now;
          expect(wait).toBeGreaterThan(0);
          expect(wait).toBeLessThanOrEqual(31 * 86_400_000);
        }),
        { numRuns: 300 },
      );
    },
  );
});
