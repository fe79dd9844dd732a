import { decisionOn, invoice, lineOn, scenario, sent, step } from './planner-document.js';

const strict = { options: { dayBoundary: 'strict', minimumOpen: {} } };
const only = (...steps: Record<string, unknown>[]) => ({ scenarios: [scenario('standard', steps)] });

describe('the day on which a step comes due', () => {
  it.each([
    // ten days after 1 October
    ['inclusive, the day before', '2026-10-10', {}, 'wait 0 NOT_DUE_YET 2026-10-11'],
    ['inclusive, the day itself', '2026-10-11', {}, 'take 1 STEP_DUE'],
    ['strict, the day itself', '2026-10-11', strict, 'wait 0 NOT_DUE_YET 2026-10-12'],
    ['strict, the day after', '2026-10-12', strict, 'take 1 STEP_DUE'],
  ])('%s', (_, asOf, changes, expected) => expect(lineOn(asOf, changes)).toBe(expected));

  it.each([
    ['inclusive, before', '2026-09-27', {}, 'wait 0 NOT_DUE_YET 2026-09-28'],
    ['inclusive, on', '2026-09-28', {}, 'take 1 STEP_DUE'],
    ['strict, on', '2026-09-28', strict, 'wait 0 NOT_DUE_YET 2026-09-29'],
    ['strict, after', '2026-09-29', strict, 'take 1 STEP_DUE'],
  ])('negative days count back from the due date: %s', (_, asOf, changes, expected) => {
    expect(lineOn(asOf, { ...only(step(1, 'due-date', -3)), ...changes })).toBe(expected);
  });

  it.each([
    ['2026-09-14', 'wait 0 NOT_DUE_YET 2026-09-15'],
    ['2026-09-15', 'take 1 STEP_DUE'],
  ])('invoice date + 14 on %s', (asOf, expected) => {
    expect(lineOn(asOf, only(step(1, 'invoice-date', 14)))).toBe(expected);
  });

  it.each([
    // 1 October + 30 is 31 October, already a month's end; + 31 is 1 November and moves to the 30th
    [30, '2026-10-30', 'wait 0 NOT_DUE_YET 2026-10-31'],
    [30, '2026-10-31', 'take 1 STEP_DUE'],
    [31, '2026-11-29', 'wait 0 NOT_DUE_YET 2026-11-30'],
    [31, '2026-11-30', 'take 1 STEP_DUE'],
  ])('end of month after adding %i days, on %s', (days, asOf, expected) => {
    const endOfMonth = step(1, 'due-date', days, { trigger: { anchor: 'due-date', days, endOfMonth: true } });
    expect(lineOn(asOf, only(endOfMonth))).toBe(expected);
  });

  it.each([
    ['2028-02-28', 'wait 0 NOT_DUE_YET 2028-02-29'],
    ['2028-02-29', 'take 1 STEP_DUE'],
  ])('the month of February in a leap year ends on the 29th (%s)', (asOf, expected) => {
    const endOfMonth = step(1, 'due-date', 1, { trigger: { anchor: 'due-date', days: 1, endOfMonth: true } });
    expect(lineOn(asOf, { ...only(endOfMonth), receivables: [invoice('R1', { dueDate: '2028-01-31' })] })).toBe(
      expected,
    );
  });
});

describe('a step that counts from the previous one', () => {
  const history = [sent('R1', 1, '2026-10-12'), sent('R1', 2, '2026-11-02')];

  it.each([
    ['inclusive, before', '2026-11-11', {}, 'wait 2 NEXT_STEP_NOT_DUE 2026-11-12'],
    ['inclusive, on', '2026-11-12', {}, 'take 3 STEP_DUE'],
    ['strict, on', '2026-11-12', strict, 'wait 2 NEXT_STEP_NOT_DUE 2026-11-13'],
    ['strict, after', '2026-11-13', strict, 'take 3 STEP_DUE'],
  ])('%s', (_, asOf, changes, expected) => expect(lineOn(asOf, { history, ...changes })).toBe(expected));

  it('counts from the latest day on which it was sent, whatever the order of the history', () => {
    expect(lineOn('2026-11-12', { history: [sent('R1', 2, '2026-11-05'), ...history] })).toBe(
      'wait 2 NEXT_STEP_NOT_DUE 2026-11-15',
    );
  });

  it('waits until the receivable is overdue again when its due date has moved into the future', () => {
    const receivables = [invoice('R1', { dueDate: '2026-12-01' })];
    const ladder = only(step(1, 'due-date', 10), step(2, 'previous-step', 10));
    const earlier = { ...ladder, receivables, history: [sent('R1', 1, '2026-10-11')] };
    expect(lineOn('2026-12-01', earlier)).toBe('wait 1 NEXT_STEP_NOT_DUE 2026-12-02');
    expect(lineOn('2026-12-02', earlier)).toBe('take 2 STEP_DUE');
  });
});

describe('a step that follows a notice before the due date', () => {
  it('may come before the due date too', () => {
    const ladder = only(step(1, 'due-date', -7), step(2, 'previous-step', 4));
    const history = [sent('R1', 1, '2026-09-24')];
    expect(lineOn('2026-09-27', { ...ladder, history })).toBe('wait 1 NEXT_STEP_NOT_DUE 2026-09-28');
    expect(lineOn('2026-09-28', { ...ladder, history })).toBe('take 2 STEP_DUE');
  });
});

