import { newId } from '../../../src/kernel/index.js';
import { addFirm } from '../../support/database.js';
import { connect, consentAt, enable, pull, startEngine, type Engine } from '../support/engine.js';

describe('connections', () => {
  let engine: Engine;

  beforeEach(async () => {
    engine = await startEngine({ size: 30, debtors: 3 });
  });
  afterEach(async () => engine.close());

  const create = async (): Promise<{ id: string; authorizeUrl: string; state: string }> => {
    const { body } = await engine.as.post('/connections').send({ connector: 'exact-online' }).expect(201);
    const authorizeUrl = String(body.authorizeUrl);
    return { id: String(body.id), authorizeUrl, state: new URL(authorizeUrl).searchParams.get('state')! };
  };
  const show = async (id: string): Promise<Record<string, unknown>> =>
    (await engine.as.get(`/connections/${id}`).expect(200)).body as Record<string, unknown>;
  const landing = async (query: Record<string, string>): Promise<string> => {
    const answer = await engine.callback(query);
    expect(answer.status).toBe(302);
    return String(answer.headers['location']);
  };

  it('shows what a package can and cannot do before anybody consents', async () => {
    const { body } = await engine.as.get('/connectors').expect(200);
    expect(body.items).toMatchObject([{ id: 'exact-online', auth: { kind: 'oauth2-code' }, configured: true }]);
    expect(body.items[0].objects.length).toBeGreaterThan(3);
    const refused = await engine.as.post('/connections').send({ connector: 'unknown' }).expect(400);
    expect(refused.body.errors).toMatchObject([{ path: 'connector' }]);
  });

  it('connects, knows the user, and lists what the consent reaches', async () => {
    const { id, authorizeUrl } = await create();
    expect(await show(id)).toMatchObject({ state: 'needs_reconnect', stateReason: 'awaiting_consent' });
    expect(await landing(await consentAt(engine, authorizeUrl))).toBe(
      `https://openpost.example/connections/${id}?result=connected`,
    );
    expect(await show(id)).toMatchObject({ state: 'active', stateReason: null, sourceUser: 'Sanne de Boer' });
    const { body } = await engine.as.get(`/connections/${id}/administrations?rights=true`).expect(200);
    expect(body.items).toMatchObject([
      { sourceId: String(engine.book.code), name: engine.book.name, currency: 'EUR', enabled: false },
    ]);
    expect(body.items[0].rights.length).toBeGreaterThan(0);
  });

  it('serves the callback under the API prefix too', async () => {
    const { id, authorizeUrl } = await create();
    const query = await consentAt(engine, authorizeUrl);
    const answer = await engine.as.get(`/oauth/callback?${new URLSearchParams(query)}`).redirects(0);
    expect(answer.headers['location']).toBe(`https://openpost.example/connections/${id}?result=connected`);
  });

  it('names a denied consent', async () => {
    const { id, state } = await create();
    expect(await landing({ state, error: 'access_denied' })).toContain(`/connections/${id}?result=denied`);
    expect(await show(id)).toMatchObject({ state: 'error', stateReason: 'consent_denied' });
  });

  it('does nothing for a state that is wrong, used or too old', async () => {
    const { id, authorizeUrl, state } = await create();
    const query = await consentAt(engine, authorizeUrl);
    expect(await landing({ ...query, state: 'made-up' })).toBe(
      'https://openpost.example/connections?result=invalid-state',
    );
    expect(await show(id)).toMatchObject({ state: 'needs_reconnect' });
    await landing(query);
    expect(await landing(query)).toContain(`/connections/${id}?result=invalid-state`);
    expect(await show(id)).toMatchObject({ state: 'active' });
    const late = await create();
    engine.clock.advance(601);
    expect(await landing({ state: late.state, code: 'any' })).toContain('result=invalid-state');
    expect(state).toHaveLength(43);
  });

  it('names a code that was used before', async () => {
    const first = await create();
    const query = await consentAt(engine, first.authorizeUrl);
    await landing(query);
    const second = await create();
    expect(await landing({ ...query, state: second.state })).toContain(`/connections/${second.id}?result=code-refused`);
    expect(await show(second.id)).toMatchObject({ state: 'error', stateReason: 'code_refused' });
  });

  it('keeps working when a reconnect is denied, and keeps everything when it succeeds', async () => {
    const id = await connect(engine);
    const administrationId = await enable(engine, id);
    const again = await engine.as.post(`/connections/${id}/reconnect`).expect(200);
    const url = new URL(String(again.body.authorizeUrl));
    await landing({ state: url.searchParams.get('state')!, error: 'access_denied' });
    expect(await show(id)).toMatchObject({ state: 'active' });
    const third = await engine.as.post(`/connections/${id}/reconnect`).expect(200);
    expect(await landing(await consentAt(engine, String(third.body.authorizeUrl)))).toContain('result=connected');
    expect(await pull(engine, administrationId)).toMatchObject({ state: 'complete' });
    expect((await engine.as.get(`/administrations/${administrationId}/schedule`)).body).toMatchObject({
      enabled: true,
    });
  });

  it('asks for a person when the app is revoked at the source, and loses nothing', async () => {
    const administrationId = await enable(engine);
    await pull(engine, administrationId);
    engine.exact.revoke();
    engine.clock.advance(571);
    const sync = await pull(engine, administrationId);
    expect(sync).toMatchObject({ state: 'failed', error: { kind: 'auth_revoked' } });
    const { body } = await engine.as.get('/connections').expect(200);
    expect(body.items).toMatchObject([{ state: 'needs_reconnect', stateReason: 'refresh_refused' }]);
    expect(body.items[0].stateMessage).toContain('withdrawn');
    const { id } = body.items[0] as { id: string };
    const again = await engine.as.post(`/connections/${id}/reconnect`).expect(200);
    await landing(await consentAt(engine, String(again.body.authorizeUrl)));
    expect(await pull(engine, administrationId)).toMatchObject({ state: 'complete' });
  });

  it('survives one spurious 401 of a young token, and waits when it persists', async () => {
    const administrationId = await enable(engine);
    engine.exact.arm({ kind: '401', match: 'Accounts', count: 1 });
    expect(await pull(engine, administrationId)).toMatchObject({ state: 'complete' });
    engine.exact.arm({ kind: '401', match: 'Accounts', count: 0 });
    const waiting = await pull(engine, administrationId);
    expect(waiting).toMatchObject({ state: 'queued', error: { kind: 'auth_expired' } });
    const early = engine.exact.requests.filter(({ path, status }) => path === '/api/oauth2/token' && status !== 200);
    expect(early).toEqual([]);
    engine.exact.faults.clear();
    engine.clock.advance(571);
    expect(await pull(engine, administrationId)).toMatchObject({ state: 'complete' });
  });

  it('erases the secrets of a connection that is ended, and keeps the books', async () => {
    const id = await connect(engine);
    const administrationId = await enable(engine, id);
    await pull(engine, administrationId);
    await engine.as.delete(`/connections/${id}`).expect(204);
    const [row] = await engine.database.sql(`select state, access_token, refresh_token from connection where id = $1`, [
      id,
    ]);
    expect(row).toEqual({ state: 'revoked', access_token: null, refresh_token: null });
    expect((await engine.as.get(`/administrations/${administrationId}/schedule`)).body).toMatchObject({
      enabled: false,
    });
    expect((await engine.as.get(`/administrations/${administrationId}`)).body.receivableCount).toBe(30);
    expect(await pull(engine, administrationId)).toMatchObject({ state: 'failed', error: { kind: 'auth_revoked' } });
  });

  it('shows a firm only its own', async () => {
    const id = await connect(engine);
    const administrationId = await enable(engine, id);
    const stranger = engine.api.as(await addFirm(engine.database, 'Andere firma'));
    await stranger.get(`/connections/${id}`).expect(404);
    await stranger.delete(`/connections/${id}`).expect(404);
    await stranger.post(`/connections/${id}/reconnect`).expect(404);
    await stranger.post('/administrations').send({ connectionId: id, sourceId: '1' }).expect(404);
    for (const path of ['', '/schedule', '/quarantine', '/writebacks'])
      await stranger.get(`/administrations/${administrationId}${path}`).expect(404);
    await stranger.post(`/administrations/${administrationId}/syncs`).send({}).expect(404);
    await stranger.get(`/syncs/${newId()}`).expect(404);
    expect((await stranger.get('/connections')).body.items).toEqual([]);
    expect((await stranger.get('/administrations')).body.items).toEqual([]);
    await engine.api.as(engine.firmId, 'viewer').post('/connections').send({ connector: 'exact-online' }).expect(403);
  });

  it('changes settings of an administration and names what is wrong', async () => {
    const administrationId = await enable(engine);
    const { body } = await engine.as
      .patch(`/administrations/${administrationId}`)
      .send({ language: 'fr', houseStyle: { iban: 'NL91ABNA0417164300' }, dunning: { automatic: true } })
      .expect(200);
    expect(body).toMatchObject({
      language: 'fr',
      houseStyle: { iban: 'NL91ABNA0417164300', senderName: engine.book.name, accentColor: '#0f766e' },
      dunning: { automatic: true, maxStalenessMinutes: null },
      writebackChoices: { note: true, document: true },
    });
    const wrong = await engine.as.patch(`/administrations/${administrationId}`).send({ timeZone: 'Mars/Olympus' });
    expect(wrong.body).toMatchObject({ status: 400, errors: [{ path: 'timeZone' }] });
    const twice = { connectionId: body.connectionId, sourceId: String(engine.book.code) };
    expect((await engine.as.post('/administrations').send(twice)).body).toMatchObject({
      code: 'ADMINISTRATION_ENABLED',
    });
  });
});
