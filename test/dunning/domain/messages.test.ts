import { debtor, invoice, planOn, scenario, sent, step } from './planner-document.js';

const ON = '2026-11-20';
const options = (grouping: string) => ({ grouping, minimumOpen: {} });
const credit = (id: string, open: string, more: Record<string, unknown> = {}) =>
  invoice(id, { kind: 'credit-note', open, ...more });

/** Messages as lines: "D1 2 email EUR 100.00: R1 R2". */
function messagesOn(changes: Record<string, unknown>): string[] {
  return planOn(ON, changes).messages.map(
    ({ debtor: to, level, channel, currency, total, receivables }) =>
      `${to} ${level} ${channel} ${currency} ${total}: ${receivables.join(' ')}`,
  );
}

describe('grouping', () => {
  // R1 and R2 take level 1, R3 takes level 2, R4 takes level 3 (a letter).
  const receivables = ['R1', 'R2', 'R3', 'R4'].map((id) => invoice(id));
  const history = [sent('R3', 1, '2026-10-11'), sent('R4', 2, '2026-11-01')];

  it.each([
    [
      'receivable',
      [
        'D1 3 letter EUR 100.00: R4',
        'D1 2 email EUR 100.00: R3',
        'D1 1 email EUR 100.00: R1',
        'D1 1 email EUR 100.00: R2',
      ],
    ],
    ['debtor-level', ['D1 3 letter EUR 100.00: R4', 'D1 2 email EUR 100.00: R3', 'D1 1 email EUR 200.00: R1 R2']],
    ['debtor', ['D1 3 letter EUR 400.00: R1 R2 R3 R4']],
  ])('by %s', (grouping, expected) => {
    expect(messagesOn({ receivables, history, options: options(grouping) })).toEqual(expected);
  });

  it('in one message per debtor each receivable still takes its own step', () => {
    const { decisions } = planOn(ON, { receivables, history, options: options('debtor') });
    expect(decisions.map(({ level, channel, facts }) => [level, channel, facts.messageLevel])).toEqual([
      [1, 'email', 3],
      [1, 'email', 3],
      [2, 'email', 3],
      [3, 'letter', undefined],
    ]);
  });

  it.each(['receivable', 'debtor-level', 'debtor'])('never two currencies in one message (by %s)', (grouping) => {
    const mixed = [invoice('R1'), invoice('R2', { currency: 'USD', open: '70.00' })];
    expect(messagesOn({ receivables: mixed, options: options(grouping) })).toEqual([
      'D1 1 email EUR 100.00: R1',
      'D1 1 email USD 70.00: R2',
    ]);
  });

  it('never two debtors in one message', () => {
    const two = [invoice('R1'), invoice('R2', { debtor: 'D2' })];
    expect(messagesOn({ receivables: two, debtors: [debtor('D1'), debtor('D2')], options: options('debtor') })).toEqual(
      ['D1 1 email EUR 100.00: R1', 'D2 1 email EUR 100.00: R2'],
    );
  });

  it('asks for what is open, not for what was invoiced', () => {
    expect(messagesOn({ receivables: [invoice('R1', { open: '12.34' })] })).toEqual(['D1 1 email EUR 12.34: R1']);
  });
});

describe('what lowers the total', () => {
  it.each([
    ['a credit note', credit('C1', '-30.00'), 'CREDIT_NOTE'],
    ['a credit note whose source writes it without a sign', credit('C1', '30.00'), 'CREDIT_NOTE'],
    ['money not yet allocated', invoice('C1', { kind: 'payment', open: '-30.00' }), 'UNALLOCATED_PAYMENT'],
    ['an invoice that was overpaid', invoice('C1', { open: '-30.00' }), 'CREDIT_NOTE'],
  ])('%s', (_, lowering, reason) => {
    const changes = { receivables: [lowering, invoice('R1')] };
    expect(messagesOn(changes)).toEqual(['D1 1 email EUR 70.00: R1 C1']);
    expect(planOn(ON, changes).decisions[0]).toMatchObject({
      decision: 'wait',
      reason,
      facts: { open: '-30.00', lowersMessage: true, messageLevel: 1 },
    });
  });

  it.each(['receivable', 'debtor-level', 'debtor'])('counts once, in the most urgent message (by %s)', (grouping) => {
    const receivables = [invoice('R1'), invoice('R2'), credit('C1', '-30.00')];
    const { messages } = planOn(ON, {
      receivables,
      history: [sent('R2', 1, '2026-10-11')],
      options: options(grouping),
    });
    expect(messages.filter((message) => message.receivables.includes('C1'))).toHaveLength(1);
    expect(messages[0]?.receivables).toContain('C1');
    expect(messages.map(({ total }) => Number(total)).reduce((a, b) => a + b)).toBe(170);
  });

  it('of another currency or another debtor does not count', () => {
    const receivables = [
      invoice('R1'),
      credit('C1', '-30.00', { currency: 'USD' }),
      credit('C2', '-30.00', { debtor: 'D2' }),
    ];
    expect(messagesOn({ receivables, debtors: [debtor('D1'), debtor('D2')] })).toEqual(['D1 1 email EUR 100.00: R1']);
  });

  it.each([
    ['99.99', ['D1 1 email EUR 0.01: R1 C1']],
    ['100.00', []],
    ['100.01', []],
  ])('a credit of %s against 100.00', (open, expected) => {
    const changes = { receivables: [invoice('R1'), credit('C1', `-${open}`)] };
    expect(messagesOn(changes)).toEqual(expected);
    if (expected.length === 0)
      expect(planOn(ON, changes).decisions[0]).toMatchObject({ reason: 'NET_CREDIT', facts: { credits: `-${open}` } });
  });

  it.each([
    ['94.99', 1],
    ['95.00', 1],
    ['95.01', 0],
  ])('a net below the minimum of 5.00 makes no message (credit %s)', (open, count) => {
    const receivables = [invoice('R1'), credit('C1', `-${open}`)];
    expect(messagesOn({ receivables, options: { minimumOpen: { EUR: '5.00' } } })).toHaveLength(count);
  });

  it('goes to the first message that can bear it whole', () => {
    const receivables = [invoice('R1'), invoice('R2', { open: '20.00' }), credit('C1', '-30.00')];
    expect(messagesOn({ receivables, history: [sent('R2', 1, '2026-10-11')] })).toEqual([
      'D1 2 email EUR 20.00: R2',
      'D1 1 email EUR 70.00: R1 C1',
    ]);
  });

  it('when no message can bear it, as many wait as it covers: never asked for more than the balance', () => {
    const receivables = [
      invoice('R1'),
      invoice('R2', { open: '90.00' }),
      invoice('R3', { open: '80.00' }),
      credit('C1', '-120.00'),
    ];
    const history = [sent('R2', 1, '2026-10-11'), sent('R3', 2, '2026-11-01')];
    expect(messagesOn({ receivables, history })).toEqual(['D1 1 email EUR 100.00: R1']);
    const reasons = planOn(ON, { receivables, history }).decisions.map(({ reason }) => reason);
    expect(reasons).toEqual(['STEP_DUE', 'NET_CREDIT', 'NET_CREDIT', 'CREDIT_NOTE']);
  });

  it('a credit that covers one message exactly leaves the others alone', () => {
    const receivables = [invoice('R1', { open: '50.00' }), invoice('R2'), credit('C1', '-100.00')];
    expect(messagesOn({ receivables, history: [sent('R2', 1, '2026-10-11')] })).toEqual(['D1 1 email EUR 50.00: R1']);
  });

  it('a credit that is used up is finished', () => {
    expect(planOn(ON, { receivables: [credit('C1', '0.00')] }).decisions[0]).toMatchObject({
      decision: 'finish',
      reason: 'PAID',
    });
  });

  it('a credit alone makes no message', () => {
    const { decisions, messages } = planOn(ON, { receivables: [credit('C1', '-30.00')] });
    expect(messages).toEqual([]);
    expect(decisions[0]).toMatchObject({ decision: 'wait', facts: { lowersMessage: false } });
  });
});

