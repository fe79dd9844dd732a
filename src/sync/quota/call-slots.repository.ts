import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/index.js';
import { rowOf, UnitOfWork } from '../../persistence/index.js';
import { Sleeper } from '../sleeper.js';

/** Longer than any call takes, so that a living caller never loses its turn; a dead one's turn ends by itself. */
const LEASE_SECONDS = 90;
const POLL_MS = 50;

const TAKE = `
insert into quota_slot as s (connection_id, owner, lease_until) values ($1, $2, clock_timestamp() + interval '${LEASE_SECONDS} s')
on conflict (connection_id) do update set owner = excluded.owner, lease_until = excluded.lease_until
where s.lease_until < clock_timestamp() returning owner`;

/** One call of a connection at a time, over all processes, for sources that ask for it. */
@Injectable()
export class CallSlots {
  /** Within this process they queue in memory, so that only one of them asks the database. */
  private readonly queues = new Map<string, Promise<void>>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sleeper: Sleeper,
  ) {}

  /** Waits for the turn; answers how to end it. Throws ShuttingDown. */
  async enter(connectionId: string): Promise<() => Promise<void>> {
    const before = this.queues.get(connectionId) ?? Promise.resolve();
    let pass = (): void => undefined;
    const mine = new Promise<void>((resolve) => (pass = resolve));
    const queue = before.then(() => mine);
    this.queues.set(connectionId, queue);
    const leave = (): void => {
      pass();
      if (this.queues.get(connectionId) === queue) this.queues.delete(connectionId);
    };
    await before;
    const owner = newId();
    try {
      while (!(await this.take(connectionId, owner))) await this.sleeper.sleep(POLL_MS);
    } catch (error) {
      leave();
      throw error;
    }
    return async () => {
      try {
        await this.give(connectionId, owner);
      } finally {
        leave();
      }
    };
  }

  private async take(connectionId: string, owner: string): Promise<boolean> {
    return this.unitOfWork.acrossFirms(
      async (transaction) => (await rowOf(transaction, TAKE, [connectionId, owner])) !== null,
      { repeatable: true },
    );
  }

  private async give(connectionId: string, owner: string): Promise<void> {
    await this.unitOfWork.acrossFirms(
      (transaction) =>
        transaction.query('delete from quota_slot where connection_id = $1 and owner = $2', [connectionId, owner]),
      { repeatable: true },
    );
  }
}
