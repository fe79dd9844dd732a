import { createHash } from 'node:crypto';
import type { StateIntent, WriteIntent } from '../../../src/connectors/contract/index.js';
import { failureOf, type Stage } from '../../contract/stage.js';
import { open } from './support.js';

interface Books {
  notes: { id: string; text: string; externalKey: string }[];
  dunning: { invoiceId: string; level: number; status: string; externalKey: string }[];
  documents: { name: string; sha256: string; category: string }[];
  appInfo: { badge: { text: string; color: string } } | null;
}

async function booksOf(stage: Stage): Promise<Books> {
  const response = await fetch(`${stage.standIn.baseUrl}/__sandbox/state?rows=0`);
  return ((await response.json()) as { administrations: Books[] }).administrations[0]!;
}

const FILE = Buffer.concat([Buffer.from('%PDF-1.7\r\n--openpost\r\n'), Buffer.from([0, 255, 13, 10, 45, 45])]);

describe('writing to ClearFacts', () => {
  let stage: Stage;
  afterEach(() => stage.standIn.close());

  const shared = () => ({
    administration: stage.administration,
    debtorSourceId: stage.book.debtors[0]!.id,
    subject: 'Herinnering',
    text: 'Beste,\n"nog open" — 1 € \\ #',
    date: '2026-11-20',
  });
  const note = (key: string): WriteIntent => ({ ...shared(), kind: 'note', key, documentRemoteId: null });
  const document = (key: string): WriteIntent => ({ ...shared(), kind: 'document', key, entrySourceId: null, fileName: 'herinnering "1".pdf', file: FILE }); // prettier-ignore
  const push = (intent: WriteIntent) => stage.subject.connector.push(stage.context, intent, null);
  const show = (intent: StateIntent) => stage.subject.connector.show!(stage.context, intent);

  it('makes one note of one key, pushed as often as you like', async () => {
    stage = await open('extended');
    stage.standIn.arm({ kind: 'timeout-after-commit', match: '#addNote', delayMs: 3_000 });
    expect((await push(note('k-1'))).outcome).toBe('unknown');
    const again = await push(note('k-1'));
    expect(await push(note('k-1'))).toEqual(again);
    const { notes } = await booksOf(stage);
    expect(notes).toEqual([
      expect.objectContaining({ externalKey: 'k-1', text: 'Herinnering\n\nBeste,\n"nog open" — 1 € \\ #' }),
    ]);
    expect(again).toEqual({ outcome: 'applied', remoteId: notes[0]!.id });
  });

  it('takes "cannot be asked" for absent only where the key makes a repeat harmless', async () => {
    stage = await open('extended', { missingFields: ['note'] });
    await push(note('k-2'));
    const { connector } = stage.subject;
    expect(await connector.probe(stage.context, note('k-2'))).toEqual({ outcome: 'absent' });
    expect((await failureOf(() => connector.probe(stage.context, document('k-3')))).message).toContain('[k-3]');
  });

  it('shows how far an invoice has come, once per key, and the badge as the last one said', async () => {
    stage = await open('extended');
    const { id } = stage.book.receivables.find(({ openMinor }) => openMinor > 0)!;
    const { administration } = shared();
    const status: StateIntent = { kind: 'dunning-status', key: 's-1', administration, receivableSourceId: id, level: 2, status: 'formal-notice', at: '2026-11-20T09:00:00.000Z' }; // prettier-ignore
    expect(await show(status)).toEqual({ outcome: 'applied', remoteId: id });
    expect(await show({ ...status, level: 9 })).toEqual({ outcome: 'applied', remoteId: id });
    expect(await show({ ...status, receivableSourceId: 'none' })).toEqual({ outcome: 'rejected', message: 'Invoice not found.', fields: [] }); // prettier-ignore
    const badge: StateIntent = { kind: 'badge', key: 'b-1', administration, text: '5 overdue', tone: 'alarm' };
    expect(await show(badge)).toEqual({ outcome: 'applied', remoteId: administration });
    expect(await show({ ...badge, text: 'all paid', tone: 'calm' })).toMatchObject({ outcome: 'applied' });
    const { dunning, appInfo } = await booksOf(stage);
    expect(dunning).toEqual([expect.objectContaining({ invoiceId: id, level: 2, status: 'formal-notice' })]);
    expect(appInfo?.badge).toMatchObject({ text: 'all paid', color: '#2e7d32' });
  });

  it('puts the file into the archive to the byte, with its key in the name', async () => {
    stage = await open('public');
    expect((await push(document('k-4'))).outcome).toBe('applied');
    const { documents } = await booksOf(stage);
    expect(documents).toEqual([
      expect.objectContaining({
        name: 'herinnering "1" [k-4].pdf',
        category: '12',
        sha256: createHash('sha256').update(FILE).digest('hex'),
      }),
    ]);
  });

  it('puts nothing into an archive whose accountant made no place for it', async () => {
    stage = await open('public');
    stage.standIn.applyBookCommand({ kind: 'archive-category', name: 'Openpost', remove: true });
    const message = expect.stringMatching(/no category with "Openpost"/);
    expect(await push(document('k-5'))).toEqual({ outcome: 'rejected', message, fields: ['category'] });
    const rights = await stage.subject.connector.rights(stage.context, stage.administration);
    expect(rights.find(({ object }) => object === 'documents')).toEqual({
      object: 'documents',
      allowed: false,
      message,
    });
    stage.standIn.applyBookCommand({ kind: 'archive-category', name: 'Aanmaningen (Openpost)' });
    expect((await push(document('k-5'))).outcome).toBe('applied');
    expect((await booksOf(stage)).documents).toHaveLength(1);
  });

  it('says in words that the public API has no place for notes and statuses, without a call', async () => {
    stage = await open('public');
    const before = stage.standIn.requests.length;
    expect(await push(note('k-6'))).toMatchObject({ outcome: 'rejected', message: expect.stringMatching(/no notes/) });
    const status: StateIntent = { kind: 'dunning-status', key: 's', administration: stage.administration, receivableSourceId: 'x', level: 1, status: 'reminder', at: '2026-11-20T09:00:00Z' }; // prettier-ignore
    expect(await show(status)).toMatchObject({ outcome: 'rejected' });
    expect(stage.standIn.requests.length).toBe(before);
  });
});
