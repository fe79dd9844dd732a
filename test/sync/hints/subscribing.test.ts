import { HealthService } from '../../../src/health/health.service.js';
import { UnitOfWork } from '../../../src/persistence/index.js';
import { ListedQueue } from '../support/engine.js';
import { TurningClock } from '../support/turning-clock.js';
import {
  connectAt,
  consent,
  enableAt,
  openHintStage,
  standingAt,
  type HintStage,
  type HintStageOptions,
} from './support.js';

const HOUR = 3_600;

describe('subscribing to what a source can tell', () => {
  let clock: TurningClock;
  let queue: ListedQueue;
  let stage: HintStage;
  let connectionId: string;
  let administrationId: string;
  afterEach(() => stage.close());

  const open = async (options: HintStageOptions = {}): Promise<void> => {
    clock = new TurningClock('2026-11-18T09:00:00Z');
    queue = new ListedQueue();
    stage = await openHintStage({ clock, queue, ...options });
    connectionId = await connectAt(stage);
    administrationId = await enableAt(stage, connectionId);
  };
  /** What the clockwork hands out, done. */
  const work = async (): Promise<number> => {
    queue.jobs.length = 0;
    await stage.ticker.tick();
    const jobs = queue.named('settle-hints') as { firmId: string; administrationId: string }[];
    for (const job of jobs) await stage.subscriptions.settle(job);
    return jobs.length;
  };
  const hints = async () => (await stage.as.get(`/administrations/${administrationId}/hints`).expect(200)).body;
  const calls = (): number => stage.exact.requests.filter(({ path }) => path.includes('WebhookSubscriptions')).length;

  it('begins when an administration is in use, once, and is looked at every day', async () => {
    await open();
    expect((await hints()).state).toBe('pending');
    expect(await work()).toBe(1);
    expect(await hints()).toMatchObject({ state: 'active', message: null, lostAt: null, topics: expect.arrayContaining(['BankEntries', 'SalesEntries']) }); // prettier-ignore
    const after = calls();
    expect(await work()).toBe(0);
    clock.advance(23 * HOUR);
    expect(await work()).toBe(0);
    clock.advance(2 * HOUR);
    expect(await work()).toBe(1);
    expect(calls() - after).toBe(1);
  });

  it('shows in the metrics, with what became of the webhooks', async () => {
    await open();
    await work();
    const metrics = await new HealthService(stage.api.app.get(UnitOfWork), queue).metrics();
    expect(metrics).toContain('openpost_rows{kind="webhook_subscription",state="active"} 1');
    expect(metrics).toContain('openpost_rows{kind="webhook",state="validation"} 6');
  });

  it('is not done twice by two workers', async () => {
    await open();
    const ref = { firmId: stage.firmId, administrationId };
    await Promise.all([1, 2, 3].map(() => stage.subscriptions.settle(ref)));
    expect(standingAt(stage)).toHaveLength(6);
    expect(calls()).toBe(7);
  });

  it('shows that the source had forgotten it, and has it made again', async () => {
    await open();
    await work();
    stage.exact.applyBookCommand({ kind: 'forget-subscriptions' });
    clock.advance(25 * HOUR);
    await work();
    expect(standingAt(stage)).toHaveLength(6);
    expect(await hints()).toMatchObject({ state: 'active', lostAt: clock.now().toISOString() });
  });

  it('can be asked for again by an admin, and by nobody less', async () => {
    await open();
    await work();
    stage.exact.applyBookCommand({ kind: 'forget-subscriptions' });
    const path = `/administrations/${administrationId}/hints`;
    await stage.api.as(stage.firmId, 'collector').post(path).send({}).expect(403);
    queue.jobs.length = 0;
    await stage.as.post(path).send({}).expect(202);
    expect(queue.named('settle-hints')).toEqual([{ firmId: stage.firmId, administrationId }]);
    expect(await work()).toBe(1);
    expect(standingAt(stage)).toHaveLength(6);
  });

  it('says what scope the app lacks, asks once, and tries again after a new consent', async () => {
    await open();
    stage.exact.arm({ kind: '403', match: 'POST .*/WebhookSubscriptions' });
    await work();
    const refused = await hints();
    expect(refused).toMatchObject({ state: 'refused', message: expect.stringContaining("'organization.administration' scope") }); // prettier-ignore
    expect(calls()).toBe(2);
    clock.advance(2 * HOUR);
    expect(await work()).toBe(0);
    const { body } = await stage.as.post(`/connections/${connectionId}/reconnect`).send({}).expect(200);
    await consent(stage, String(body.authorizeUrl));
    expect(await work()).toBe(1);
    expect(await hints()).toMatchObject({ state: 'active', message: null, lostAt: null });
  });

  it('tells that the address cannot be reached, in the words of the source, and tries again in an hour', async () => {
    await open();
    const message = 'Invalid: Post to callback URL endpoint returns 503';
    stage.exact.arm({ kind: 'reject', match: 'POST .*/WebhookSubscriptions', status: 500, message });
    await work();
    expect(await hints()).toMatchObject({ state: 'refused', message: expect.stringContaining(message) });
    clock.advance(HOUR - 1);
    expect(await work()).toBe(0);
    clock.advance(1);
    expect(await work()).toBe(1);
    expect((await hints()).state).toBe('active');
  });

  it('is not tried without a webhook secret, and says which variable to set', async () => {
    await open({ webhookSecret: null });
    await work();
    expect(await hints()).toMatchObject({ state: 'refused', message: expect.stringContaining('EXACT_ONLINE_WEBHOOK_SECRET') }); // prettier-ignore
    expect(calls()).toBe(0);
  });

  it('stands over an outage of the source, and is tried again', async () => {
    await open();
    stage.exact.arm({ kind: '503', match: 'WebhookSubscriptions' });
    await work();
    expect(await hints()).toMatchObject({ state: 'pending', message: expect.any(String) });
    clock.advance(HOUR);
    await work();
    stage.exact.arm({ kind: '503', match: 'WebhookSubscriptions' });
    clock.advance(25 * HOUR);
    await work();
    expect((await hints()).state).toBe('active');
  });

  it('ends when the connection does, before its tokens are gone', async () => {
    await open();
    await work();
    expect(standingAt(stage)).toHaveLength(6);
    await stage.as.delete(`/connections/${connectionId}`).expect(204);
    expect([standingAt(stage), (await hints()).state]).toEqual([[], 'off']);
    expect(await work()).toBe(0);
  });

  it('does not hold up who disconnects when the source is down', async () => {
    await open();
    await work();
    stage.exact.arm({ kind: '503', match: 'WebhookSubscriptions', count: 0 });
    await stage.as.delete(`/connections/${connectionId}`).expect(204);
    expect((await stage.as.get(`/connections/${connectionId}`)).body.state).toBe('revoked');
  });

  it('is another firm’s business: neither seen nor touched', async () => {
    await open();
    await work();
    const [other] = await stage.database.sql<{ id: string }>(`insert into firm (id, name) values (gen_random_uuid(), 'Other') returning id`); // prettier-ignore
    const stranger = stage.api.as(other!.id);
    await stranger.get(`/administrations/${administrationId}/hints`).expect(404);
    await stranger.post(`/administrations/${administrationId}/hints`).send({}).expect(404);
    await stage.subscriptions.settle({ firmId: other!.id, administrationId });
    expect((await hints()).state).toBe('active');
  });
});
