import { feeOf, InvalidJson, validateScenario } from '../../../src/dunning/domain/index.js';
import { scenario, step } from './planner-document.js';

/** What `validateScenario` complains about, as "path: expected" lines. */
function issuesOf(json: unknown, path?: string): string[] {
  try {
    validateScenario(json, path);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidJson)) throw error;
    return error.issues.map((issue) => `${issue.path}: ${issue.expected}`);
  }
}

const steps = (...list: Record<string, unknown>[]): unknown => scenario('s', list);

describe('a scenario that is accepted', () => {
  it('comes back as it went in', () => {
    const json = scenario('s', [
      step(1, 'due-date', -3, { onlyBeforeDue: true, name: 'Notice', template: 'notice', approval: 'automatic' }),
      step(2, 'due-date', 10, {
        fee: { fixed: '10.00', currency: 'EUR', percent: '1.5' },
        minimumOpen: { EUR: '5.00' },
      }),
      step(3, 'invoice-date', 30, { interest: { annualPercent: '10.15' } }),
      step(4, 'previous-step', 0, { channel: 'letter', final: true }),
    ]);
    expect(validateScenario(json)).toEqual(json);
  });

  it.each([
    [
      'two notices before the due date',
      steps(step(1, 'due-date', -7), step(2, 'due-date', -1), step(3, 'due-date', 10)),
    ],
    ['two steps at the same day', steps(step(1, 'due-date', 10), step(2, 'due-date', 10, { channel: 'letter' }))],
    ['other anchors are not compared', steps(step(1, 'invoice-date', 40), step(2, 'due-date', 15))],
  ])('%s', (_, json) => expect(issuesOf(json)).toEqual([]));
});

describe('a scenario that is refused', () => {
  it.each([
    ['two steps at one level', steps(step(1, 'due-date', 10), step(1, 'due-date', 20)), '$.steps[1].level'],
    ['levels out of order', steps(step(2, 'due-date', 10), step(1, 'due-date', 20)), '$.steps[0].level'],
    ['a gap in the levels', steps(step(1, 'due-date', 10), step(3, 'due-date', 20)), '$.steps[1].level'],
    ['level 0', steps(step(0, 'due-date', 10)), '$.steps[0].level'],
    ['a first step after a previous one', steps(step(1, 'previous-step', 10)), '$.steps[0].trigger.anchor'],
    [
      'a step after a notice that may be passed over',
      steps(step(1, 'due-date', -3, { onlyBeforeDue: true }), step(2, 'previous-step', 10)),
      '$.steps[1].trigger.anchor',
    ],
    ['half days', steps(step(1, 'due-date', 1.5)), '$.steps[0].trigger.days'],
    [
      'days as text',
      steps(step(1, 'due-date', 10, { trigger: { anchor: 'due-date', days: '10' } })),
      '$.steps[0].trigger.days',
    ],
    ['an unknown anchor', steps(step(1, 'delivery-date', 10)), '$.steps[0].trigger.anchor'],
    ['an unknown channel', steps(step(1, 'due-date', 10, { channel: 'fax' })), '$.steps[0].channel'],
    ['an inverted sign', steps(step(1, 'due-date', 10), step(2, 'due-date', -30)), '$.steps[1].trigger.days'],
    ['days that run backwards', steps(step(1, 'due-date', 30), step(2, 'due-date', 10)), '$.steps[1].trigger.days'],
    [
      'a step before the previous one',
      steps(step(1, 'due-date', 10), step(2, 'previous-step', -5)),
      '$.steps[1].trigger.days',
    ],
    [
      'a fee before the due date',
      steps(step(1, 'due-date', -1, { fee: { fixed: '1.00' } })),
      '$.steps[0].trigger.days',
    ],
    ['a final step before the due date', steps(step(1, 'due-date', -1, { final: true })), '$.steps[0].trigger.days'],
    [
      'a final step that is not the last',
      steps(step(1, 'due-date', 1, { final: true }), step(2, 'due-date', 2)),
      '$.steps[0].final',
    ],
    [
      'a late notice that must come early',
      steps(step(1, 'due-date', 5, { onlyBeforeDue: true })),
      '$.steps[0].onlyBeforeDue',
    ],
    ['no steps', steps(), '$.steps'],
    ['steps that are no list', { id: 's', steps: {} }, '$.steps'],
    ['no id', { steps: [step(1, 'due-date', 1)] }, '$.id'],
    [
      'a mistyped key',
      steps(step(1, 'due-date', 1, { trigger: { anchor: 'due-date', days: 1, endofmonth: true } })),
      '$.steps[0].trigger.endofmonth',
    ],
    ['a negative fee', steps(step(1, 'due-date', 1, { fee: { fixed: '-1.00' } })), '$.steps[0].fee.fixed'],
    ['a fee that is a number', steps(step(1, 'due-date', 1, { fee: { fixed: 10 } })), '$.steps[0].fee.fixed'],
    ['a fee of nothing', steps(step(1, 'due-date', 1, { fee: {} })), '$.steps[0].fee'],
    [
      'a minimum in no currency',
      steps(step(1, 'due-date', 1, { minimumOpen: { XXX: '1.00' } })),
      '$.steps[0].minimumOpen.XXX',
    ],
    ['not an object', 'standard', '$'],
    ['nothing', null, '$'],
  ])('%s', (_, json, path) => expect(issuesOf(json).map((line) => line.split(': ')[0])).toContain(path));

  it('names all that is wrong at once, under the path it was given', () => {
    const json = scenario('', [step(1, 'due-date', 1.5, { channel: 'fax' })]);
    expect(issuesOf(json, '$.scenarios[2]')).toEqual([
      '$.scenarios[2].steps[0].channel: one of "email", "letter", "task", "webhook", got "fax"',
      '$.scenarios[2].steps[0].trigger.days: a whole number from -3660 to 3660, got 1.5',
      '$.scenarios[2].id: a text that is not empty, got ""',
    ]);
  });
});

describe('a fee', () => {
  it.each([
    [{ fixed: '10.00' }, 5_000n, 'EUR', 1_000n],
    [{ percent: '2.5' }, 5_000n, 'EUR', 125n],
    [{ percent: '0.01' }, 5_000n, 'EUR', 1n],
    [{ percent: '0.01' }, 4_999n, 'EUR', 0n],
    [{ fixed: '10' }, 5_000n, 'JPY', 10n],
    [{ fixed: '1.250' }, 5_000n, 'KWD', 1_250n],
    [{ fixed: '10.50' }, 5_000n, 'JPY', 0n],
    [{ fixed: '10.00', currency: 'EUR' }, 5_000n, 'USD', 0n],
    [undefined, 5_000n, 'EUR', 0n],
  ])('%j of %s minor units %s is %s', (fee, open, currency, expected) =>
    expect(feeOf(fee, open, currency)).toBe(expected),
  );
});
