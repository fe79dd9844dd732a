import type { Clock } from '../../../src/kernel/index.js';
import { Sleeper } from '../../../src/sync/index.js';

/** A clock that tests turn by hand. */
export class TurningClock implements Clock {
  private at: number;

  constructor(instant: string) {
    this.at = Date.parse(instant);
  }

  now(): Date {
    return new Date(this.at);
  }

  advance(seconds: number): void {
    this.at += seconds * 1_000;
  }
}

/** Waits by turning the clock; keeps what it was asked for. */
export class TurningSleeper extends Sleeper {
  readonly slept: number[] = [];

  constructor(private readonly clock: TurningClock) {
    super();
  }

  async sleep(milliseconds: number): Promise<void> {
    this.slept.push(milliseconds);
    this.clock.advance(milliseconds / 1_000);
    await new Promise((proceed) => setTimeout(proceed, 2));
  }
}