describe('a ladder, not a lift', () => {
  it('a receivable of 400 days on first load enters at level 1', () => {
    expect(lineOn('2027-11-05')).toBe('take 1 STEP_DUE');
  });

  it('after an outage of a month every run takes one step, on different days', () => {
    expect(lineOn('2026-12-15', { history: [sent('R1', 1, '2026-10-11')] })).toBe('take 2 STEP_DUE');
    const second = [sent('R1', 1, '2026-10-11'), sent('R1', 2, '2026-12-15')];
    expect(lineOn('2026-12-15', { history: second })).toBe('wait 2 STEP_TAKEN_TODAY 2026-12-25');
    expect(lineOn('2026-12-16', { history: second })).toBe('wait 2 NEXT_STEP_NOT_DUE 2026-12-25');
  });

  it('two overdue steps never go out on one day', () => {
    const scenarios = [scenario('standard', [step(1, 'due-date', 1), step(2, 'due-date', 2)])];
    const history = [sent('R1', 1, '2026-11-20')];
    expect(lineOn('2026-11-20', { scenarios, history })).toBe('wait 1 STEP_TAKEN_TODAY 2026-11-21');
    expect(lineOn('2026-11-21', { scenarios, history })).toBe('take 2 STEP_DUE');
  });

  it('a level that was set by hand goes on from there', () => {
    expect(lineOn('2026-12-15', { history: [sent('R1', 2, '2026-10-20')] })).toBe('take 3 STEP_DUE');
  });

  it('is finished after the last step, on the same day and ever after', () => {
    const history = [sent('R1', 3, '2026-12-15')];
    expect(lineOn('2026-12-15', { history })).toBe('finish 3 LAST_STEP_DONE');
    expect(lineOn('2030-01-01', { history })).toBe('finish 3 LAST_STEP_DONE');
  });

  it('a scenario that has since become shorter is finished too', () => {
    expect(lineOn('2026-12-15', { ...only(step(1, 'due-date', 10)), history: [sent('R1', 2, '2026-11-01')] })).toBe(
      'finish 2 LAST_STEP_DONE',
    );
  });

  it('passes over a notice that says nothing after the due date, instead of sending it late', () => {
    const ladder = only(step(1, 'due-date', -3, { onlyBeforeDue: true }), step(2, 'due-date', 5));
    expect(lineOn('2026-10-01', ladder)).toBe('take 1 STEP_DUE');
    expect(lineOn('2026-10-02', ladder)).toBe('wait 0 NOT_DUE_YET 2026-10-06');
    expect(lineOn('2026-10-06', ladder)).toBe('take 2 STEP_DUE');
  });
});

describe('a due date that moves after level 1', () => {
  const history = [sent('R1', 1, '2026-10-11')];
  const moved = (dueDate: string) => ({ history, receivables: [invoice('R1', { dueDate })] });

  it('later by 14 days: level 2 moves with it', () => {
    // 15 October + 30 = 14 November, end of month
    expect(lineOn('2026-11-29', moved('2026-10-15'))).toBe('wait 1 NEXT_STEP_NOT_DUE 2026-11-30');
    expect(lineOn('2026-11-30', moved('2026-10-15'))).toBe('take 2 STEP_DUE');
  });

  it('earlier by 60 days: level 2 is due, but not on the day of level 1', () => {
    expect(lineOn('2026-10-11', moved('2026-08-01'))).toBe('wait 1 STEP_TAKEN_TODAY 2026-10-12');
    expect(lineOn('2026-10-12', moved('2026-08-01'))).toBe('take 2 STEP_DUE');
  });
});

describe('every decision explains itself', () => {
  it('names the dates and numbers it used', () => {
    expect(decisionOn('2026-11-12', { history: [sent('R1', 1, '2026-10-12')] })).toEqual({
      receivable: 'R1',
      decision: 'take',
      level: 2,
      channel: 'email',
      reason: 'STEP_DUE',
      facts: {
        debtor: 'D1',
        currency: 'EUR',
        open: '100.00',
        dueDate: '2026-10-01',
        daysOverdue: 42,
        scenario: 'standard',
        lastStep: { level: 1, on: '2026-10-12' },
        nextLevel: 2,
        anchor: 'due-date',
        days: 30,
        endOfMonth: true,
        triggerDate: '2026-10-31',
        dayBoundary: 'inclusive',
      },
    });
  });

  it('names no day beyond the end of the calendar', () => {
    const decision = decisionOn('2026-11-12', { receivables: [invoice('R1', { dueDate: '9999-12-31' })] });
    expect(decision).toMatchObject({ reason: 'NOT_DUE_YET', facts: { dueDate: '9999-12-31' } });
    expect(decision).not.toHaveProperty('until');
  });

  it('says which date is missing', () => {
    const changes = { ...only(step(1, 'invoice-date', 14)), receivables: [invoice('R1', { invoiceDate: null })] };
    expect(decisionOn('2026-11-12', changes)).toMatchObject({
      reason: 'DATE_MISSING',
      facts: { anchor: 'invoice-date' },
    });
  });
});
