import { randomBytes } from 'node:crypto';
import { createSmtpSandbox, type SmtpSandbox } from '../../../sandbox/smtp/index.js';
import { newId } from '../../../src/kernel/index.js';
import { composeMessage, sampleMessageInput } from '../../../src/messaging/domain/index.js';
import { contentFromJson, contentToJson } from '../../../src/messaging/index.js';
import { OutboxRepository } from '../../../src/messaging/outbox/outbox.repository.js';
import { OutboxService } from '../../../src/messaging/outbox/outbox.service.js';
import { defaultTemplate } from '../../../src/messaging/templates/index.js';
import { InProcessQueue } from '../../../src/queue/index.js';
import { readSettings } from '../../../src/settings/index.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../../support/database.js';
import { addAdministration, addDebtor, addReceivable } from '../../support/ledger.js';

describe('outbox: what dunning decided goes out once, or says why not', () => {
  let database: TestDatabase;
  let smtp: SmtpSandbox;
  let place: { firmId: string; administrationId: string };
  let repository: OutboxRepository;

  beforeAll(async () => {
    database = await createTestDatabase();
    smtp = await createSmtpSandbox({});
    const firmId = await addFirm(database);
    place = { firmId, ...(await addAdministration(database, firmId)) };
    repository = new OutboxRepository(database.unitOfWork);
  });
  afterEach(async () => {
    await fetch(`${smtp.baseUrl}/__sandbox/faults`, { method: 'DELETE' });
    await database.sql(`update message set state = 'cancelled' where state in ('queued', 'sending')`);
  });
  afterAll(async () => {
    await smtp.close();
    await database.close();
  });

  const outbox = (smtpUrl: string | null = smtp.smtpUrl): OutboxService => {
    const key = `k:${randomBytes(32).toString('base64')}`;
    return new OutboxService(
      repository,
      new InProcessQueue(),
      readSettings(smtpUrl === null ? {} : { SMTP_URL: smtpUrl }, () => key),
    );
  };

  const queueMessage = async (recipient: string): Promise<{ messageId: string; receivableId: string }> => {
    const debtorId = await addDebtor(database, place, { email: recipient });
    const receivableId = await addReceivable(database, place, { debtorId });
    const input = sampleMessageInput(defaultTemplate('first-reminder', 'nl'));
    const rendered = composeMessage(input);
    const address = { name: 'Jansen VOF', address: recipient };
    const content = contentToJson({
      from: { name: 'Bakker BV', address: 'debiteuren@bakker.example' },
      replyTo: null,
      to: address,
      input,
      rendered,
    });
    const messageId = newId();
    await database.sql(
      `insert into message (id, firm_id, administration_id, debtor_id, once_key, level, channel, language, template_key, template_version, recipient, recipient_reason,
         language_reason, currency, open_total, subject, html, body_text, content, state)
       values ($1, $2, $3, $4, $5, 1, 'email', 'nl', 'first-reminder', 1, $6, 'r', 'l', 'EUR', 12100, $7, $8, $9, $10, 'queued')`,
      [
        messageId,
        place.firmId,
        place.administrationId,
        debtorId,
        messageId,
        recipient,
        rendered.subject,
        rendered.html,
        rendered.text,
        content,
      ],
    );
    await database.sql(
      `insert into step_taken (id, firm_id, administration_id, debtor_id, receivable_id, level, scenario_key, scenario_version, run_id, message_id, taken_on, state)
       values ($1, $2, $3, $4, $5, 1, 'standard', 1, $6, $7, '2026-11-22', 'reserved')`,
      [newId(), place.firmId, place.administrationId, debtorId, receivableId, newId(), messageId],
    );
    return { messageId, receivableId };
  };

  const stateOf = async (messageId: string): Promise<object> => {
    const [row] = await database.sql<object>(
      `select m.state, s.state as step, m.error from message m join step_taken s on s.message_id = m.id where m.id = $1`,
      [messageId],
    );
    return row!;
  };
  const received = (to: string) => smtp.messages().filter((message) => JSON.stringify(message.to).includes(to));
  const fault = (body: object) =>
    fetch(`${smtp.baseUrl}/__sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });

  it('sends a queued message and takes its step', async () => {
    const { messageId } = await queueMessage('a@klant.example');
    const service = outbox();
    await service.sendDue(place.firmId);
    expect(await stateOf(messageId)).toEqual({ state: 'sent', step: 'taken', error: null });
    const [mail] = received('a@klant.example');
    expect(mail?.messageId).toContain(messageId);
    expect(received('a@klant.example')).toHaveLength(1);
    service.onApplicationShutdown();
  });

  it('promise 1: twenty senders at once send it once', async () => {
    await Promise.all(['b1', 'b2', 'b3'].map((name) => queueMessage(`${name}@klant.example`)));
    const services = Array.from({ length: 20 }, () => outbox());
    await Promise.all(services.map((service) => service.sendDue(place.firmId)));
    for (const name of ['b1', 'b2', 'b3']) expect(received(`${name}@klant.example`)).toHaveLength(1);
    for (const service of services) service.onApplicationShutdown();
  });

  it('promise 11: a refused recipient fails with the server’s words, frees the step and opens a task', async () => {
    await fault({ kind: 'reject-recipient', match: 'gone@klant.example' });
    const { messageId } = await queueMessage('gone@klant.example');
    const service = outbox();
    await service.sendDue(place.firmId);
    expect(await stateOf(messageId)).toMatchObject({
      state: 'failed',
      step: 'released',
      error: expect.stringMatching(/5\d\d/) as string,
    });
    const tasks = await database.sql(`select kind from task where dedupe_key = $1`, [`message-failed:${messageId}`]);
    expect(tasks).toEqual([{ kind: 'message-failed' }]);
    service.onApplicationShutdown();
  });

  it('waits after a temporary refusal, and sends when its time has come', async () => {
    await fault({ kind: 'temporary', match: 'later@klant.example', count: 1 });
    const { messageId } = await queueMessage('later@klant.example');
    const service = outbox();
    await service.sendDue(place.firmId);
    expect(await stateOf(messageId)).toMatchObject({ state: 'queued', step: 'reserved' });
    await service.sendDue(place.firmId);
    expect(received('later@klant.example')).toHaveLength(0);
    await database.sql(`update message set next_attempt_at = now() where id = $1`, [messageId]);
    await service.sendDue(place.firmId);
    expect(await stateOf(messageId)).toEqual({ state: 'sent', step: 'taken', error: null });
    expect(received('later@klant.example')).toHaveLength(1);
    service.onApplicationShutdown();
  });

  it('promise 1: an answer that never came is uncertain, and never sent again by itself', async () => {
    await fault({ kind: 'drop-after-data', match: 'maybe@klant.example' });
    const { messageId } = await queueMessage('maybe@klant.example');
    const service = outbox();
    await service.sendDue(place.firmId);
    await service.sendDue(place.firmId);
    expect(await stateOf(messageId)).toMatchObject({ state: 'uncertain', step: 'reserved' });
    expect(received('maybe@klant.example')).toHaveLength(1);
    expect(
      await repository.settleByPerson(place.firmId, messageId, {
        sent: true,
        actor: 'noor',
        note: 'seen in the sent items',
      }),
    ).toBe(true);
    expect(await stateOf(messageId)).toMatchObject({ state: 'sent', step: 'taken' });
    expect(
      await repository.settleByPerson(place.firmId, messageId, { sent: false, actor: 'noor', note: 'again' }),
    ).toBe(false);
    service.onApplicationShutdown();
  });

  it('promise 1: a sender that died half-way leaves an uncertain message, not a second one', async () => {
    const { messageId } = await queueMessage('crash@klant.example');
    expect(await repository.claimNext(place.firmId, newId())).toMatchObject({ id: messageId });
    const service = outbox();
    await service.sendDue(place.firmId);
    expect(await stateOf(messageId)).toMatchObject({ state: 'sending' });
    await database.sql(`update message set lease_until = now() - interval '1 second' where id = $1`, [messageId]);
    await service.sendDue(place.firmId);
    expect(await stateOf(messageId)).toMatchObject({ state: 'uncertain', step: 'reserved' });
    expect(received('crash@klant.example')).toHaveLength(0);
    service.onApplicationShutdown();
  });

  it('keeps messages queued while no mail server is configured', async () => {
    const { messageId } = await queueMessage('wait@klant.example');
    await outbox(null).sendDue(place.firmId);
    expect(await stateOf(messageId)).toMatchObject({ state: 'queued', step: 'reserved' });
  });

  it('stores everything that the letter needs', () => {
    const input = sampleMessageInput(defaultTemplate('first-reminder', 'nl'));
    const content = {
      from: { name: 'a', address: 'a@b.example' },
      replyTo: null,
      to: { name: 'c', address: 'c@d.example' },
      input,
      rendered: composeMessage(input),
    };
    expect(contentFromJson(JSON.parse(contentToJson(content)))).toEqual(content);
  });
});
