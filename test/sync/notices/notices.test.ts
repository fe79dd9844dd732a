import { createSmtpSandbox, type SmtpSandbox } from '../../../sandbox/smtp/index.js';
import { newId } from '../../../src/kernel/index.js';
import { ConnectionNotices } from '../../../src/sync/notices/index.js';
import { connect, consentAt, enable, pull, startEngine, type Engine } from '../support/engine.js';

const DAY = 86_400;

describe('the mail to the admins when a connection needs them', () => {
  let engine: Engine;
  let smtp: SmtpSandbox;
  let notices: ConnectionNotices;
  let connectionId: string;
  let administrationId: string;

  beforeEach(async () => {
    smtp = await createSmtpSandbox({});
    engine = await startEngine({ size: 10, debtors: 2, smtpUrl: smtp.smtpUrl });
    notices = engine.api.app.get(ConnectionNotices, { strict: false });
    for (const [email, role] of [
      ['noor@kantoor.example', 'admin'],
      ['bas@kantoor.example', 'admin'],
      ['kijker@kantoor.example', 'viewer'],
    ])
      // prettier-ignore
      await engine.database.sql(
        `insert into app_user (id, firm_id, email, name, password_hash, role) values ($1, $2, $3, $4, 'x', $5)`,
        [newId(), engine.firmId, email, email!.split('@')[0], role],
      );
    connectionId = await connect(engine);
    administrationId = await enable(engine, connectionId);
    await pull(engine, administrationId);
  });
  afterEach(async () => {
    await engine.close();
    await smtp.close();
  });

  const breakDown = async (): Promise<void> => {
    engine.exact.revoke();
    engine.clock.advance(571);
    await pull(engine, administrationId);
  };
  const mails = (): { to: string; subject: string; text: string }[] =>
    smtp.messages().map(({ to, subject, text, html }) => ({ to: to.join(), subject: subject ?? '', text: `${text} ${html}` })); // prettier-ignore
  const states = async (): Promise<unknown[]> =>
    engine.database.sql(`select kind, recipient, state from connection_notice order by created_at, kind, recipient`);

  it('goes to every admin, once, and once more after three days; never again', async () => {
    await notices.tick();
    expect(mails()).toEqual([]);
    await breakDown();
    await Promise.all([notices.tick(), notices.tick()]);
    await notices.tick();
    expect(
      mails()
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['bas@kantoor.example', 'noor@kantoor.example']);
    expect((await engine.as.get(`/connections/${connectionId}`)).body).toMatchObject({
      state: 'needs_reconnect',
      brokenSince: expect.any(String),
      noticeSentAt: expect.any(String),
    });
    engine.clock.advance(3 * DAY - 60);
    await notices.tick();
    expect(mails()).toHaveLength(2);
    engine.clock.advance(60);
    await notices.tick();
    expect(mails()).toHaveLength(4);
    engine.clock.advance(30 * DAY);
    await notices.tick();
    expect(mails()).toHaveLength(4);
  });

  it('says what to do in Dutch, with a link and no secret', async () => {
    await breakDown();
    await notices.tick();
    const body = mails()[0]!.text;
    expect(body).toContain(`https://openpost.example/connections/${connectionId}`);
    expect(body).toContain('Er is niets verloren');
    expect(body).toContain(engine.book.name);
    expect(body).not.toMatch(/opk_|access_token|refresh/i);
    expect(body).not.toContain(engine.exact.clientSecret);
  });

  it('says it in English where the books are not Dutch', async () => {
    await engine.as.patch(`/administrations/${administrationId}`).send({ language: 'fr' }).expect(200);
    await breakDown();
    await notices.tick();
    expect(mails()[0]!.text).toContain('Nothing is lost');
  });

  it('is a new failure after a reconnect, which keeps id, schedule and books', async () => {
    await breakDown();
    await notices.tick();
    const again = await engine.as.post(`/connections/${connectionId}/reconnect`).expect(200);
    await engine.callback(await consentAt(engine, String(again.body.authorizeUrl)));
    expect(await pull(engine, administrationId)).toMatchObject({ state: 'complete' });
    expect((await engine.as.get(`/connections/${connectionId}`)).body).toMatchObject({
      state: 'active',
      brokenSince: null,
    });
    expect((await engine.as.get(`/administrations/${administrationId}/schedule`)).body).toMatchObject({
      enabled: true,
    });
    engine.clock.advance(4 * DAY);
    await notices.tick();
    expect(mails()).toHaveLength(2);
    await breakDown();
    await notices.tick();
    expect(mails()).toHaveLength(4);
  });

  it('says nothing of a connection that never worked, nor of one that a person ended', async () => {
    await engine.as.post('/connections').send({ connector: 'exact-online' }).expect(201);
    await engine.as.delete(`/connections/${connectionId}`).expect(204);
    await notices.tick();
    expect(await states()).toEqual([]);
  });

  it('is dropped when the connection came back before the mail server took it', async () => {
    await breakDown();
    await smtp.close();
    await notices.tick();
    expect(await states()).toMatchObject([{ state: 'queued' }, { state: 'queued' }]);
    const again = await engine.as.post(`/connections/${connectionId}/reconnect`).expect(200);
    await engine.callback(await consentAt(engine, String(again.body.authorizeUrl)));
    await notices.tick();
    expect(await states()).toEqual([]);
    smtp = await createSmtpSandbox({});
  });

  it('does not repeat a mail that may have been sent when its process died', async () => {
    await breakDown();
    await engine.database.sql(`update connection set broken_since = $1`, [engine.clock.now().toISOString()]);
    await engine.database.sql(
      `insert into connection_notice (id, firm_id, connection_id, incident_at, kind, recipient, recipient_name, state, next_attempt_at, lease_until)
       select gen_random_uuid(), firm_id, id, broken_since, 'first', 'noor@kantoor.example', 'noor', 'sending', now(), now() - interval '1 s' from connection`,
    );
    await notices.tick();
    expect(await states()).toEqual([{ kind: 'first', recipient: 'noor@kantoor.example', state: 'uncertain' }]);
    expect(mails()).toEqual([]);
  });
});
