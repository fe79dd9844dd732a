import { debtor, invoice, lineOn, planOn, scenario, sent, step } from './planner-document.js';

const options = { levelOf: 'debtor', grouping: 'debtor', minimumOpen: {} };
const ladder = {
  scenarios: [scenario('standard', [step(1, 'due-date', 10), step(2, 'due-date', 20), step(3, 'previous-step', 10)])],
};
const old = invoice('R1', { dueDate: '2026-10-01' });
const young = invoice('R2', { dueDate: '2026-10-08' });
const reasonsOn = (asOf: string, changes: Record<string, unknown>) =>
  planOn(asOf, { options, ...ladder, ...changes }).decisions.map(({ level, reason, until }) => [level, reason, until]);

describe('the level belongs to the debtor', () => {
  it('the oldest receivable carries what is overdue along; what is not overdue stays behind', () => {
    const receivables = [old, young, invoice('R3', { dueDate: '2026-10-11' })];
    expect(reasonsOn('2026-10-10', { receivables })).toEqual([
      [0, 'NOT_DUE_YET', '2026-10-11'],
      [0, 'NOT_DUE_YET', '2026-10-11'],
      [0, 'NOT_DUE_YET', '2026-10-12'],
    ]);
    expect(reasonsOn('2026-10-11', { receivables })).toEqual([
      [1, 'STEP_DUE', undefined],
      [1, 'STEP_DUE', undefined],
      [0, 'NOT_DUE_YET', '2026-10-12'],
    ]);
  });

  it('a receivable that comes overdue later joins at the level that the debtor has come to', () => {
    const changes = { receivables: [old, young], history: [sent('R1', 1, '2026-10-11')] };
    expect(reasonsOn('2026-10-20', changes)).toEqual([
      [1, 'NEXT_STEP_NOT_DUE', '2026-10-21'],
      [1, 'NEXT_STEP_NOT_DUE', '2026-10-21'],
    ]);
    expect(planOn('2026-10-21', { options, ...ladder, ...changes }).messages).toMatchObject([
      { level: 2, receivables: ['R1', 'R2'], total: '200.00' },
    ]);
  });

  it('the oldest is paid: no level is skipped and none is lost', () => {
    const paid = invoice('R1', { dueDate: '2026-10-01', open: '0.00' });
    const reminded = [sent('R1', 1, '2026-10-11'), sent('R2', 1, '2026-10-11')];
    // R2 was in the message of level 1 and goes on from there, by its own due date
    expect(reasonsOn('2026-10-27', { receivables: [paid, young], history: reminded })[1]).toEqual([
      1,
      'NEXT_STEP_NOT_DUE',
      '2026-10-28',
    ]);
    expect(reasonsOn('2026-10-28', { receivables: [paid, young], history: reminded })[1]).toEqual([
      2,
      'STEP_DUE',
      undefined,
    ]);
    // R2 was never reminded: it starts at the first step, however far R1 had come
    const alone = [sent('R1', 1, '2026-10-11'), sent('R1', 2, '2026-10-21')];
    expect(reasonsOn('2026-11-20', { receivables: [paid, young], history: alone })[1]).toEqual([
      1,
      'STEP_DUE',
      undefined,
    ]);
  });

  it('a disputed oldest receivable does not carry the others', () => {
    const changes = { receivables: [old, young], blocks: [{ receivable: 'R1', kind: 'dispute' }] };
    expect(reasonsOn('2026-10-11', changes)).toEqual([
      [0, 'DISPUTED', undefined],
      [0, 'NOT_DUE_YET', '2026-10-18'],
    ]);
    expect(reasonsOn('2026-10-18', changes)[1]).toEqual([1, 'STEP_DUE', undefined]);
  });

  it('counts the previous step of the debtor', () => {
    const history = [sent('R1', 2, '2026-10-21'), sent('R2', 1, '2026-10-25')];
    const changes = { options, ...ladder, receivables: [old, young], history };
    expect(lineOn('2026-11-03', changes, 'R2')).toBe('wait 2 NEXT_STEP_NOT_DUE 2026-11-04');
    expect(lineOn('2026-11-04', changes, 'R2')).toBe('take 3 STEP_DUE');
  });

  it('takes one step a day, also when the receivable of today’s step was paid since', () => {
    const changes = { receivables: [invoice('R1', { open: '0.00' }), young], history: [sent('R1', 2, '2026-11-20')] };
    expect(reasonsOn('2026-11-20', changes)[1]).toEqual([0, 'STEP_TAKEN_TODAY', '2026-11-21']);
    expect(reasonsOn('2026-11-21', changes)[1]).toEqual([1, 'STEP_DUE', undefined]);
  });

  it('is finished for all when the debtor is at the last step', () => {
    const changes = { receivables: [old, young], history: [sent('R1', 3, '2026-11-01')] };
    expect(reasonsOn('2026-11-20', changes).map(([, reason]) => reason)).toEqual(['LAST_STEP_DONE', 'LAST_STEP_DONE']);
  });

  it('a notice before the due date takes only what it is about', () => {
    const scenarios = [scenario('standard', [step(1, 'due-date', -3), step(2, 'due-date', 10)])];
    const receivables = [old, young];
    expect(reasonsOn('2026-09-28', { scenarios, receivables })).toEqual([
      [1, 'STEP_DUE', undefined],
      [0, 'NOT_DUE_YET', '2026-10-05'],
    ]);
  });

  it('a debtor with something overdue gets no notice about the rest', () => {
    const scenarios = [
      scenario('standard', [step(1, 'due-date', -3, { onlyBeforeDue: true }), step(2, 'due-date', 10)]),
    ];
    const receivables = [old, invoice('R2', { dueDate: '2026-10-06' })];
    expect(reasonsOn('2026-10-04', { scenarios, receivables })).toEqual([
      [0, 'NOT_DUE_YET', '2026-10-11'],
      [0, 'NOT_DUE_YET', '2026-10-11'],
    ]);
  });

  it('a held receivable can be carried along from the day after its block, before its own day', () => {
    const late = invoice('R2', { dueDate: '2026-10-09' });
    const blocks = [{ receivable: 'R2', kind: 'dispute', until: '2026-10-12' }];
    const changes = { receivables: [old, late], blocks };
    expect(reasonsOn('2026-10-10', changes)[1]).toEqual([0, 'DISPUTED', '2026-10-13']);
    expect(reasonsOn('2026-10-13', changes)[1]).toEqual([1, 'STEP_DUE', undefined]);
  });

  it('one debtor’s level is not another’s', () => {
    const changes = { debtors: [debtor('D1'), debtor('D2')], receivables: [old, invoice('R2', { debtor: 'D2' })] };
    expect(reasonsOn('2026-10-21', { ...changes, history: [sent('R1', 1, '2026-10-11')] })).toEqual([
      [2, 'STEP_DUE', undefined],
      [1, 'STEP_DUE', undefined],
    ]);
  });
});
