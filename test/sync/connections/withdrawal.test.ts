import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectorAuth } from '../../../src/connectors/contract/index.js';
import { connect, enable, pull, startEngine, type Engine } from '../support/engine.js';

type Revoke = NonNullable<ConnectorAuth['revoke']>;

describe('a connection that a person ends', () => {
  let engine: Engine;
  let revoke: Revoke | undefined;

  beforeEach(async () => {
    revoke = undefined;
    engine = await startEngine({
      size: 10,
      debtors: 2,
      wrap: (connector) => ({
        ...connector,
        auth: (settings) => ({ ...connector.auth(settings), ...(revoke === undefined ? {} : { revoke }) }),
      }),
    });
  });
  afterEach(async () => engine.close());

  const secrets = async (id: string): Promise<object> =>
    (
      await engine.database.sql<object>(
        `select state, access_token, refresh_token, access_issued_at, access_expires_at, refresh_intent, lease_owner,
           (select count(*)::int from authorization_request where connection_id = c.id) as requests from connection c where id = $1`,
        [id],
      )
    )[0]!;
  const deeds = async (): Promise<unknown[]> =>
    engine.database.sql(
      `select action, detail from audit_entry where action like 'connection.revoked%' order by at, action`,
    );
  const ERASED = {
    state: 'revoked',
    access_token: null,
    refresh_token: null,
    access_issued_at: null,
    access_expires_at: null,
    refresh_intent: null,
    lease_owner: null,
    requests: 0,
  };

  it('withdraws the consent with the tokens it had, after they are gone here', async () => {
    const id = await connect(engine);
    await engine.as.post(`/connections/${id}/reconnect`).expect(200);
    const seen: unknown[] = [];
    revoke = async (tokens) => {
      seen.push(tokens, await secrets(id));
    };
    await engine.as.delete(`/connections/${id}`).expect(204);
    expect(seen).toEqual([{ accessToken: expect.any(String), refreshToken: expect.any(String) }, ERASED]);
    expect(await deeds()).toEqual([
      { action: 'connection.revoked', detail: {} },
      { action: 'connection.revoked-at-source', detail: { outcome: 'done' } },
    ]);
  });

  it('erases every secret when the source refuses to withdraw it, and puts none in the trail', async () => {
    const id = await connect(engine);
    let held = '';
    revoke = async ({ accessToken, refreshToken }) => {
      held = `${accessToken} ${refreshToken}`;
      throw new Error(`cannot revoke ${accessToken}`);
    };
    const spool = join(engine.settings.dataDir, 'grant-spool');
    await mkdir(spool, { recursive: true });
    await writeFile(join(spool, `${id}.json`), '{"sealed":"a grant that was never stored"}');
    await engine.as.delete(`/connections/${id}`).expect(204);
    expect(await secrets(id)).toEqual(ERASED);
    expect(await readdir(spool)).toEqual([]);
    expect(await deeds()).toContainEqual({ action: 'connection.revoked-at-source', detail: { outcome: 'failed' } });
    const [trail] = await engine.database.sql<{ text: string }>(
      `select string_agg(detail::text, ' ') as text from audit_entry`,
    );
    for (const token of held.split(' ')) expect(trail!.text).not.toContain(token);
  });

  it('asks nothing of a source that has no address for it', async () => {
    const id = await connect(engine);
    await engine.as.delete(`/connections/${id}`).expect(204);
    expect(await secrets(id)).toEqual(ERASED);
    expect(await deeds()).toEqual([{ action: 'connection.revoked', detail: {} }]);
  });

  it('shows its health: the age of the token, and the rights that are missing', async () => {
    const id = await connect(engine);
    const administrationId = await enable(engine, id);
    await pull(engine, administrationId);
    engine.clock.advance(60);
    await engine.as.get(`/connections/${id}/administrations?rights=true`).expect(200);
    const { body } = await engine.as.get(`/connections/${id}`).expect(200);
    expect(body).toMatchObject({ state: 'active', brokenSince: null, noticeSentAt: null, rightsMissing: [] });
    expect(Date.parse(String(body.tokenIssuedAt))).toBeLessThan(engine.clock.now().getTime());
    expect(body.rightsCheckedAt).toBe(engine.clock.now().toISOString());
    await engine.database.sql(`update administration set source_rights = $1`, [
      JSON.stringify([{ object: 'notes', allowed: false, message: 'No right to write notes.' }, { object: 'debtors', allowed: true, message: null }]),
    ]); // prettier-ignore
    expect((await engine.as.get(`/connections/${id}`)).body.rightsMissing).toEqual([
      { administrationId, object: 'notes', message: 'No right to write notes.' },
    ]);
  });
});
