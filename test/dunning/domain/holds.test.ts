import { debtor, decisionOn, invoice, lineOn, planOn, sent, standard } from './planner-document.js';

const DUE = '2026-10-11';
const block = (kind: string, more: Record<string, unknown> = {}) => ({ receivable: 'R1', kind, ...more });

describe('a block holds, and lets go', () => {
  it.each([
    ['dispute', 'DISPUTED'],
    ['promise', 'PROMISED'],
    ['hold', 'HELD_BY_PERSON'],
    ['plan', 'PLAN'],
    ['pause', 'PAUSED'],
    ['insolvency', 'INSOLVENT'],
  ])('%s', (kind, reason) => {
    expect(lineOn('2027-10-11', { blocks: [block(kind)] })).toBe(`wait 0 ${reason}`);
    const blocks = [block(kind, { until: '2026-10-16' })];
    expect(lineOn(DUE, { blocks })).toBe(`wait 0 ${reason} 2026-10-17`);
    expect(lineOn('2026-10-16', { blocks })).toBe(`wait 0 ${reason} 2026-10-17`);
    expect(lineOn('2026-10-17', { blocks })).toBe('take 1 STEP_DUE');
  });

  it('a promise for Friday that is not kept: the step resumes without a click', () => {
    const blocks = [block('promise', { until: '2026-10-16', amount: '100.00' })];
    expect(lineOn('2026-10-16', { blocks })).toBe('wait 0 PROMISED 2026-10-17');
    expect(lineOn('2026-10-19', { blocks })).toBe('take 1 STEP_DUE');
  });

  it('a promise of part of the amount holds the whole; when part-paid it is broken for the rest', () => {
    const blocks = [block('promise', { until: '2026-10-16', amount: '50.00' })];
    expect(lineOn('2026-10-16', { blocks })).toBe('wait 0 PROMISED 2026-10-17');
    const planned = planOn('2026-10-19', { blocks, receivables: [invoice('R1', { open: '60.00' })] });
    expect(planned.messages).toMatchObject([{ receivables: ['R1'], total: '60.00' }]);
  });

  it('a promise that is kept finishes the receivable, even while it would still hold', () => {
    const changes = {
      blocks: [block('promise', { until: '2026-10-16' })],
      receivables: [invoice('R1', { open: '0.00' })],
    };
    expect(lineOn(DUE, changes)).toBe('finish 0 PAID');
  });

  it('holds until the next step when that comes later than the end of the block', () => {
    expect(lineOn('2026-10-02', { blocks: [block('dispute', { until: '2026-10-05' })] })).toBe(
      'wait 0 DISPUTED 2026-10-11',
    );
  });

  it('of two blocks the stronger names the reason and the later end counts', () => {
    const blocks = [block('promise', { until: '2026-10-30' }), block('dispute', { until: '2026-10-16' })];
    expect(lineOn(DUE, { blocks })).toBe('wait 0 DISPUTED 2026-10-31');
    expect(lineOn('2026-10-20', { blocks })).toBe('wait 0 PROMISED 2026-10-31');
    expect(lineOn(DUE, { blocks: [...blocks, block('hold')] })).toBe('wait 0 DISPUTED');
  });

  it('says what holds it', () => {
    expect(decisionOn(DUE, { blocks: [block('dispute', { until: '2026-10-16' })] }).facts.block).toEqual({
      kind: 'dispute',
      on: 'receivable',
      until: '2026-10-16',
    });
    expect(decisionOn(DUE, { blocks: [{ debtor: 'D1', kind: 'pause' }] }).facts.block).toEqual({
      kind: 'pause',
      on: 'debtor',
    });
  });
});

describe('how far a block reaches', () => {
  const five = ['R1', 'R2', 'R3', 'R4', 'R5'].map((id) => invoice(id));

  it('a dispute on one of five: the other four go out, the total without it', () => {
    const planned = planOn(DUE, { receivables: five, blocks: [block('dispute')] });
    expect(planned.messages).toMatchObject([{ receivables: ['R2', 'R3', 'R4', 'R5'], total: '400.00' }]);
  });

  it('a block on the debtor holds all of it, and nobody else', () => {
    const planned = planOn(DUE, {
      debtors: [debtor('D1'), debtor('D2')],
      receivables: [...five, invoice('R6', { debtor: 'D2' })],
      blocks: [{ debtor: 'D1', kind: 'insolvency' }],
    });
    expect(planned.messages).toMatchObject([{ debtor: 'D2', receivables: ['R6'] }]);
    expect(planned.decisions.map(({ reason }) => reason)).toEqual([...Array(5).fill('INSOLVENT'), 'STEP_DUE']);
  });
});

