import { createClearFacts } from '../../../src/connectors/clearfacts/index.js';
import type { Page } from '../../../src/connectors/contract/index.js';
import type { LedgerObject } from '../../../src/ledger/domain/index.js';
import { failureOf, recordsOf, type Stage } from '../../contract/stage.js';
import { clock, open, withToken } from './support.js';

describe('what ClearFacts does not offer for an administration', () => {
  let stage: Stage;
  afterEach(() => stage.standIn.close());

  const rightsOf = async () => stage.subject.connector.rights(stage.context, stage.administration);

  it('is left out of the pull: names instead of details, no receivables, and rights that say why', async () => {
    stage = await open('extended', { missingFields: ['customerDetails', 'salesInvoices', 'addNote'] }, 400, 230);
    const debtors = await stage.walk('debtors');
    const mapped = recordsOf(debtors.records.map((raw) => stage.map('debtors', raw)), 'debtor'); // prettier-ignore
    expect(new Set(mapped.map(({ record }) => record.sourceId))).toEqual(
      new Set(stage.book.debtors.map(({ id }) => id)),
    );
    expect(mapped[0]!.record).toMatchObject({ email: null, vatNumber: null, kind: 'consumer', sourceVersion: 0n });
    const receivables = await stage.walk('receivables');
    expect([receivables.records, receivables.calls]).toEqual([[], 1]);
    const rights = await rightsOf();
    expect(rights.filter(({ allowed }) => !allowed).map(({ object }) => object)).toEqual([
      'receivables',
      'open-items',
      'notes',
    ]);
    expect(rights.find(({ object }) => object === 'receivables')?.message).toBe('Cannot query field "salesInvoices" on type "Query".'); // prettier-ignore
    expect(rights.find(({ object }) => object === 'debtors')?.message).toMatch(/^Id and name only/);
  });

  it('never looks like an empty list of open items', async () => {
    stage = await open('extended', { missingFields: ['salesInvoices'] });
    const first = stage.subject.connector.firstPosition('open-items');
    expect((await failureOf(() => stage.pull('open-items', first))).kind).toBe('scope_missing');
  });

  it('is tried again by the next pull', async () => {
    stage = await open('extended', { missingFields: ['customerDetails'] });
    const { position } = await stage.walk('debtors');
    expect(position).toEqual(stage.subject.connector.firstPosition('debtors'));
  });

  it('is the same for a consent that does not cover it', async () => {
    const token = 'q'.repeat(80);
    const personal = {
      token,
      userName: 'demo@openpost.example',
      scopes: ['openid', 'read_administrations', 'contact_read'],
    };
    stage = await open('extended', { personalAccessTokens: [personal] });
    const context = withToken(stage, token);
    const { connector } = stage.subject;
    const pull = (object: LedgerObject): Promise<Page> =>
      connector.pull(context, { object, administration: stage.administration, position: connector.firstPosition(object), limit: 100 }); // prettier-ignore
    expect((await pull('receivables')).records).toEqual([]);
    expect((await pull('debtors')).records).toHaveLength(stage.book.debtors.length);
    const rights = await connector.rights(context, stage.administration);
    expect(rights.find(({ object }) => object === 'receivables')).toEqual({
      object: 'receivables',
      allowed: false,
      message: 'Access denied: scope invoice_read is missing.',
    });
  });

  it('does not hide that everything is refused', async () => {
    stage = await open('extended');
    stage.standIn.arm({ kind: '403', match: '#salesInvoices' });
    const first = stage.subject.connector.firstPosition('receivables');
    expect((await failureOf(() => stage.pull('receivables', first))).kind).toBe('scope_missing');
  });

  it('is told beforehand for the public API, which is never asked for more', async () => {
    stage = await open('public');
    const { declaration } = stage.subject.connector;
    const receivables = declaration.objects.find(({ object }) => object === 'receivables')!;
    expect(receivables).toMatchObject({
      readMode: null,
      completeness: expect.stringMatching(/^None\. The public API/),
    });
    expect(declaration.objects.flatMap(({ writeOperations }) => writeOperations.map(({ operation }) => operation))).toEqual(['document', 'badge']); // prettier-ignore
    for (const object of ['debtors', 'receivables', 'open-items', 'deletions'] as const) await stage.walk(object);
    await rightsOf();
    const asked = stage.standIn.requests.map(({ path }) => path);
    expect(asked.filter((path) => /salesInvoices|customerDetails|addNote|setDunningStatus|#note/.test(path))).toEqual(
      [],
    );
  });

  it('never answers a probe of rights with a write', async () => {
    stage = await open('extended');
    await rightsOf();
    const state = await (await fetch(`${stage.standIn.baseUrl}/__sandbox/state`)).json();
    expect(state).toMatchObject({ administrations: [{ notes: [], dunning: [], documents: [], appInfo: null }] });
  });

  it('declares one package under either profile, and says in its name which', () => {
    stage = { standIn: { close: async () => undefined } } as unknown as Stage;
    const [asItIs, proposed] = [createClearFacts('public', clock), createClearFacts('extended', clock)];
    expect([asItIs.declaration.id, proposed.declaration.id]).toEqual(['clearfacts', 'clearfacts']);
    expect(proposed.declaration.name).toMatch(/proposed/);
  });
});
