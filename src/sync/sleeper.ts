import { setTimeout as delay } from 'node:timers/promises';

/** The process ends: what waits stops waiting, and what holds a lease gives it back. */
export class ShuttingDown extends Error {
  override readonly name = 'ShuttingDown';
}

/** Waiting, passed in like the clock: a test's sleeper turns the clock instead. */
export abstract class Sleeper {
  /** Throws {@link ShuttingDown} when the process ends meanwhile. */
  abstract sleep(milliseconds: number): Promise<void>;
}

export class RealSleeper extends Sleeper {
  private readonly end = new AbortController();

  async sleep(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.end.signal }).catch(() => {
      throw new ShuttingDown('the process is shutting down');
    });
  }

  /** Called by Nest when the application closes. */
  onModuleDestroy(): void {
    this.end.abort();
  }
}
