import { newId } from '../../../src/kernel/index.js';
import { enqueueWriteback, type NewWriteback } from '../../../src/sync/index.js';
import { WritebackWorker } from '../../../src/sync/writeback/index.js';
import { enable, pull, startEngine, type Engine } from '../support/engine.js';

interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly lastErrorKind: string | null;
  readonly remoteId: string | null;
  readonly history: readonly { outcome: string; detail: string }[];
}

interface RemoteNote {
  readonly id: string;
  readonly subject: string;
  readonly notes: string;
  readonly document: string | null;
}

describe('write-back', () => {
  let engine: Engine;
  let administrationId: string;
  let worker: WritebackWorker;
  let debtors: { id: string; source_id: string }[];

  beforeEach(async () => {
    engine = await startEngine({ size: 30, debtors: 3 });
    administrationId = await enable(engine);
    await pull(engine, administrationId);
    worker = engine.api.app.get(WritebackWorker, { strict: false });
    debtors = await engine.database.sql(`select id, source_id from debtor order by code`);
    // The pull's own nudge is not what these tests look for.
    engine.queue.jobs.length = 0;
  });
  afterEach(async () => engine.close());

  const addMessage = async (state: string, debtor = debtors[0]!): Promise<string> => {
    const id = newId();
    await engine.database.sql(
      `insert into message (id, firm_id, administration_id, debtor_id, once_key, level, channel, language, template_key, template_version,
         recipient, recipient_reason, language_reason, currency, open_total, subject, html, body_text, content, state)
       values ($1, $2, $3, $4, $6, 1, 'email', 'nl', 'reminder', 1, 'a@example.com', '', '', 'EUR', 100, 's', 'h', 't', '{}', $5)`,
      [id, engine.firmId, administrationId, debtor.id, state, id],
    );
    return id;
  };

  const note = (key: string, more: Partial<NewWriteback> = {}): NewWriteback => ({
    firmId: engine.firmId,
    administrationId,
    debtorId: debtors[0]!.id,
    messageId: null,
    intentKey: key,
    intent: { kind: 'note', subject: `Reminder ${key}`, text: 'EUR 100,00', date: '2026-11-18' },
    summary: `note ${key}`,
    dependsOn: null,
    ...more,
  });

  const documentOf = (key: string, messageId: string): NewWriteback =>
    note(key, {
      messageId,
      intent: { kind: 'document', subject: `Letter ${key}`, text: 'PDF', date: '2026-11-18', entrySourceId: null },
    });

  const enqueue = async (...rows: NewWriteback[]): Promise<void> => {
    await engine.database.unitOfWork.inFirm(engine.firmId, (transaction) => enqueueWriteback(transaction, rows));
  };
  const shown = async (): Promise<Shown[]> =>
    (
      (await engine.as.get(`/administrations/${administrationId}/writebacks`).expect(200)).body.items as Shown[]
    ).reverse();
  const division = (): {
    notes: RemoteNote[];
    documents: { id: string; subject: string }[];
    attachments: { document: string; bytes: number }[];
  } => (engine.exact.state() as { divisions: never[] }).divisions[0]!;
  const posts = (): number =>
    engine.exact.requests.filter(({ method, path }) => method === 'POST' && path.includes('/api/v1/')).length;

  it('writes a document with its file, and a note that points at it', async () => {
    const messageId = await addMessage('sent');
    await enqueue(documentOf('k-doc-1', messageId), note('k-note-1', { messageId, dependsOn: 'k-doc-1' }));
    await worker.pushDue(engine.firmId);
    const [first, second] = await shown();
    expect(first).toMatchObject({ kind: 'document', state: 'applied', attempts: 1, lastError: null });
    expect(second).toMatchObject({ kind: 'note', state: 'applied', attempts: 1 });
    const { notes, documents, attachments } = division();
    expect(documents.map(({ id }) => id)).toEqual([first!.remoteId]);
    expect(notes).toMatchObject([{ id: second!.remoteId, document: first!.remoteId }]);
    expect(notes[0]!.subject).toContain('k-note-1');
    expect(attachments).toHaveLength(1);
  });

  it('is enqueued once per key', async () => {
    await enqueue(note('k-1'));
    await enqueue(note('k-1'), note('k-2'));
    expect((await shown()).map(({ state }) => state)).toEqual(['pending', 'pending']);
    await Promise.all([worker.pushDue(engine.firmId), worker.pushDue(engine.firmId), worker.pushDue(engine.firmId)]);
    expect(division().notes).toHaveLength(2);
  });

  it('waits for the message, and gives up when it is never sent', async () => {
    const [waiting, failed] = [await addMessage('queued'), await addMessage('failed')];
    await enqueue(note('k-wait', { messageId: waiting }), note('k-failed', { messageId: failed }), note('k-free'));
    await worker.pushDue(engine.firmId);
    expect((await shown()).map(({ state }) => state)).toEqual(['pending', 'abandoned', 'applied']);
    await engine.database.sql(`update message set state = 'sent' where id = $1`, [waiting]);
    await worker.pushDue(engine.firmId);
    expect((await shown())[0]).toMatchObject({ state: 'applied' });
  });

  it('does not double a write whose answer was lost', async () => {
    await enqueue(note('k-lost'));
    engine.exact.arm({ kind: 'timeout-after-commit', match: 'CommunicationNotes', delayMs: 50 });
    await worker.pushDue(engine.firmId);
    expect((await shown())[0]).toMatchObject({ state: 'unknown', lastErrorKind: 'outcome_unknown' });
    expect(division().notes).toHaveLength(1);
    // Not before its time.
    await worker.pushDue(engine.firmId);
    engine.clock.advance(11);
    await worker.pushDue(engine.firmId);
    expect(division().notes).toHaveLength(1);
    const [row] = await shown();
    expect(row).toMatchObject({ state: 'applied', remoteId: division().notes[0]!.id, attempts: 2 });
    expect(row!.history.map(({ outcome }) => outcome)).toEqual(['unknown', 'probed', 'applied']);
  });

  it('writes again when the probe proves that nothing arrived', async () => {
    await enqueue(note('k-never'));
    engine.exact.arm({ kind: 'timeout-before-commit', match: 'CommunicationNotes', delayMs: 50 });
    await worker.pushDue(engine.firmId);
    expect(division().notes).toHaveLength(0);
    engine.clock.advance(11);
    await worker.pushDue(engine.firmId);
    expect(division().notes).toHaveLength(1);
    expect((await shown())[0]).toMatchObject({ state: 'applied' });
  });

  it('finishes a document whose file did not arrive', async () => {
    const messageId = await addMessage('sent');
    await enqueue(documentOf('k-half', messageId));
    engine.exact.arm({ kind: 'timeout-before-commit', match: 'DocumentAttachments', delayMs: 50 });
    await worker.pushDue(engine.firmId);
    expect((await shown())[0]).toMatchObject({ state: 'unknown' });
    engine.clock.advance(11);
    await worker.pushDue(engine.firmId);
    expect((await shown())[0]).toMatchObject({ state: 'applied' });
    expect(division().documents).toHaveLength(1);
    expect(division().attachments).toHaveLength(1);
  });

  it('asks first after a worker died in the middle of a write', async () => {
    await enqueue(note('k-died'));
    await worker.pushDue(engine.firmId);
    await engine.database.sql(
      `update writeback set state = 'sending', remote_id = null, lease_owner = gen_random_uuid(), lease_until = now() - interval '1 s'`,
    );
    const before = posts();
    await worker.pushDue(engine.firmId);
    expect(posts()).toBe(before);
    expect(division().notes).toHaveLength(1);
    expect((await shown())[0]).toMatchObject({ state: 'applied', remoteId: division().notes[0]!.id });
  });

  it("shows the ledger's own refusal, does not insist, and writes when a person asks again", async () => {
    const messageId = await addMessage('sent');
    await enqueue(documentOf('k-no-doc', messageId), note('k-still', { messageId, dependsOn: 'k-no-doc' }));
    engine.exact.arm({ kind: 'reject', match: 'documents/Documents', message: 'Relatie: Geblokkeerd' });
    await worker.pushDue(engine.firmId);
    const [document, other] = await shown();
    expect(document).toMatchObject({ state: 'rejected', lastError: 'Relatie: Geblokkeerd', attempts: 1 });
    // The note goes without the link.
    expect(other).toMatchObject({ state: 'applied' });
    expect(division().notes).toMatchObject([{ document: null }]);
    engine.clock.advance(86_400);
    await worker.pushDue(engine.firmId);
    expect((await shown())[0]).toMatchObject({ state: 'rejected', attempts: 1 });
    await engine.as.post(`/writebacks/${other!.id}/retry`).expect(409);
    expect((await engine.as.post(`/writebacks/${document!.id}/retry`).expect(202)).body).toEqual({
      id: document!.id,
      status: 'pending',
    });
    expect(engine.queue.named('push-writebacks').at(-1)).toEqual({ firmId: engine.firmId });
    await worker.pushDue(engine.firmId);
    const [again] = await shown();
    expect(again).toMatchObject({ state: 'applied' });
    expect(again!.history.map(({ outcome }) => outcome)).toEqual(['rejected', 'retry', 'probed', 'applied']);
    expect(again!.history[1]!.detail).toContain('admin@example.com');
    expect(division().documents).toHaveLength(1);
  });

  it('waits when the source says so, and keeps the order per debtor meanwhile', async () => {
    await enqueue(note('k-a'), note('k-b'), note('k-other', { debtorId: debtors[1]!.id }));
    engine.exact.arm({ kind: '429-day', match: 'POST.*CommunicationNotes' });
    await worker.pushDue(engine.firmId);
    // The day is used up for the whole administration: nobody else has to be told by the source.
    expect((await shown()).map(({ state }) => state)).toEqual(['pending', 'pending', 'pending']);
    expect(engine.exact.requests.filter(({ status }) => status === 429)).toHaveLength(1);
    engine.clock.advance(16 * 3600);
    await worker.pushDue(engine.firmId);
    const keys = division().notes.map(({ subject }) => /k-\w+/.exec(subject)![0]);
    expect(keys.filter((key) => key !== 'k-other')).toEqual(['k-a', 'k-b']);
    expect(keys).toContain('k-other');
  });

  it('parks everything while the connection needs a person', async () => {
    await enqueue(note('k-parked'));
    await engine.database.sql(`update connection set state = 'needs_reconnect'`);
    await worker.pushDue(engine.firmId);
    expect((await shown())[0]).toMatchObject({ state: 'pending', attempts: 0 });
    await engine.database.sql(`update connection set state = 'active'`);
    await engine.ticker.tick();
    expect(engine.queue.named('push-writebacks').at(-1)).toEqual({ firmId: engine.firmId });
    await worker.pushDue(engine.firmId);
    expect((await shown())[0]).toMatchObject({ state: 'applied' });
  });
});
