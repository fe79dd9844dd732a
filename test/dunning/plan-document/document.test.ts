import { InvalidJson } from '../../../src/dunning/domain/index.js';
import { DEFAULT_OPTIONS, parsePlanDocument } from '../../../src/dunning/plan-document/index.js';
import { debtor, documentOf, invoice, plan, scenario, sent, step } from '../domain/planner-document.js';

/** The example of the interface, word for word. */
const EXAMPLE = `{ "asOf": "2026-11-22",
  "options": { "dayBoundary": "inclusive", "levelOf": "receivable", "grouping": "debtor-level", "minimumGapDays": 0,
               "minimumOpen": {"EUR": "0.10"}, "dayCount": "act/365" },
  "scenarios": [ { "id": "standard", "steps": [
      { "level": 1, "channel": "email",  "trigger": { "anchor": "due-date", "days": 10 } },
      { "level": 2, "channel": "email",  "trigger": { "anchor": "due-date", "days": 30, "endOfMonth": true } },
      { "level": 3, "channel": "letter", "trigger": { "anchor": "previous-step", "days": 10 }, "fee": {"fixed": "10.00"}, "final": true } ] } ],
  "debtors": [ { "id": "D1", "scenario": "standard", "country": "NL", "kind": "business", "language": "nl", "email": "a@example.com" } ],
  "receivables": [ { "id": "R1", "debtor": "D1", "invoiceNumber": "2026-001", "kind": "invoice", "invoiceDate": "2026-09-01",
                     "dueDate": "2026-10-01", "currency": "EUR", "amount": "1000.00", "open": "1000.00" } ],
  "blocks": [ { "receivable": "R1", "kind": "promise", "until": "2026-12-01", "amount": "500.00" } ],
  "history": [ { "receivable": "R1", "level": 1, "sentOn": "2026-10-11" } ] }`;

function pathsOf(document: unknown): string[] {
  try {
    parsePlanDocument(document);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidJson)) throw error;
    return error.issues.map(({ path }) => path);
  }
}

describe('the example of the interface', () => {
  const example = (): Record<string, unknown> => JSON.parse(EXAMPLE) as Record<string, unknown>;

  it('waits for the promise', () => {
    expect(plan(example())).toMatchObject({
      asOf: '2026-11-22',
      decisions: [
        { receivable: 'R1', decision: 'wait', level: 1, channel: null, reason: 'PROMISED', until: '2026-12-02' },
      ],
      messages: [],
    });
  });

  it('takes level 2 the day after, and level 3 ten days later, with its fee', () => {
    const message = { debtor: 'D1', currency: 'EUR', receivables: ['R1'], total: '1000.00', interest: '0.00' };
    expect(plan({ ...example(), asOf: '2026-12-02' }).messages).toEqual([
      { ...message, level: 2, channel: 'email', fees: '0.00' },
    ]);
    const history = [sent('R1', 1, '2026-10-11'), sent('R1', 2, '2026-12-02')];
    expect(plan({ ...example(), asOf: '2026-12-11', history }).messages).toEqual([]);
    expect(plan({ ...example(), asOf: '2026-12-12', history }).messages).toEqual([
      { ...message, level: 3, channel: 'letter', fees: '10.00' },
    ]);
  });

  it('has exactly the keys that were promised', () => {
    const { decisions, messages } = plan({ ...example(), blocks: [] });
    expect(Object.keys(decisions[0]!)).toEqual(['receivable', 'decision', 'level', 'channel', 'reason', 'facts']);
    expect(Object.keys(messages[0]!)).toEqual([
      'debtor',
      'level',
      'channel',
      'currency',
      'receivables',
      'total',
      'fees',
      'interest',
    ]);
  });

  it('means the same without its options', () => {
    const { options, ...bare } = example();
    expect(parsePlanDocument(bare)).toEqual(parsePlanDocument({ ...bare, options }));
    expect(parsePlanDocument({ ...bare, options: { minimumGapDays: 3 } }).options).toEqual({
      ...DEFAULT_OPTIONS,
      minimumGapDays: 3,
    });
  });
});

