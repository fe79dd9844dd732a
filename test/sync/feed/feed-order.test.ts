import { createHash } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';
import { newId } from '../../../src/kernel/index.js';
import {
  ChangeFeed,
  FEED_START,
  FeedRepository,
  holdBooks,
  parseCursor,
  shareBooks,
} from '../../../src/sync/feed/index.js';
import type { Change } from '../../../src/sync/feed/index.js';
import { authorBooks } from '../../support/books.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/product.js';

const FULL = process.env['OPENPOST_FULL_TESTS'] === '1';
const WRITERS = 16;
const TRANSACTIONS = FULL ? 2_500 : 50;
const EVENTS_EACH = 25;
const EVENTS = WRITERS * TRANSACTIONS * EVENTS_EACH;
const RECORDS_EACH = 5;
/** Every event, and each writer's records as they became known. */
const TOTAL = EVENTS + WRITERS * RECORDS_EACH;

const TELL = `
insert into change_event (firm_id, administration_id, sync_id, object, record_id, change, detail)
select $1, $2, $3, 'receivables', r.id, 'changed', jsonb_build_object('n', r.n) from unnest($4::uuid[], $5::int[]) as r(id, n)`;
const TELL_NEW = `
insert into change_event (firm_id, administration_id, sync_id, object, record_ids, change) values ($1, $2, $3, 'debtors', $4::uuid[], 'new')`;

