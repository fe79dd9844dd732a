import type { Book } from '../../../sandbox/books/index.js';
import { createExactOnlineSandbox, type ExactOnlineSandboxOptions } from '../../../sandbox/exact-online/index.js';
import { createExactOnline } from '../../../src/connectors/exact-online/index.js';
import { fixedClock } from '../../../src/kernel/index.js';
import { newBook } from '../../contract/reading.js';
import { failureOf, NOW, recordsOf, Stage } from '../../contract/stage.js';

const clock = fixedClock(NOW);
const connector = createExactOnline(clock);
const calls = { token: '', receivables: '', note: '', document: '', file: '' };

async function open(options: Partial<ExactOnlineSandboxOptions>): Promise<Stage> {
  const start = (book: Book) => createExactOnlineSandbox({ books: [book], clock, quota: false, ...options });
  return Stage.open({ connector, start, calls }, await newBook(300));
}

const sum = (values: readonly bigint[]): bigint => values.reduce((total, each) => total + each, 0n);

describe('what nobody could tell for certain about Exact', () => {
  let stage: Stage;
  afterEach(() => stage.standIn.close());

  it.each<[string, Partial<ExactOnlineSandboxOptions>]>([
    ['the list of open items is positive, matched terms keep their amount', {}],
    ['the list of open items is negative', { receivablesListSign: 'negative' }],
    ['matched terms have no amount', { settledAmount: 'zero' }],
  ])('the totals agree when %s', async (_name, options) => {
    stage = await open(options);
    const terms = (await stage.walk('receivables')).records.map((raw) => stage.map('receivables', raw));
    const list = (await stage.walk('open-items')).records.map((raw) => stage.map('open-items', raw));
    const expected = sum(stage.book.receivables.map(({ openMinor }) => BigInt(openMinor)));
    expect(sum(recordsOf(terms, 'receivable').map(({ record }) => record.openAmount))).toBe(expected);
    expect(sum(recordsOf(list, 'open-item').map(({ record }) => record.openAmount))).toBe(expected);
  });

  it('a user without the right sees an empty list, and the question about rights tells why', async () => {
    const user = { userName: 'a@example.com', password: 'x', missingRights: ['sync/Cashflow/PaymentTerms'] };
    stage = await open({ users: [user] });
    expect((await stage.walk('receivables')).records).toEqual([]);
    const rights = await connector.rights(stage.context, stage.administration);
    expect(rights.filter(({ allowed }) => !allowed).map(({ object }) => object)).toEqual(['receivables']);
  });

  it('an app without a scope is told which one, and what does not work without it', async () => {
    stage = await open({ missingScopes: ['organization.workflow'] });
    const rights = await connector.rights(stage.context, stage.administration);
    const missing = rights.filter(({ allowed }) => !allowed);
    expect(missing.map(({ object }) => object)).toEqual(['notes', 'tasks']);
    expect(missing[0]).toEqual({
      object: 'notes',
      allowed: false,
      message:
        'The app lacks the scope "Organization workflow (Manage)" (organization.workflow); give it in the App Center and ' +
        'connect again. Without it no note of a sent message is written to the debtor in Exact Online.',
      scope: 'Organization workflow (Manage)',
      disables: 'no note of a sent message is written to the debtor in Exact Online',
    });
  });

  it('what is left of the minute is seen, and its end is named when it is used up', async () => {
    stage = await open({ quota: true });
    const pull = () => stage.pull('deletions', connector.firstPosition('deletions'));
    // One of the sixty was spent on asking which divisions there are.
    for (let left = 58; left >= 0; left -= 1) {
      const minute = (await pull()).budgets.find(({ scope }) => scope === 'minute');
      expect(minute).toEqual({
        scope: 'minute',
        limit: 60,
        remaining: left,
        resetsAt: new Date('2026-11-20T09:01:00Z'),
      });
    }
    const error = await failureOf(pull);
    expect([error.kind, error.until]).toEqual(['rate_limited', new Date('2026-11-20T09:01:00Z')]);
  });

  it('every version is new after a division has moved, and the administration shows that it moved', async () => {
    stage = await open({});
    const all = (await stage.walk('receivables')).records.length;
    const [before] = (await connector.check(stage.context)).administrations;
    stage.standIn.applyBookCommand({ kind: 'move-division' });
    const [after] = (await connector.check(stage.context)).administrations;
    expect(after!.rebaseMarkers).not.toEqual(before!.rebaseMarkers);
    expect(after!.rebaseMarkers['DivisionMoveDate']).toMatch(/^\/Date\(\d+\)\/$/);
    expect((await stage.walk('receivables')).records).toHaveLength(all);
  });

  it('the log of deletions can be begun where it stands: what is older stays unread, what comes is read', async () => {
    stage = await open({});
    const request = { administration: stage.administration, object: 'deletions' } as const;
    expect(await connector.signpost!(stage.context, request)).toBeNull();
    const [old, recent, later] = stage.book.receivables.map(({ id }) => id) as [string, string, string];
    stage.standIn.setClock('2026-11-10T09:00:00Z', true);
    stage.standIn.applyBookCommand({ kind: 'delete', receivable: old });
    stage.standIn.setClock(NOW, true);
    stage.standIn.applyBookCommand({ kind: 'delete', receivable: recent });
    const position = await connector.signpost!(stage.context, request);
    stage.standIn.applyBookCommand({ kind: 'delete', receivable: later });
    const read = (await stage.walk('deletions', position!)).records.map((raw) => stage.map('deletions', raw));
    expect(recordsOf(read, 'tombstone').map(({ record }) => record.sourceId)).toEqual([recent, later]);
    expect((await stage.walk('deletions')).records).toHaveLength(3);
    expect(await connector.signpost!(stage.context, { ...request, object: 'receivables' })).toBeNull();
  });

  it('a booking that was edited comes as a new receivable of the same transaction, and the old one as deleted', async () => {
    stage = await open({});
    const { position } = await stage.walk('receivables');
    const deletions = await stage.walk('deletions');
    const { id, transactionId } = stage.book.receivables.find(({ openMinor }) => openMinor > 0)!;
    stage.standIn.applyBookCommand({ kind: 'regenerate', receivable: id });
    const [again] = recordsOf((await stage.walk('receivables', position)).records.map((raw) => stage.map('receivables', raw)), 'receivable'); // prettier-ignore
    expect(again!.record.transactionSourceId).toBe(transactionId);
    expect(again!.record.sourceId).not.toBe(id);
    const gone = (await stage.walk('deletions', deletions.position)).records.map((raw) => stage.map('deletions', raw));
    const [tombstone] = recordsOf(gone, 'tombstone');
    expect(tombstone!.record).toMatchObject({ object: 'receivables', sourceId: id });
  });
});
