import type { Clock } from '../../src/kernel/index.js';

/**
 * A clock that can be turned. After {@link set} it runs on from the given instant (so that rate windows still pass),
 * or stands still there when `frozen`; `set(null)` goes back to the clock underneath.
 */
export class SandboxClock implements Clock {
  private turned: { at: number; base: number; frozen: boolean } | null = null;

  constructor(private readonly under: Clock) {}

  now(): Date {
    if (this.turned === null) return this.under.now();
    const passed = this.turned.frozen ? 0 : this.under.now().getTime() - this.turned.base;
    return new Date(this.turned.at + passed);
  }

  set(instant: string | null, frozen = false): void {
    this.turned =
      instant === null ? null : { at: new Date(instant).getTime(), base: this.under.now().getTime(), frozen };
  }
}
