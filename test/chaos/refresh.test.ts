import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consent, eventually, syncOnce, type SyncView } from '../support/product.js';
import { buildOnce } from './support/build-once.js';
import { pulled, syncsEnded, type Planned } from './support/story.js';
import type { World } from './support/world.js';

interface ConnectionView {
  readonly state: string;
  readonly stateReason: string | null;
  readonly stateMessage: string | null;
}

/** Old enough for Exact to allow a renewal (570 s), and within our margin before its end (600 s). */
const AGE_SECONDS = 580;
const STORED = { table: 'connection', on: 'update', when: 'old.refresh_intent is not null and new.refresh_intent is null' } as const; // prettier-ignore

beforeAll(buildOnce, 180_000);

describe('renewing an access token, when the process is killed', () => {
  let story: Omit<Planned, 'run'>;
  let world: World;

  beforeEach(async () => {
    story = await pulled();
    world = story.world;
    world.product.exact.setClock(new Date(Date.now() + AGE_SECONDS * 1_000).toISOString());
    await world.sql(
      `update connection set access_issued_at = access_issued_at - make_interval(secs => $1), access_expires_at = access_expires_at - make_interval(secs => $1)`,
      [AGE_SECONDS],
    );
  }, 120_000);
  afterEach(() => world.close());

  const pull = () => story.api.post(`/administrations/${story.administrationId}/syncs`);
  /** How often the ledger was asked for a new token since the consent. */
  const renewals = (): number =>
    world.product.exact.requests.filter(({ path }) => path.startsWith('/api/oauth2/token')).length - 1;

  async function connectionView(): Promise<ConnectionView> {
    const [{ id } = { id: '' }] = await world.sql<{ id: string }>(`select id from connection`);
    return (await world.api()).get<ConnectionView>(`/connections/${id}`);
  }

  /** The pull that was interrupted ended well, and the next one needs no new token. */
  async function expectUsable(): Promise<void> {
    expect((await syncsEnded(world)).at(-1)).toEqual({ state: 'complete', kind: null });
    await expectPulls();
  }

  async function expectPulls(): Promise<void> {
    expect(await connectionView()).toMatchObject({ state: 'active', stateReason: null });
    const before = renewals();
    expect((await syncOnce(await world.api(), story.administrationId)).state).toBe('complete');
    expect(renewals()).toBe(before);
  }

  /** The grant is gone for good: said once, with the reason; nothing asks the ledger again until a person reconnected. */
  async function expectPersonCalled(): Promise<void> {
    expect((await syncsEnded(world)).at(-1)).toEqual({ state: 'failed', kind: 'auth_revoked' });
    const view = await connectionView();
    expect(view).toMatchObject({ state: 'needs_reconnect', stateReason: 'refresh_outcome_unknown' });
    expect(view.stateMessage).toMatch(/interrupted/);
    const before = renewals();
    const api = await world.api();
    const again: SyncView = await syncOnce(api, story.administrationId);
    expect(again).toMatchObject({ state: 'failed', error: { kind: 'auth_revoked' } });
    expect(renewals()).toBe(before);

    const [{ id } = { id: '' }] = await world.sql<{ id: string }>(`select id from connection`);
    const { authorizeUrl } = await api.post<{ authorizeUrl: string }>(`/connections/${id}/reconnect`);
    expect((await consent(world.product, authorizeUrl)).url).toContain('result=connected');
    await expectPulls();
  }

  it('with the call under way, which the ledger never got: the old token still works', async () => {
    await world.killDuring(story.worker, { kind: 'timeout-before-commit', match: '/api/oauth2/token' }, pull);
    await world.start();
    await expectUsable();
  }, 120_000);

  it('with the call under way, which the ledger answered to nobody: a person is asked to reconnect', async () => {
    await world.killDuring(story.worker, { kind: 'token-slow', match: '/api/oauth2/token', delayMs: 1_000 }, pull);
    await eventually(
      async () => renewals(),
      (count) => count === 1,
    );
    await world.start();
    await expectPersonCalled();
  }, 120_000);

  it('after the answer, before it is stored: the next process on this machine finds it', async () => {
    await world.killAt(story.worker, STORED, pull);
    await world.start();
    await expectUsable();
    expect(renewals()).toBe(1);
  }, 120_000);

  it('after the answer, before it is stored, and another machine goes on: a person is asked to reconnect', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'openpost-elsewhere-'));
    try {
      await world.killAt(story.worker, STORED, pull);
      await world.start({ OPENPOST_DATA_DIR: elsewhere });
      await expectPersonCalled();
    } finally {
      await rm(elsewhere, { recursive: true, force: true });
    }
  }, 120_000);
});
