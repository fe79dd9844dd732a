import type { ApiClient } from '../../../sandbox/demo/api-client.js';
import { messagesOf } from './facts.js';
import type { World } from './world.js';

const PAUSE_MS = 100;

interface Standing {
  readonly pulling: number;
  readonly failed: number;
  readonly runs: number;
  readonly waitingRuns: readonly string[];
  readonly busyRuns: number;
  readonly heldRuns: readonly string[];
  readonly uncertain: readonly string[];
  readonly moving: number;
}

const STANDING = `
select
  (select count(*)::int from sync where state in ('queued', 'running')) as pulling,
  (select count(*)::int from sync where state in ('partial', 'failed')) as failed,
  (select count(*)::int from dunning_run) as runs,
  (select coalesce(array_agg(id), '{}') from dunning_run where state = 'awaiting_approval') as "waitingRuns",
  (select count(*)::int from dunning_run where state in ('planning', 'approved', 'applying')) as "busyRuns",
  (select coalesce(array_agg(state_reason), '{}') from dunning_run where state in ('held', 'failed')) as "heldRuns",
  (select coalesce(array_agg(id), '{}') from message where state = 'uncertain') as uncertain,
  (select count(*)::int from message where state in ('queued', 'sending')) +
    (select count(*)::int from writeback w join message m on m.id = w.message_id
      where w.state in ('pending', 'sending', 'unknown') and m.state <> 'uncertain') as moving`;

/**
 * A collector at work: makes a run, approves it, and answers what is uncertain by looking at the mail server; makes
 * another run while somebody has not got his reminder. Does one thing at a time, and tries again when nobody answers.
 */
export class Person {
  private api: ApiClient | null = null;

  constructor(
    private readonly world: World,
    private readonly administrationId: string,
  ) {}

  /** Works until every debtor with an address got a message and nothing is left to do. */
  async work(deadline: number): Promise<void> {
    while (!(await this.step())) {
      if (Date.now() > deadline) throw new Error(`not done: ${JSON.stringify(await this.standing())}`);
      await new Promise((proceed) => setTimeout(proceed, PAUSE_MS));
    }
  }

  private async standing(): Promise<Standing> {
    return (await this.world.sql<Standing>(STANDING))[0]!;
  }

  /** True when all is done. */
  private async step(): Promise<boolean> {
    const now = await this.standing();
    if (now.failed > 0 || now.heldRuns.length > 0) throw new Error(`stopped for a reason: ${JSON.stringify(now)}`);
    const [waiting] = now.waitingRuns;
    const [uncertain] = now.uncertain;
    if (now.pulling > 0 && now.runs === 0) return false;
    if (waiting !== undefined) await this.post(`/dunning-runs/${waiting}/approve`);
    else if (uncertain !== undefined) await this.settle(uncertain);
    else if (now.busyRuns > 0 || now.moving > 0) return false;
    else if ((await this.unreached()) > 0) await this.post(`/administrations/${this.administrationId}/dunning-runs`);
    else return true;
    return false;
  }

  private async unreached(): Promise<number> {
    const reached = new Set((await messagesOf(this.world)).filter(({ state }) => state === 'sent').map(({ debtor }) => debtor)); // prettier-ignore
    return this.world.product.book.debtors.filter(({ id, email }) => email !== null && !reached.has(id)).length;
  }

  private async settle(id: string): Promise<void> {
    const arrived = this.world.product.smtp.messages().some(({ messageId }) => messageId?.includes(id));
    await this.post(`/messages/${id}/settle`, {
      outcome: arrived ? 'sent' : 'not-sent',
      note: 'looked at the mail server',
    });
  }

  /** A call that dies with the process may have been heard or not: the next look at the standing tells. */
  private async post(path: string, body: object = {}): Promise<void> {
    try {
      this.api ??= await this.world.api();
      await this.api.post(path, body);
    } catch (error) {
      // What `fetch` throws when nobody answers; by its words, for its classes are other ones inside jest.
      if (String(error) !== 'TypeError: fetch failed') throw error;
    }
  }
}