describe('the feed of changes', () => {
  let database: TestDatabase;
  let feed: ChangeFeed;
  let pool: Pool;
  let firmId: string;
  let administrationId: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    firmId = await addFirm(database);
    administrationId = await authorBooks(database, firmId).administration();
    feed = new ChangeFeed(database.unitOfWork, new FeedRepository());
    pool = new Pool({ connectionString: database.url, max: WRITERS + 2 });
    pool.on('error', () => undefined);
  });
  afterEach(async () => {
    await pool.end();
    await database.close();
  });

  /** A transaction of any other database of the server holds the newest changes back while it runs: they come a moment later. */
  const readAll = (number: number): Promise<readonly Change[]> =>
    eventually(
      async () => (await feed.read(firmId, administrationId, { after: FEED_START, limit: 5_000 })).items,
      (items) => items.length >= number,
    );

  const inTransaction = async (work: (client: PoolClient) => Promise<void>): Promise<void> => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await work(client);
      await client.query('commit');
    } finally {
      client.release();
    }
  };

  /** One worker: its own records, every change of one numbered, some commits long after the last statement. */
  const write = async (seed: number): Promise<string[]> => {
    const syncId = newId();
    const records = Array.from({ length: RECORDS_EACH }, () => newId());
    const counts = new Map(records.map((id) => [id, 0]));
    await inTransaction(async (client) => {
      await client.query(TELL_NEW, [firmId, administrationId, syncId, records]);
    });
    for (let at = 0; at < TRANSACTIONS; at += 1)
      await inTransaction(async (client) => {
        const ids = Array.from({ length: EVENTS_EACH }, (_, index) => records[(index + at) % RECORDS_EACH]!);
        const numbers = ids.map((id) => counts.set(id, counts.get(id)! + 1).get(id)!);
        await client.query(TELL, [firmId, administrationId, syncId, ids, numbers]);
        if ((at * 7 + seed) % 9 === 0) await client.query(`select pg_sleep(0.03)`);
        if ((at * 5 + seed) % 31 === 0) await client.query(`select pg_sleep(0.2)`);
      });
    return records;
  };

  it(`shows ${EVENTS} changes of ${WRITERS} concurrent writers exactly once to every reader, in order per record`, async () => {
    const state = { writing: true };
    const taken = new Watcher();
    const consumer = { firmId, administrationId, consumer: 'copy' };
    // Two processes read for one consumer at the same time, in batches of an odd size.
    const consume = async (): Promise<void> => {
      for (;;) {
        const last = !state.writing;
        const number = await feed.consume(consumer, async (_transaction, changes) => taken.see(changes), 333);
        if (number === 0 && last && taken.total >= TOTAL) return;
      }
    };
    const outside = new Watcher();
    const follow = async (): Promise<void> => {
      let after = FEED_START;
      for (;;) {
        const last = !state.writing;
        const view = await feed.read(firmId, administrationId, { after, limit: 500 });
        outside.see(view.items);
        after = parseCursor(view.after)!;
        if (view.items.length === 0 && last && outside.total >= TOTAL) return;
      }
    };
    const readers = Promise.all([consume(), consume(), follow()]);
    const writers = await Promise.all(Array.from({ length: WRITERS }, (_, index) => write(index)));
    state.writing = false;
    await readers;

    for (const seen of [taken, outside]) {
      expect(seen.wrong).toEqual([]);
      expect(seen.total).toBe(TOTAL);
      const each = (TRANSACTIONS * EVENTS_EACH) / RECORDS_EACH;
      expect(new Set(writers.flat().map((id) => seen.lastOf.get(id)))).toEqual(new Set([each]));
    }
    // What was read while others wrote, by two at a time or by one, was the same in the same order.
    expect(outside.order.digest('hex')).toBe(taken.order.digest('hex'));
  }, FULL ? 1_800_000 : 120_000); // prettier-ignore

  it('shows nothing from the oldest running transaction on, and all of it once that has ended', async () => {
    const [slow, fast] = [newId(), newId()];
    const client = await pool.connect();
    await client.query('begin');
    await client.query(TELL, [firmId, administrationId, newId(), [slow], [1]]);
    await inTransaction(async (other) => {
      await other.query(TELL, [firmId, administrationId, newId(), [fast], [1]]);
    });
    const early = await feed.read(firmId, administrationId, { after: FEED_START, limit: 10 });
    expect(early).toEqual({ items: [], after: '0.0', more: false });
    await client.query('commit');
    client.release();
    const items = await readAll(2);
    expect(items.map(({ recordId }) => recordId)).toEqual([slow, fast]);
  });

  it('is in the order of what happened when writers hold the books, whatever they had to wait for', async () => {
    const books = authorBooks(database, firmId);
    const debtors = await Promise.all([0, 1, 2].map(() => books.debtor(administrationId, { credit_limit: 0 })));
    const rounds = FULL ? 200 : 12;
    const change = (id: string): Promise<void> =>
      database.unitOfWork.inFirm(firmId, async (transaction) => {
        await holdBooks(transaction, administrationId);
        await transaction.query(
          `with moved as (update debtor set credit_limit = credit_limit + 1 where id = $1 returning credit_limit)
           insert into change_event (firm_id, administration_id, sync_id, object, record_id, change, detail)
           select $2, $3, $4, 'debtors', $1, 'changed', jsonb_build_object('n', credit_limit) from moved`,
          [id, firmId, administrationId, newId()],
        );
      });
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (let round = 0; round < rounds; round += 1) await change(debtors[(writer + round) % debtors.length]!);
      }),
    );
    const items = await readAll(WRITERS * rounds);
    expect(items).toHaveLength(WRITERS * rounds);
    for (const own of group(items).values()) {
      const numbers = own.map(({ detail }) => Number(detail['n']));
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }
  });

  it('lets pages of one pull be written side by side, and whoever writes beside the pull waits for both', async () => {
    const ended: string[] = [];
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const page = (name: string): Promise<void> =>
      database.unitOfWork.inFirm(firmId, async (transaction) => {
        await shareBooks(transaction, administrationId);
        ended.push(`${name} writes`);
        await gate;
        ended.push(`${name} ends`);
      });
    const pages = [page('one'), page('two')];
    while (ended.length < 2) await new Promise((proceed) => setTimeout(proceed, 5));
    const other = database.unitOfWork.inFirm(firmId, async (transaction) => {
      await holdBooks(transaction, administrationId);
      ended.push('other writes');
    });
    await new Promise((proceed) => setTimeout(proceed, 100));
    expect(ended.toSorted()).toEqual(['one writes', 'two writes']);
    open();
    await Promise.all([...pages, other]);
    expect(ended.at(-1)).toBe('other writes');
  });

  it('hands out the same changes again when the work on them fails', async () => {
    const consumer = { firmId, administrationId, consumer: 'copy' };
    await inTransaction(async (client) => {
      await client.query(TELL_NEW, [firmId, administrationId, newId(), [newId(), newId(), newId()]]);
    });
    await readAll(3);
    const fail = feed.consume(consumer, async () => Promise.reject(new Error('disk full')));
    await expect(fail).rejects.toThrow('disk full');
    // An event is never split, however little is asked for.
    expect(await feed.consume(consumer, async () => undefined, 1)).toBe(3);
    expect(await feed.consume(consumer, async () => undefined, 1)).toBe(0);
    expect(await feed.consume({ ...consumer, consumer: 'another' }, async () => undefined)).toBe(3);
  });
});

/** Looks at changes as they come: of each record first that it is new, then its numbers one by one. */
class Watcher {
  total = 0;
  readonly lastOf = new Map<string, number>();
  readonly wrong: string[] = [];
  readonly order = createHash('sha256');

  see(changes: readonly Change[]): void {
    for (const { id, recordId, change, detail } of changes) {
      this.total += 1;
      this.order.update(id);
      const last = this.lastOf.get(recordId);
      const isNext = last === undefined ? change === 'new' : Number(detail['n']) === last + 1;
      if (!isNext) this.wrong.push(`${id}: ${change} ${JSON.stringify(detail)} after ${last}`);
      this.lastOf.set(recordId, last === undefined ? 0 : Number(detail['n']));
    }
  }
}

function group(changes: readonly Change[]): Map<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const own = groups.get(change.recordId);
    if (own === undefined) groups.set(change.recordId, [change]);
    else own.push(change);
  }
  return groups;
}