describe('nobody is reminded', () => {
  it('who has paid', () =>
    expect(lineOn(DUE, { receivables: [invoice('R1', { open: '0.00' })] })).toBe('finish 0 PAID'));

  it('who has no scenario', () => {
    const { scenario: _, ...without } = debtor('D1');
    expect(lineOn(DUE, { debtors: [without] })).toBe('wait 0 NO_SCENARIO');
  });

  it.each([
    ['the debtor', { debtors: [debtor('D1', { directDebit: true })] }],
    ['the receivable', { receivables: [invoice('R1', { directDebit: true })] }],
  ])('by direct debit of %s', (_, changes) => expect(lineOn(DUE, changes)).toBe('wait 0 DIRECT_DEBIT'));

  it.each([['' as string | null], [null]])('by e-mail without an address (%j)', (email) => {
    expect(lineOn(DUE, { debtors: [debtor('D1', { email })] })).toBe('wait 0 NO_RECIPIENT');
  });

  it('but a letter needs no e-mail address', () => {
    const history = [sent('R1', 2, '2026-11-01')];
    expect(lineOn('2026-11-11', { history, debtors: [debtor('D1', { email: null })] })).toBe('take 3 STEP_DUE');
  });

  it.each([
    ['9.99', 'wait 0 BELOW_MINIMUM'],
    ['10.00', 'take 1 STEP_DUE'],
  ])('below the minimum, on the open amount: %s of 100.00', (open, expected) => {
    const options = { minimumOpen: { EUR: '10.00' } };
    expect(lineOn(DUE, { options, receivables: [invoice('R1', { open })] })).toBe(expected);
  });

  it('a minimum holds for its own currency only', () => {
    const changes = {
      options: { minimumOpen: { EUR: '10.00' } },
      receivables: [invoice('R1', { currency: 'USD', open: '1.00' })],
    };
    expect(lineOn(DUE, changes)).toBe('take 1 STEP_DUE');
  });

  it('a step can ask for more than the general minimum', () => {
    const [first, ...others] = standard['steps'] as Record<string, unknown>[];
    const scenarios = [{ id: 'standard', steps: [{ ...first, minimumOpen: { EUR: '100.01' } }, ...others] }];
    expect(lineOn(DUE, { scenarios })).toBe('wait 0 BELOW_MINIMUM');
    expect(lineOn(DUE, { scenarios, receivables: [invoice('R1', { open: '100.01' })] })).toBe('take 1 STEP_DUE');
  });
});

describe('the minimum gap between two messages to one debtor', () => {
  const receivables = [invoice('R1'), invoice('R2', { dueDate: '2026-09-20' })];
  const gap = (days: number) => ({ options: { minimumGapDays: days, minimumOpen: {} }, receivables });
  const history = [sent('R2', 1, '2026-10-05')];

  it.each([
    [6, 'take 1 STEP_DUE'],
    [7, 'wait 0 MINIMUM_GAP 2026-10-12'],
  ])('a message about another receivable six days ago, gap %i', (days, expected) => {
    expect(lineOn(DUE, { ...gap(days), history })).toBe(expected);
  });

  it('counts messages about receivables that were paid since, listed or not', () => {
    const paid = [invoice('R1'), invoice('R2', { open: '0.00' })];
    expect(lineOn(DUE, { ...gap(7), receivables: paid, history })).toBe('wait 0 MINIMUM_GAP 2026-10-12');
    const unlisted = [sent('R0', 3, '2026-10-05', { debtor: 'D1' })];
    expect(lineOn(DUE, { ...gap(7), history: unlisted })).toBe('wait 0 MINIMUM_GAP 2026-10-12');
  });

  it('sent by hand just before midnight: the run just after is held', () => {
    expect(lineOn(DUE, { ...gap(1), history: [sent('R2', 1, '2026-10-11')] })).toBe('wait 0 MINIMUM_GAP 2026-10-12');
    expect(lineOn('2026-10-12', { ...gap(2), history: [sent('R2', 1, '2026-10-11')] })).toBe(
      'wait 0 MINIMUM_GAP 2026-10-13',
    );
  });

  it('one run makes one message per debtor, the most urgent; the others wait their turn', () => {
    const planned = planOn('2026-11-20', { ...gap(7), history: [sent('R2', 1, '2026-10-05')] });
    expect(planned.messages).toMatchObject([{ level: 2, receivables: ['R2'] }]);
    expect(planned.decisions[0]).toMatchObject({ decision: 'wait', reason: 'MINIMUM_GAP', until: '2026-11-27' });
  });

  it('without a gap both go on one day', () => {
    const planned = planOn('2026-11-20', { ...gap(0), history: [sent('R2', 1, '2026-10-05')] });
    expect(planned.messages.map(({ level }) => level)).toEqual([2, 1]);
  });

  it('a longer gap wins over a shorter step', () => {
    const changes = { options: { minimumGapDays: 60, minimumOpen: {} }, history: [sent('R1', 1, '2026-10-11')] };
    expect(lineOn('2026-11-30', changes)).toBe('wait 1 MINIMUM_GAP 2026-12-10');
    expect(lineOn('2026-10-20', changes)).toBe('wait 1 NEXT_STEP_NOT_DUE 2026-12-10');
  });
});
