import type { Clock } from '../../../src/kernel/index.js';
import { Sleeper } from '../../../src/sync/index.js';

/**
 * Time for several workers at once, as fast as they work: it stands still while any of them does something, and jumps
 * to the earliest end of a sleep when all of them sleep.
 */
export class Timeline extends Sleeper implements Clock {
  private at: number;
  private awake: number;
  private sleeping: { until: number; wake: () => void }[] = [];

  constructor(instant: string, workers: number) {
    super();
    this.at = Date.parse(instant);
    this.awake = workers;
  }

  now(): Date {
    return new Date(this.at);
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      this.sleeping.push({ until: this.at + Math.max(0, milliseconds), wake });
      this.leave();
    });
  }

  /** To be called once by each worker at its end. */
  leave(): void {
    this.awake -= 1;
    if (this.awake > 0 || this.sleeping.length === 0) return;
    this.sleeping.sort((left, right) => left.until - right.until);
    const next = this.sleeping.shift()!;
    this.at = Math.max(this.at, next.until);
    this.awake += 1;
    next.wake();
  }
}
