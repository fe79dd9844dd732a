import type { Clock } from '../../src/kernel/index.js';

export const PER_MINUTE = 60;
export const PER_DAY = 5_000;
export const ERRORS_PER_HOUR = 10;
const LIFTED = 100_000_000;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Statuses that count towards the error limit. */
const COUNTED = [400, 401, 403, 404];

interface Window {
  start: number;
  used: number;
}

interface ErrorCount {
  start: number;
  errors: number;
  blockedUntil: number;
  /** Blocks so far: each next one lasts longer. */
  blocks: number;
}

export type Verdict =
  { allowed: true; headers: Record<string, string> } | { allowed: false; headers: Record<string, string> };

/**
 * The limits of one stand-in, per app and division: sixty calls in a fixed clock minute, five thousand in a UTC day;
 * and per app, user, division and endpoint more than ten errors in an hour block that endpoint for an hour, then for
 * longer. How long "longer" is, and what a blocked call looks like, is not published: twice as long each time, and a
 * 429 without any rate header.
 */
export class Quota {
  private readonly minutes = new Map<string, Window>();
  private readonly days = new Map<string, Window>();
  private readonly errors = new Map<string, ErrorCount>();

  constructor(
    private readonly clock: Clock,
    private readonly enabled: boolean,
  ) {}

  /** Counts one call on a division and answers the headers it gets. A refused call costs nothing. */
  take(app: string, division: number): Verdict {
    const now = this.clock.now().getTime();
    if (!this.enabled) return { allowed: true, headers: liftedHeaders(now) };
    const key = `${app} ${division}`;
    const minute = windowOf(this.minutes, key, { now, length: MINUTE });
    const day = windowOf(this.days, key, { now, length: DAY });
    // Only the family that was hit comes with the refusal.
    if (day.used >= PER_DAY) return { allowed: false, headers: dayHeaders(day) };
    if (minute.used >= PER_MINUTE) return { allowed: false, headers: minuteHeaders(minute) };
    minute.used += 1;
    day.used += 1;
    return { allowed: true, headers: { ...dayHeaders(day), ...minuteHeaders(minute) } };
  }

  isBlocked(endpoint: string): boolean {
    const count = this.errors.get(endpoint);
    return this.enabled && count !== undefined && this.clock.now().getTime() < count.blockedUntil;
  }

  recordStatus(endpoint: string, status: number): void {
    if (!this.enabled || !COUNTED.includes(status)) return;
    const now = this.clock.now().getTime();
    const known = this.errors.get(endpoint) ?? { start: now, errors: 0, blockedUntil: 0, blocks: 0 };
    const count = now - known.start >= HOUR ? { ...known, start: now, errors: 0 } : known;
    count.errors += 1;
    if (count.errors > ERRORS_PER_HOUR) {
      count.blockedUntil = now + HOUR * 2 ** count.blocks;
      count.blocks += 1;
      count.errors = 0;
    }
    this.errors.set(endpoint, count);
  }

  /** The headers of a refusal that is played, not earned. */
  refusalHeaders(family: 'minute' | 'day'): Record<string, string> {
    const now = this.clock.now().getTime();
    const start = (length: number): number => now - (now % length);
    return family === 'minute'
      ? minuteHeaders({ start: start(MINUTE), used: PER_MINUTE })
      : dayHeaders({ start: start(DAY), used: PER_DAY });
  }
}

function windowOf(windows: Map<string, Window>, key: string, at: { now: number; length: number }): Window {
  const start = at.now - (at.now % at.length);
  const known = windows.get(key);
  if (known?.start === start) return known;
  const fresh = { start, used: 0 };
  windows.set(key, fresh);
  return fresh;
}

/** Without limits the headers still speak, of limits that nobody reaches: a client that heeds them must not crawl. */
function liftedHeaders(now: number): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(LIFTED),
    'X-RateLimit-Remaining': String(LIFTED),
    'X-RateLimit-Reset': String(now - (now % DAY) + DAY),
    'X-RateLimit-Minutely-Limit': String(LIFTED),
    'X-RateLimit-Minutely-Remaining': String(LIFTED),
    'X-RateLimit-Minutely-Reset': String(now - (now % MINUTE) + MINUTE),
  };
}

/** Resets are epoch milliseconds. */
function dayHeaders({ start, used }: Window): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(PER_DAY),
    'X-RateLimit-Remaining': String(PER_DAY - used),
    'X-RateLimit-Reset': String(start + DAY),
  };
}

function minuteHeaders({ start, used }: Window): Record<string, string> {
  return {
    'X-RateLimit-Minutely-Limit': String(PER_MINUTE),
    'X-RateLimit-Minutely-Remaining': String(PER_MINUTE - used),
    'X-RateLimit-Minutely-Reset': String(start + MINUTE),
  };
}
