import { businessDateIn, type BusinessDate } from './business-date.js';

/** The only door to the time of day. Passed in, so that a run can be replayed and a test can stand on any day. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still, for tests and replays. */
export function fixedClock(instant: string | Date): Clock {
  const at = new Date(instant);
  return { now: () => at };
}

export function todayIn(clock: Clock, timeZone: string): BusinessDate {
  return businessDateIn(clock.now(), timeZone);
}

/** Nest token of the {@link Clock}. */
export const CLOCK = Symbol('Clock');
