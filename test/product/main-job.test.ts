import { readFileSync } from 'node:fs';
import { summariseBook } from '../../sandbox/books/index.js';
import { formatMinor, type BusinessDate } from '../../src/kernel/index.js';
import type { ApiClient } from '../../sandbox/demo/api-client.js';
import {
  allItems,
  applyRunOnce,
  connectExact,
  eventually,
  planRunOnce,
  startProduct,
  syncOnce,
  type Product,
  type RunView,
} from '../support/product.js';

interface Overview {
  readonly open: { amount: string };
  readonly openCount: number;
  readonly debtorCount: number;
  readonly lateShare: number;
}
interface Line {
  readonly receivable: { id: string };
  readonly debtor: { id: string };
  readonly decision: string;
  readonly reason: string;
  readonly reasonText: string;
  readonly facts: object;
}
interface Message {
  readonly id: string;
  readonly debtor: { id: string };
  readonly recipient: string;
  readonly state: string;
  readonly total: { amount: string };
  readonly lines: { open: { amount: string } }[];
}
interface Writeback {
  readonly kind: string;
  readonly state: string;
  readonly messageId: string;
  readonly remoteId: string | null;
}
interface LedgerDivision {
  readonly notes: { subject: string; account: string; document: string | null }[];
  readonly documents: { id: string; subject: string; financialTransactionEntryID: string | null }[];
  readonly attachments: { document: string; fileName: string }[];
}

/**
 * The figures straight from the file, by their own arithmetic: the books are shifted so that the newest invoice is
 * today, so an item is open when it was settled after the newest invoice date, and late when settled after its due date.
 */
function figuresOfFile(path: string): { debtors: number; openCount: number; openMinor: number; lateShare: number } {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const column = (name: string): number => header.split(',').indexOf(name);
  const day = (text: string): number => {
    const [month, date, year] = text.split('/').map(Number);
    return Date.UTC(year!, month! - 1, date!);
  };
  const rows = lines.map((line) => line.split(','));
  const newest = Math.max(...rows.map((row) => day(row[column('InvoiceDate')]!)));
  const settled = rows.filter((row) => day(row[column('SettledDate')]!) <= newest);
  const open = rows.filter((row) => day(row[column('SettledDate')]!) > newest);
  const late = settled.filter((row) => day(row[column('SettledDate')]!) > day(row[column('DueDate')]!));
  return {
    debtors: new Set(rows.map((row) => row[column('customerID')])).size,
    openCount: open.length,
    openMinor: open.reduce((sum, row) => sum + Math.round(Number(row[column('InvoiceAmount')]) * 100), 0),
    lateShare: late.length / settled.length,
  };
}

const dataset = process.env['OPENPOST_DATASET'];
const books: [string, { dataset?: string; size?: number; debtors?: number }][] = [
  ['generated books', { size: 2466, debtors: 100 }],
];
if (dataset !== undefined && dataset !== '') books.push(['the file of OPENPOST_DATASET', { dataset }]);

