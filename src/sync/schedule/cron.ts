import { Cron } from 'croner';
import { InputError } from '../../kernel/index.js';

/** Working days at six, before anybody looks, and at noon. */
export const DEFAULT_CRON = '0 6,12 * * 1-5';

const MINIMUM_GAP_MINUTES = 5;

/** PURE. Checks a schedule; throws {@link InputError} naming `cron` or `timeZone`. */
export function checkSchedule(cron: string, timeZone: string): void {
  if (!isTimeZone(timeZone))
    throw new InputError('timeZone', `an IANA time zone such as "Europe/Amsterdam", got "${timeZone}"`);
  if (cron.trim().split(/\s+/).length !== 5)
    throw new InputError('cron', 'five fields: minute, hour, day of month, month, day of week');
  const [first, second] = upcoming(cron, timeZone, { after: new Date('2026-01-01T00:00:00Z'), count: 2 });
  if (first === undefined) throw new InputError('cron', 'a moment that comes');
  if (second !== undefined && second.getTime() - first.getTime() < MINIMUM_GAP_MINUTES * 60_000)
    throw new InputError('cron', `at least ${MINIMUM_GAP_MINUTES} minutes between two runs; the source counts calls`);
}

/** PURE. The next moments of a schedule strictly after `after`, in its own zone (a skipped hour is not run twice). */
export function upcoming(cron: string, timeZone: string, { after, count }: { after: Date; count: number }): Date[] {
  try {
    return new Cron(cron, { timezone: timeZone, paused: true, mode: '5-part' }).nextRuns(count, after);
  } catch (error) {
    throw new InputError('cron', `a cron expression (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** PURE. The next moment, or null when none comes. */
export function nextRun(cron: string, timeZone: string, after: Date): Date | null {
  return upcoming(cron, timeZone, { after, count: 1 })[0] ?? null;
}

function isTimeZone(name: string): boolean {
  try {
    // Offsets such as +01:00 are taken by Intl too, but know no summer time.
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
