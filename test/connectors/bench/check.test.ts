import { checkConnector } from '../../../src/connectors/bench/index.js';
import type { Connector, Declaration } from '../../../src/connectors/contract/index.js';
import { exactOnline } from '../../../src/connectors/exact-online/index.js';
import { installedConnectors } from '../../../src/connectors/index.js';
import { connector } from './support.js';

const codesOf = (changes: Partial<Declaration>, functions: Partial<Connector> = {}): string[] =>
  checkConnector({ ...exactOnline, ...functions, declaration: { ...exactOnline.declaration, ...changes } }).map(({ code }) => code); // prettier-ignore

const { auth, objects } = exactOnline.declaration;
const [debtors, ...others] = objects;
const oauth = auth.kind === 'none' ? fail() : auth;

function fail(): never {
  throw new Error('Exact Online has a login');
}

describe('openpost connector check', () => {
  it('finds every connector that there is in order', async () => {
    const all = [
      ...installedConnectors({}),
      ...installedConnectors({ clearfacts: { extra: { profile: 'extended' } } }),
    ];
    expect(all.map((each) => [each.declaration.name, checkConnector(each)])).toEqual(all.map((each) => [each.declaration.name, []])); // prettier-ignore
    const ran = await connector(['check']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toBe(installedConnectors({}).map(({ declaration }) => `${declaration.id}: in order\n`).join('')); // prettier-ignore
    expect(await connector(['check', 'twinfield'])).toEqual({ code: 0, out: 'twinfield: in order\n', err: '' });
  });

  it.each<[string, Partial<Declaration>]>([
    ['ID_FORMAT', { id: 'Exact_Online' }],
    ['TEXT_EMPTY', { name: ' ' }],
    ['VERSION_FORMAT', { version: '1.0' }],
    ['COUNTRIES_EMPTY', { countries: [] }],
    ['COUNTRY_FORMAT', { countries: ['Belgium'] }],
    ['DOCUMENTATION_FORMAT', { documentation: 'ask Anna' }],
    ['HOST_FORMAT', { allowedHosts: ['*.com'] }],
    ['HOST_FORMAT', { allowedHosts: ['https://api.example.com'] }],
    ['AUTH_LIFETIME', { auth: { ...oauth, accessLifetimeSeconds: 0, earliestRefreshSeconds: 0, marginSeconds: 0 } }],
    ['AUTH_REFRESH_WINDOW', { auth: { ...oauth, earliestRefreshSeconds: 570, marginSeconds: 31 } }],
    ['AUTH_IDLE_EXPIRY', { auth: { ...oauth, idleExpiryDays: 0 } }],
    ['AUTH_AMBIGUOUS_REFRESH', { auth: { ...oauth, refreshToken: 'single-use', ambiguousRefreshIsSafe: true } }],
    ['TEXT_EMPTY', { objects: [{ ...debtors!, completeness: '' }, ...others] }],
    ['CURSOR_MISSING', { objects: [{ ...debtors!, cursor: 'none' }, ...others] }],
    ['PAGE_SIZE', { objects: [{ ...debtors!, pageSize: 0 }, ...others] }],
    ['OBJECT_TWICE', { objects: [debtors!, ...objects] }],
    ['PULL_ORDER_EMPTY', { pullOrder: [] }],
    ['PULL_ORDER_TWICE', { pullOrder: ['debtors', 'debtors', 'receivables'] }],
    ['PULL_ORDER_DEBTORS_FIRST', { pullOrder: ['receivables', 'debtors'] }],
    ['PULL_ORDER_DEBTORS_FIRST', { pullOrder: ['receivables'] }],
    ['PULL_ORDER_DELETIONS_LAST', { pullOrder: ['deletions', 'debtors', 'receivables'] }],
    ['BUDGET_EMPTY', { budgets: [{ label: 'calls', count: 60, perSeconds: 0, scope: 'app' }] }],
    ['BUDGET_STOP', { budgets: [{ label: 'calls', count: 60, perSeconds: 60, scope: 'app', stopAt: 50 }] }],
    ['SETTING_KEY', { settings: [{ key: 'Document Type', label: 'x', required: false, secret: false }] }],
  ])('names %s', (code, changes) => {
    expect(codesOf(changes)).toEqual([code]);
  });

  it('names an object that is pulled and not read, and one that is not read and has a place', () => {
    const row = { ...debtors!, readMode: null };
    expect(codesOf({ objects: [row, ...others] })).toEqual(['CURSOR_UNUSED', 'PULL_ORDER_UNREAD']);
    expect(codesOf({ objects: others })).toEqual(['DEBTORS_MISSING', 'PULL_ORDER_UNREAD']);
  });

  it('names what is written in two places, and a state that nothing can show', () => {
    const note = objects.find(({ object }) => object === 'notes')!.writeOperations.find(({ operation }) => operation === 'note')!; // prettier-ignore
    expect(codesOf({ objects: [{ ...debtors!, writeOperations: [note] }, ...others] })).toEqual(['OPERATION_TWICE']);
    const badge = { operation: 'badge', label: 'Badge', idempotency: 'native-key' } as const;
    const without: Partial<Connector> = { show: undefined as never };
    expect(codesOf({ objects: [{ ...debtors!, writeOperations: [badge] }, ...others] }, without)).toContain('SHOW');
  });

  it('names a mapping that throws, or that makes something of nothing', () => {
    const throwing = codesOf({}, { map: () => fail() });
    expect(new Set(throwing)).toEqual(new Set(['MAP_THROWS']));
    const inventing = codesOf({}, { map: () => ({ outcome: 'tombstone', record: { object: 'debtors', sourceId: 'x', sourceVersion: 1n } }) }); // prettier-ignore
    expect(new Set(inventing)).toEqual(new Set(['MAP_THROWS']));
  });

  it('names hints that nobody hears', () => {
    expect(codesOf({}, { hear: undefined as never })).toEqual(['HEAR']);
  });
});
