import { ListedQueue } from '../support/engine.js';
import { TurningClock } from '../support/turning-clock.js';
import { connectAt, enableAt, openHintStage, post, standingAt, webhook, type HintStage } from './support.js';

const HOUR = 3_600;

describe('webhooks that come in', () => {
  const clock = new TurningClock('2026-11-18T09:00:00Z');
  const queue = new ListedQueue();
  let stage: HintStage;
  let connectionId: string;
  let administrationId: string;
  let address: string;
  let serial = 0;
  beforeAll(async () => {
    stage = await openHintStage({ clock, queue });
    connectionId = await connectAt(stage);
    administrationId = await enableAt(stage, connectionId);
    await runPulls();
    await stage.subscriptions.settle({ firmId: stage.firmId, administrationId });
    address = standingAt(stage)[0]!.callbackUrl;
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    // Hours later: whatever an earlier test made due is over.
    clock.advance(HOUR);
    await stage.pulls.run({ firmId: stage.firmId, administrationId });
    await runPulls();
    queue.jobs.length = 0;
    clock.advance(HOUR);
  });

  const fresh = (event: Partial<Parameters<typeof webhook>[1]> = {}): string =>
    webhook(stage, { key: `event-${(serial += 1)}`, ...event });
  const hints = async () => (await stage.as.get(`/administrations/${administrationId}/hints`).expect(200)).body;
  const syncs = async (): Promise<{ trigger: string; state: string }[]> =>
    (await stage.as.get(`/administrations/${administrationId}/syncs`).expect(200)).body.items;
  const runPulls = async (): Promise<void> => {
    const waiting = await stage.database.sql<{ id: string }>(`select id from sync where state = 'queued'`);
    for (const { id } of waiting) await stage.runner.run({ firmId: stage.firmId, syncId: id });
  };
  const counted = async (outcome: string, deed: () => Promise<void>): Promise<number> => {
    const before = (await hints()).counts[outcome] ?? 0;
    await deed();
    return ((await hints()).counts[outcome] ?? 0) - before;
  };

  it('go to an address of their own that nobody can guess, and that is nowhere stored', async () => {
    expect(address).toMatch(new RegExp(`^${stage.publicUrl}/api/v1/webhooks/exact-online/[\\w-]{43}$`));
    const token = address.split('/').at(-1)!;
    const kept = await stage.database.sql<{ row: string }>(`select row_to_json(h)::text as row from source_hint h`);
    expect(kept).toHaveLength(1);
    expect(kept[0]!.row).not.toContain(token);
    expect(JSON.stringify(await hints())).not.toContain(token);
  });

  it('make one pull of changes due, two seconds later, and bring nothing themselves', async () => {
    const rows = () => stage.database.sql(`select * from receivable union all select * from receivable order by id`);
    const before = await rows();
    expect(await post(address, fresh())).toMatchObject({ status: 200, outcome: 'heard' });
    expect(await rows()).toEqual(before);
    expect(queue.named('pull-hinted')).toEqual([{ firmId: stage.firmId, administrationId }]);
    const { pullDueAt } = await hints();
    expect(new Date(pullDueAt).getTime() - clock.now().getTime()).toBe(2_000);
    await stage.pulls.run({ firmId: stage.firmId, administrationId });
    expect(queue.named('sync')).toEqual([]);
    clock.advance(2);
    await stage.pulls.run({ firmId: stage.firmId, administrationId });
    expect(queue.named('sync')).toHaveLength(1);
    expect((await syncs())[0]).toMatchObject({ trigger: 'hint', state: 'queued' });
    await runPulls();
    expect((await syncs())[0]).toMatchObject({ trigger: 'hint', state: 'complete', kind: 'delta' });
  });

  it('a hundred at once are one pull', async () => {
    const total = (await syncs()).length;
    const heard = await counted('heard', async () => {
      const answers = await Promise.all(Array.from({ length: 100 }, () => post(address, fresh())));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    });
    expect(heard).toBe(100);
    clock.advance(2);
    for (const ref of queue.named('pull-hinted')) await stage.pulls.run(ref as { firmId: string; administrationId: string }); // prettier-ignore
    await runPulls();
    expect((await syncs()).length - total).toBe(1);
  });

  it('that follow a pull wait out a minute, and a quarter of an hour when calls run short', async () => {
    const due = async (): Promise<number> => {
      await post(address, fresh());
      return new Date((await hints()).pullDueAt).getTime() - clock.now().getTime();
    };
    const take = async (): Promise<void> => {
      clock.advance(15 * 60);
      await stage.pulls.run({ firmId: stage.firmId, administrationId });
    };
    expect(await due()).toBe(2_000);
    await take();
    expect(await due()).toBe(60_000);
    await take();
    const until = new Date(clock.now().getTime() + HOUR * 1_000).toISOString();
    const dayLeft = (left: number): Promise<unknown[]> =>
      stage.database.sql(`update quota_window set used = limit_units - $1, ends_at = $2 where per_seconds = 86400 returning 1`, [left, until]); // prettier-ignore
    expect(await dayLeft(1_000)).toHaveLength(1);
    expect(await due()).toBe(60_000);
    await take();
    await dayLeft(999);
    expect(await due()).toBe(15 * 60_000);
  });

  it('ask for nothing when the books were read since they were heard', async () => {
    await post(address, fresh());
    clock.advance(5);
    await stage.as.post(`/administrations/${administrationId}/syncs`).send({}).expect(202);
    await runPulls();
    const total = (await syncs()).length;
    await stage.pulls.run({ firmId: stage.firmId, administrationId });
    await runPulls();
    expect((await syncs()).length).toBe(total);
    expect((await hints()).pullDueAt).toBeNull();
  });

  it('lose nothing when the job is lost: the clockwork finds the row', async () => {
    await post(address, fresh());
    queue.jobs.length = 0;
    await stage.ticker.tick();
    expect(queue.named('pull-hinted')).toEqual([]);
    clock.advance(3);
    await stage.ticker.tick();
    expect(queue.named('pull-hinted')).toEqual([{ firmId: stage.firmId, administrationId }]);
  });

  it('the empty one is answered, and is nothing', async () => {
    const answered = await counted('validation', async () => {
      expect(await post(address, '')).toMatchObject({ status: 200, outcome: 'validation' });
    });
    expect([answered, queue.jobs]).toEqual([1, []]);
  });

  it('a repeated one is known, by the event and not by the moment', async () => {
    const body = fresh();
    await post(address, body);
    clock.advance(2);
    await stage.pulls.run({ firmId: stage.firmId, administrationId });
    await runPulls();
    clock.advance(20 * HOUR);
    queue.jobs.length = 0;
    const repeated = await counted('repeated', async () => {
      expect(await post(address, body)).toMatchObject({ status: 200, outcome: 'repeated' });
    });
    expect([repeated, queue.jobs, (await hints()).pullDueAt]).toEqual([1, [], null]);
  });

  it('are remembered for two days and not for ever', async () => {
    await post(address, fresh());
    const kept = async () => (await stage.database.sql(`select 1 from source_hint_event`)).length;
    expect(await kept()).toBeGreaterThan(0);
    clock.advance(49 * HOUR);
    await stage.ticker.tick();
    expect(await kept()).toBe(0);
  });

  it('one byte changed on the way: refused, counted, nothing due', async () => {
    const body = fresh().replace('"Action":"Create"', '"Action":"Delete"');
    const refused = await counted('unsigned', async () => {
      expect(await post(address, body)).toMatchObject({ status: 401, code: 'HINT_NOT_SIGNED' });
    });
    expect([refused, queue.jobs, (await hints()).pullDueAt]).toEqual([1, [], null]);
  });

  it.each([
    ['another secret', { secret: 'guessed' }, 401, 'unsigned'],
    ['another division, truly signed', { division: 999_999 }, 200, 'other-administration'],
    ['no division', { division: '' }, 200, 'malformed'],
  ] as const)('%s: no pull, and a count', async (_name, event, status, outcome) => {
    const counts = await counted(outcome, async () => {
      expect((await post(address, fresh(event))).status).toBe(status);
    });
    expect([counts, queue.jobs, (await hints()).pullDueAt]).toEqual([1, [], null]);
  });

  it('to an address that is nobody’s: not found, whoever signed it', async () => {
    const other = `${stage.publicUrl}/api/v1/webhooks`;
    for (const url of [
      `${other}/exact-online/${'x'.repeat(43)}`,
      `${other}/twinfield/${address.split('/').at(-1)}`,
      `${other}/nothing/here`,
    ])
      // prettier-ignore
      expect(await post(url, fresh())).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(queue.jobs).toEqual([]);
  });

  it('larger than any hint: not read', async () => {
    expect((await post(address, 'x'.repeat(100_000))).status).toBe(413);
  });

  it('for books that are switched off: ignored, and unsubscribed', async () => {
    await stage.as.patch(`/administrations/${administrationId}`).send({ enabled: false }).expect(200);
    const off = await counted('disabled', async () => {
      expect(await post(address, fresh())).toMatchObject({ status: 200, outcome: 'disabled' });
    });
    expect([off, queue.jobs, (await hints()).pullDueAt]).toEqual([1, [], null]);
    await stage.ticker.tick();
    expect(queue.named('settle-hints')).toEqual([{ firmId: stage.firmId, administrationId }]);
    await stage.subscriptions.settle({ firmId: stage.firmId, administrationId });
    expect([standingAt(stage), (await hints()).state]).toEqual([[], 'off']);
    await stage.as.patch(`/administrations/${administrationId}`).send({ enabled: true }).expect(200);
    queue.jobs.length = 0;
    await stage.ticker.tick();
    expect(queue.named('settle-hints')).toHaveLength(1);
    await stage.subscriptions.settle({ firmId: stage.firmId, administrationId });
    expect([standingAt(stage).length, (await hints()).state]).toEqual([6, 'active']);
  });
});
