import { addDays, weekdayOf, type BusinessDate } from '../kernel/index.js';
import { isHoliday, isWorkingDay, nextWorkingDay } from './holidays.js';
import type { LawCountry } from './types.js';

export const TERM_CHANNELS = ['post', 'email'] as const;
export type TermChannel = (typeof TERM_CHANNELS)[number];

export interface TermInput {
  readonly country: LawCountry;
  readonly channel: TermChannel;
  readonly sent: BusinessDate;
  /** NL post only: days added to the usual delivery, as a buffer against slow mail. Default 0. */
  readonly extraPostDays?: number;
  /** BE post only: whether Saturday is a working day. Default no: the later, safe reading. */
  readonly saturdayCounts?: boolean;
  /** Moves a last day on a weekend or holiday to the next working day: terms only ever get longer. Default no. */
  readonly endOnWorkingDay?: boolean;
}

export interface TermResult {
  /** NL: the day on which the letter is taken to have arrived. */
  readonly received?: BusinessDate;
  /** The first of the fourteen days. */
  readonly starts: BusinessDate;
  readonly lastDay: BusinessDate;
  /** The first day on which costs may be claimed. */
  readonly claimFrom: BusinessDate;
  readonly source: string;
}

const TERM_DAYS = 14;
const SUNDAY = 7;
const MONDAY = 1;

/** What Openpost itself prints in a letter: the bare term of the law plus a buffer for slow post. */
export const SAFE_TERM = { extraPostDays: 2, endOnWorkingDay: true } as const;

const STARTS: Record<LawCountry, (input: TermInput) => Pick<TermResult, 'received' | 'starts' | 'source'>> = {
  NL: (input) => {
    const received =
      input.channel === 'email' ? input.sent : addDays(deliveryDay(input.sent), input.extraPostDays ?? 0);
    return { received, starts: addDays(received, 1), source: 'art. 6:96 lid 6 BW; HR 25 November 2016, ECLI:NL:HR:2016:2704 (receipt)' }; // prettier-ignore
  },
  BE: (input) => ({
    starts:
      input.channel === 'email' ? addDays(input.sent, 1) : thirdWorkingDay(input.sent, input.saturdayCounts ?? false),
    source: 'Wetboek van economisch recht, Boek XIX: 14 calendar days from the third working day (post) or the day after dispatch (electronic)', // prettier-ignore
  }),
};

/**
 * The fourteen days a consumer has after a reminder before costs may be claimed. NL: from the day after receipt;
 * BE: from the third working day after dispatch by post, from the next calendar day by electronic means.
 */
export function computeTerm(input: TermInput): TermResult {
  const start = STARTS[input.country](input);
  const bareEnd = addDays(start.starts, TERM_DAYS - 1);
  const lastDay = input.endOnWorkingDay === true ? nextWorkingDay(bareEnd, input.country) : bareEnd;
  return {
    ...(start.received === undefined ? {} : { received: start.received }),
    starts: start.starts,
    lastDay,
    claimFrom: addDays(lastDay, 1),
    source: start.source,
  };
}

/** Dutch post: the second delivery day after posting; on Sundays, Mondays and holidays nothing is delivered. */
function deliveryDay(sent: BusinessDate): BusinessDate {
  return nthDayAfter(sent, 2, (day) => weekdayOf(day) !== SUNDAY && weekdayOf(day) !== MONDAY && !isHoliday(day, 'NL'));
}

function thirdWorkingDay(sent: BusinessDate, saturdayCounts: boolean): BusinessDate {
  return nthDayAfter(sent, 3, (day) => isWorkingDay(day, 'BE', saturdayCounts));
}

function nthDayAfter(date: BusinessDate, count: number, counts: (day: BusinessDate) => boolean): BusinessDate {
  let day = date;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (counts(day)) left -= 1;
  }
  return day;
}
