/**
 * Exact sends and reads every date-time as wall-clock time in the Netherlands without a zone: `/Date(ms)/` whose UTC
 * fields are the local time ("CET and not GMT", its FAQ; proved by recorded answers of the summer half-year).
 * Inside the stand-in a date-time is therefore a number of "wall milliseconds".
 */
const HOUR = 3_600_000;

/** Milliseconds that Amsterdam is ahead of UTC: the EU rule, last Sundays of March and October at 01:00 UTC. */
export function amsterdamOffsetMs(utcMs: number): number {
  const { from, to } = summerOf(new Date(utcMs).getUTCFullYear());
  return utcMs >= from && utcMs < to ? 2 * HOUR : HOUR;
}

const SUMMERS = new Map<number, { from: number; to: number }>();

function summerOf(year: number): { from: number; to: number } {
  const known = SUMMERS.get(year);
  if (known !== undefined) return known;
  const summer = { from: lastSundayOneOClock(year, 2), to: lastSundayOneOClock(year, 9) };
  SUMMERS.set(year, summer);
  return summer;
}

function lastSundayOneOClock(year: number, month: number): number {
  const lastDay = new Date(Date.UTC(year, month + 1, 0));
  return lastDay.getTime() - lastDay.getUTCDay() * 24 * HOUR + HOUR;
}

export function toWallMs(utcMs: number): number {
  return utcMs + amsterdamOffsetMs(utcMs);
}

/** A calendar date is exact midnight in that representation. */
export function dateToWallMs(date: string): number {
  const known = DATES.get(date);
  if (known !== undefined) return known;
  const wallMs = Date.parse(`${date}T00:00:00Z`);
  DATES.set(date, wallMs);
  return wallMs;
}

/** A book of a hundred thousand rows has some hundreds of dates; reading one anew for each row would cost half a page. */
const DATES = new Map<string, number>();

export function wallMsToDate(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}

/** `2026-06-25T16:12:49`, the form of `Me.ServerTime` and of `datetime'…'` literals. */
export function wallMsToText(wallMs: number): string {
  const text = new Date(wallMs).toISOString();
  return text.endsWith('.000Z') ? text.slice(0, 19) : text.slice(0, 23);
}

const WALL = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2}(?:\.\d{1,7})?)?)?$/;

/** Reads `2026-06-25` or `2026-06-25T00:00:00`; `null` for anything else, a zone included (Exact takes none). */
export function parseWallMs(text: string): number | null {
  const match = WALL.exec(text);
  if (match === null) return null;
  const ms = Date.parse(`${match[1]}T${match[2] ?? '00:00'}${(match[3] ?? ':00').slice(0, 13)}Z`);
  return Number.isNaN(ms) ? null : ms;
}
