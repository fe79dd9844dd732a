import cronstrue from 'cronstrue';
import 'cronstrue/locales/nl.js';

/** A schedule in the words of the form; every such schedule is one cron line, and the other way round. */
export interface CronWords {
  /** Minutes between two runs, or `times`: at these hours. */
  readonly every: '5' | '10' | '15' | '20' | '30' | '60' | 'times';
  readonly days: '*' | '1-5' | '1-6';
  /** First and last hour; null: the whole day. Not for `times`. */
  readonly hours: { readonly from: number; readonly until: number } | null;
  /** Hours of the day, ascending. Only for `times`. */
  readonly times: readonly number[];
}

export const INTERVALS = ['5', '10', '15', '20', '30', '60'] as const;
export const DAYS = ['*', '1-5', '1-6'] as const;

export const PRESETS = {
  twice: '0 6,12 * * 1-5',
  quarter: '*/15 * * * *',
  hour: '0 * * * *',
  workday: '0 7-19 * * 1-5',
  morning: '0 6 * * *',
} as const;
export type PresetKey = keyof typeof PRESETS;

export function toCron({ every, days, hours, times }: CronWords): string {
  if (every === 'times') return `0 ${[...times].sort((a, b) => a - b).join(',')} * * ${days}`;
  const minute = every === '60' ? '0' : `*/${every}`;
  return `${minute} ${hours === null ? '*' : `${hours.from}-${hours.until}`} * * ${days}`;
}

/** The words of a cron line; null when it says more than the form can. */
export function fromCron(cron: string): CronWords | null {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...rest] = cron.trim().split(/\s+/);
  const days = DAYS.find((each) => each === weekday);
  if (day !== '*' || month !== '*' || days === undefined || rest.length > 0) return null;
  const range = /^(\d{1,2})-(\d{1,2})$/.exec(hour);
  const hours = range === null ? null : { from: Number(range[1]), until: Number(range[2]) };
  if (hours !== null && (hours.from > hours.until || hours.until > 23)) return null;
  if (minute === '0' && /^\d{1,2}(,\d{1,2})*$/.test(hour)) {
    const times = hour.split(',').map(Number);
    return times.some((each) => each > 23) ? null : { every: 'times', days, hours: null, times };
  }
  const every = minute === '0' ? '60' : INTERVALS.find((each) => minute === `*/${each}`);
  if (every === undefined || every === null || (hour !== '*' && hours === null)) return null;
  return { every, days, hours, times: [] };
}

/** The line as a sentence in the reader's language; null when it is not a cron line. */
export function sayCron(cron: string, language: string): string | null {
  if (cron.trim().split(/\s+/).length !== 5) return null;
  try {
    const options = { use24HourTimeFormat: true, verbose: false, locale: language.startsWith('nl') ? 'nl' : 'en' };
    return cronstrue.toString(cron.trim(), options);
  } catch {
    return null;
  }
}