describe('a document that contradicts itself or the format', () => {
  const receivable = (more: Record<string, unknown>) => documentOf({ receivables: [invoice('R1', more)] });
  const without = (key: string) => Object.fromEntries(Object.entries(documentOf()).filter(([name]) => name !== key));

  it.each<[string, unknown, string]>([
    ['no object', [], '$'],
    ['no day', without('asOf'), '$.asOf'],
    ['a day that does not exist', documentOf({ asOf: '2026-02-29' }), '$.asOf'],
    ['a day with a time', documentOf({ asOf: '2026-10-11T00:00:00Z' }), '$.asOf'],
    ['no receivables', without('receivables'), '$.receivables'],
    ['receivables that are no list', documentOf({ receivables: {} }), '$.receivables'],
    ['an unknown key', documentOf({ recievables: [] }), '$.recievables'],
    ['an unknown option', documentOf({ options: { minimumGapDay: 3 } }), '$.options.minimumGapDay'],
    ['an unknown boundary', documentOf({ options: { dayBoundary: 'exclusive' } }), '$.options.dayBoundary'],
    ['an unknown owner of levels', documentOf({ options: { levelOf: 'customer' } }), '$.options.levelOf'],
    ['an unknown grouping', documentOf({ options: { grouping: 'all' } }), '$.options.grouping'],
    ['an unknown day count', documentOf({ options: { dayCount: 'act/366' } }), '$.options.dayCount'],
    ['a negative gap', documentOf({ options: { minimumGapDays: -1 } }), '$.options.minimumGapDays'],
    ['a negative minimum', documentOf({ options: { minimumOpen: { EUR: '-1.00' } } }), '$.options.minimumOpen.EUR'],
    ['a minimum in an unknown currency', documentOf({ options: { minimumOpen: { EURO: '1.00' } } }), '$.options.minimumOpen.EURO'],
    ['a minimum that is a number', documentOf({ options: { minimumOpen: { EUR: 1 } } }), '$.options.minimumOpen.EUR'],
    ['two scenarios of one id', documentOf({ scenarios: [1, 2].map(() => scenario('standard', [step(1, 'due-date', 1)])) }), '$.scenarios[1].id'],
    ['a scenario with two steps at one level', documentOf({ scenarios: [scenario('standard', [step(1, 'due-date', 1), step(1, 'due-date', 2)])] }), '$.scenarios[0].steps[1].level'],
    ['two debtors of one id', documentOf({ debtors: [debtor('D1'), debtor('D1')] }), '$.debtors[1].id'],
    ['a debtor of an unknown scenario', documentOf({ debtors: [debtor('D1', { scenario: 'none' })] }), '$.debtors[0].scenario'],
    ['a debtor of an unknown kind', documentOf({ debtors: [debtor('D1', { kind: 'company' })] }), '$.debtors[0].kind'],
    ['an e-mail address that is none', documentOf({ debtors: [debtor('D1', { email: 'jan' })] }), '$.debtors[0].email'],
    ['two receivables of one id', documentOf({ receivables: [invoice('R1'), invoice('R1')] }), '$.receivables[1].id'],
    ['a receivable of nobody', receivable({ debtor: 'D9' }), '$.receivables[0].debtor'],
    ['an id that is a number', receivable({ id: 1 }), '$.receivables[0].id'],
    ['an unknown kind', receivable({ kind: 'bill' }), '$.receivables[0].kind'],
    ['an unknown currency', receivable({ currency: 'EURO' }), '$.receivables[0].currency'],
    ['no currency', receivable({ currency: null }), '$.receivables[0].currency'],
    ['no due date', receivable({ dueDate: null }), '$.receivables[0].dueDate'],
    ['a due date in another order', receivable({ dueDate: '01-10-2026' }), '$.receivables[0].dueDate'],
    ['an amount that is a number', receivable({ open: 100 }), '$.receivables[0].open'],
    ['an amount with a comma', receivable({ open: '1,000.00' }), '$.receivables[0].open'],
    ['too many decimals', receivable({ open: '1.005' }), '$.receivables[0].open'],
    ['half a yen', receivable({ currency: 'JPY', open: '1.5', amount: '2' }), '$.receivables[0].open'],
    ['a block on nothing', documentOf({ blocks: [{ kind: 'hold' }] }), '$.blocks[0]'],
    ['a block on two things', documentOf({ blocks: [{ kind: 'hold', receivable: 'R1', debtor: 'D1' }] }), '$.blocks[0]'],
    ['a block on an unknown receivable', documentOf({ blocks: [{ kind: 'hold', receivable: 'R9' }] }), '$.blocks[0].receivable'],
    ['an unknown block', documentOf({ blocks: [{ kind: 'snooze', receivable: 'R1' }] }), '$.blocks[0].kind'],
    ['history of an unknown receivable', documentOf({ history: [sent('R9', 1, '2026-10-01')] }), '$.history[0].receivable'],
    ['history from the future', documentOf({ history: [sent('R1', 1, '2026-10-12')] }), '$.history[0].sentOn'],
    ['history of level 0', documentOf({ history: [sent('R1', 0, '2026-10-01')] }), '$.history[0].level'],
  ])('%s', (_, document, path) => expect(pathsOf(document)).toContain(path)); // prettier-ignore

  it('a fee that a currency in use cannot express', () => {
    const scenarios = [scenario('standard', [step(1, 'due-date', 1, { fee: { fixed: '10.50' } })])];
    expect(pathsOf(documentOf({ scenarios }))).toEqual([]);
    expect(
      pathsOf(documentOf({ scenarios, receivables: [invoice('R1', { currency: 'JPY', amount: '1', open: '1' })] })),
    ).toEqual(['$.scenarios[0].steps[0].fee.fixed']);
  });

  it('collects everything that is wrong', () => {
    const document = documentOf({
      asOf: 'today',
      receivables: [invoice('R1', { open: '1,00', currency: 'EUR', debtor: 'D2' })],
    });
    expect(pathsOf(document)).toEqual(['$.asOf', '$.receivables[0].open', '$.receivables[0].debtor']);
  });
});