describe('fees and interest of the steps that are sent', () => {
  const final = (more: Record<string, unknown>) => ({
    scenarios: [scenario('standard', [step(1, 'due-date', 10, more)])],
  });
  const sums = (changes: Record<string, unknown>) =>
    planOn(ON, changes).messages.map(({ total, fees, interest }) => [total, fees, interest]);

  it('a fixed fee once per receivable, beside the total', () => {
    const receivables = [invoice('R1'), invoice('R2'), credit('C1', '-50.00')];
    expect(sums({ ...final({ fee: { fixed: '10.00' } }), receivables })).toEqual([['150.00', '20.00', '0.00']]);
  });

  it('a percentage of the open principal', () => {
    const receivables = [invoice('R1', { open: '60.50' })];
    expect(sums({ ...final({ fee: { fixed: '1.00', percent: '5' } }), receivables })).toEqual([
      ['60.50', '4.03', '0.00'],
    ]);
  });

  it('a fee in a named currency is not asked in another', () => {
    const receivables = [invoice('R1'), invoice('R2', { currency: 'USD' })];
    const fee = { fixed: '10.00', currency: 'EUR' };
    expect(sums({ ...final({ fee }), receivables })).toEqual([
      ['100.00', '10.00', '0.00'],
      ['100.00', '0.00', '0.00'],
    ]);
  });

  it.each([
    // 1 October to 20 November: 50 days; by 30/360 49
    ['act/365', '13.70'],
    ['act/360', '13.89'],
    ['30/360', '13.61'],
  ])('interest of 10 %% on 1,000.00 by %s', (dayCount, interest) => {
    const changes = { ...final({ interest: { annualPercent: '10' } }), options: { dayCount, minimumOpen: {} } };
    expect(sums({ ...changes, receivables: [invoice('R1', { open: '1000.00' })] })).toEqual([
      ['1000.00', '0.00', interest],
    ]);
  });

  it('by 30/360 the 31st counts as the 30th, at both ends', () => {
    const changes = {
      ...final({ interest: { annualPercent: '36' } }),
      options: { dayCount: '30/360', minimumOpen: {} },
    };
    const from31 = [invoice('R1', { open: '1000.00', dueDate: '2026-08-31' })];
    // 36 % a year on 1,000.00 is 1.00 a day
    expect(planOn('2026-09-30', { ...changes, receivables: from31 }).messages[0]?.interest).toBe('30.00');
    expect(planOn('2026-10-31', { ...changes, receivables: from31 }).messages[0]?.interest).toBe('60.00');
  });

  it('no interest before the due date', () => {
    const notice = {
      scenarios: [scenario('standard', [step(1, 'invoice-date', 1, { interest: { annualPercent: '10' } })])],
    };
    expect(sums({ ...notice, receivables: [invoice('R1', { dueDate: ON })] })).toEqual([['100.00', '0.00', '0.00']]);
  });

  it('a message of several levels asks for the fee of each receivable’s own step', () => {
    const steps = [
      step(1, 'due-date', 10, { fee: { fixed: '1.00' } }),
      step(2, 'due-date', 20, { fee: { fixed: '5.00' } }),
    ];
    const changes = { scenarios: [scenario('standard', steps)], history: [sent('R2', 1, '2026-10-11')] };
    expect(sums({ ...changes, receivables: [invoice('R1'), invoice('R2')], options: options('debtor') })).toEqual([
      ['200.00', '6.00', '0.00'],
    ]);
  });
});
