import { setTimeout as delay } from 'node:timers/promises';

/** Waiting, passed in like the clock: a test's sleeper turns the clock instead. */
export abstract class Sleeper {
  abstract sleep(milliseconds: number): Promise<void>;
}

export class RealSleeper extends Sleeper {
  async sleep(milliseconds: number): Promise<void> {
    await delay(milliseconds);
  }
}