describe.each(books)(
  'the main job on %s: ledger → segments → scenario → reminder → note in the ledger',
  (_name, options) => {
    let product: Product;
    let api: ApiClient;
    let administrationId: string;
    let run: RunView;

    beforeAll(async () => {
      product = await startProduct(options);
      api = await product.api();
      ({ administrationId } = await connectExact(product, api));
    }, 60_000);
    afterAll(() => product.close());

    it('pulls every debtor and receivable, and ties out with the ledger’s own list', async () => {
      const sync = await syncOnce(api, administrationId, true);
      expect(sync).toMatchObject({ state: 'complete', error: null });
      const administration = await api.get<Record<string, unknown>>(`/administrations/${administrationId}`);
      expect(administration).toMatchObject({
        debtorCount: product.book.debtors.length,
        receivableCount: product.book.receivables.length,
        tieOut: { state: 'ties-out' },
      });
    }, 60_000);

    it('shows the same figures as the books: open items, open sum, share paid late', async () => {
      const today = new Date().toISOString().slice(0, 10) as BusinessDate;
      const expected =
        options.dataset === undefined ? summariseBook(product.book, today) : figuresOfFile(options.dataset);
      const overview = await api.get<Overview>('/overview');
      expect(overview.debtorCount).toBe(expected.debtors);
      expect(overview.openCount).toBe(expected.openCount);
      expect(overview.open.amount).toBe(formatMinor(BigInt(expected.openMinor), 'EUR'));
      expect(overview.lateShare).toBeCloseTo(expected.lateShare, 6);
    });

    it('an unchanged pull costs one call per object and changes nothing', async () => {
      const before = await product.database.sql('select max(xmin::text::bigint) as newest, count(*) from receivable');
      const sync = await syncOnce(api, administrationId);
      expect(sync.state).toBe('complete');
      for (const object of sync.objects) expect(object).toMatchObject({ calls: 1, new: 0, changed: 0, deleted: 0 });
      expect(sync.calls).toBe(sync.objects.length);
      expect(await product.database.sql('select max(xmin::text::bigint) as newest, count(*) from receivable')).toEqual(
        before,
      );
    });

    it('puts every debtor in a segment, with a reason', async () => {
      const debtors = await eventually(
        () =>
          allItems<{ segment: { name: string; reason: string } | null }>(
            api,
            `/administrations/${administrationId}/debtors`,
          ),
        (items) => items.every((debtor) => debtor.segment !== null),
      );
      expect(debtors).toHaveLength(product.book.debtors.length);
      for (const { segment } of debtors) expect(segment!.reason.length).toBeGreaterThan(10);
      expect(new Set(debtors.map(({ segment }) => segment!.name)).size).toBeGreaterThan(1);
    });

    it('plans a run that waits for approval and explains every receivable', async () => {
      run = await planRunOnce(api, administrationId);
      expect(run.state).toBe('awaiting_approval');
      const lines = await allItems<Line>(api, `/dunning-runs/${run.id}/lines`);
      expect(lines).toHaveLength(run.summary.lines);
      for (const line of lines) {
        expect(line.reason).toMatch(/^[A-Z_]+$/);
        expect(line.reasonText.length).toBeGreaterThan(10);
        expect(Object.keys(line.facts).length).toBeGreaterThan(0);
      }
    });

    it('sends one message per debtor with the amount that is open, after approval', async () => {
      const applied = await applyRunOnce(api, run.id);
      expect(applied.state).toBe('applied');
      const messages = await eventually(
        () => allItems<Message>(api, `/administrations/${administrationId}/messages`),
        (items) =>
          items.length > 0 && items.every((message) => message.state !== 'queued' && message.state !== 'sending'),
        90_000,
      );
      expect(messages).toHaveLength(run.summary.messages);
      expect(messages.every((message) => message.state === 'sent')).toBe(true);
      expect(new Set(messages.map((message) => message.debtor.id)).size).toBe(messages.length);
      for (const message of messages) {
        const cents = (amount: string): number => Math.round(Number(amount) * 100);
        expect(message.lines.reduce((sum, line) => sum + cents(line.open.amount), 0)).toBe(cents(message.total.amount));
      }
      const received = product.smtp.messages();
      expect(received).toHaveLength(messages.length);
      expect(new Set(received.map((mail) => mail.messageId)).size).toBe(messages.length);
    }, 120_000);

    it('promise 15: writes a note and a document with the letter for every message into the ledger, once', async () => {
      const writebacks = await eventually(
        () => allItems<Writeback>(api, `/administrations/${administrationId}/writebacks`),
        (items) => items.length > 0 && items.every((writeback) => writeback.state === 'applied'),
        120_000,
      );
      expect(writebacks).toHaveLength(run.summary.messages * 2);
      const state = (await (await fetch(`${product.exact.baseUrl}/__sandbox/state`)).json()) as {
        divisions: LedgerDivision[];
      };
      const [division] = state.divisions;
      expect(division!.notes).toHaveLength(run.summary.messages);
      expect(division!.documents).toHaveLength(run.summary.messages);
      expect(division!.attachments).toHaveLength(run.summary.messages);
      expect(new Set(division!.notes.map((note) => note.account)).size).toBe(run.summary.messages);
      for (const note of division!.notes)
        expect(division!.documents.map((document) => document.id)).toContain(note.document);
      for (const document of division!.documents)
        expect(document.financialTransactionEntryID).toEqual(expect.any(String));
    }, 150_000);

    it('promise 1: a second run the same day sends nothing and says why for every receivable', async () => {
      const second = await planRunOnce(api, administrationId);
      expect(second.summary).toMatchObject({ take: 0, messages: 0 });
      const lines = await allItems<Line>(api, `/dunning-runs/${second.id}/lines`);
      expect(lines).toHaveLength(run.summary.lines);
      for (const line of lines) expect(line.reasonText.length).toBeGreaterThan(10);
      expect(product.smtp.messages()).toHaveLength(run.summary.messages);
    });
  },
);
