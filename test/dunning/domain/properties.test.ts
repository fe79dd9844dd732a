import * as fc from 'fast-check';
import {
  planRun,
  type PlanHistory,
  type PlanInput,
  type PlanReceivable,
  type PlanResult,
} from '../../../src/dunning/domain/index.js';
import { addDays, type BusinessDate } from '../../../src/kernel/index.js';

const START = '2026-01-31' as BusinessDate;
const day = fc.integer({ min: -90, max: 120 }).map((days) => addDays(START, days));
const DEBTORS = ['D1', 'D2', 'D3'];

const scenarios: PlanInput['scenarios'] = [
  {
    id: 'standard',
    steps: [
      { level: 1, channel: 'email', trigger: { anchor: 'due-date', days: -3 } },
      { level: 2, channel: 'email', trigger: { anchor: 'due-date', days: 10, endOfMonth: true } },
      {
        level: 3,
        channel: 'letter',
        trigger: { anchor: 'previous-step', days: 7 },
        fee: { fixed: '2.50', percent: '1' },
      },
      {
        level: 4,
        channel: 'letter',
        trigger: { anchor: 'previous-step', days: 0 },
        interest: { annualPercent: '8' },
        final: true,
      },
    ],
  },
];

const receivable = fc.record({
  debtor: fc.constantFrom(...DEBTORS),
  kind: fc.constantFrom(
    'invoice' as const,
    'invoice' as const,
    'invoice' as const,
    'credit-note' as const,
    'payment' as const,
  ),
  currency: fc.constantFrom('EUR', 'EUR', 'USD', 'JPY'),
  open: fc.oneof(fc.bigInt({ min: 0n, max: 50_000n }), fc.constant(0n)),
  dueDate: day,
});

const input: fc.Arbitrary<PlanInput> = fc
  .record({
    asOf: day,
    options: fc.record({
      dayBoundary: fc.constantFrom('inclusive' as const, 'strict' as const),
      levelOf: fc.constantFrom('receivable' as const, 'debtor' as const),
      grouping: fc.constantFrom('receivable' as const, 'debtor-level' as const, 'debtor' as const),
      minimumGapDays: fc.constantFrom(0, 1, 5),
      minimumOpen: fc.constantFrom({}, { EUR: 10n, USD: 500n }),
      dayCount: fc.constantFrom('act/365' as const, '30/360' as const),
    }),
    rows: fc.array(receivable, { minLength: 1, maxLength: 12 }),
    sent: fc.array(
      fc.record({ row: fc.nat(11), level: fc.integer({ min: 1, max: 4 }), ago: fc.integer({ min: 0, max: 40 }) }),
      { maxLength: 6 },
    ),
    held: fc.array(fc.record({ row: fc.nat(11), until: fc.option(day, { nil: null }) }), { maxLength: 2 }),
  })
  .map(({ asOf, options, rows, sent, held }) => {
    const receivables: PlanReceivable[] = rows.map((row, index) => ({ ...row, id: `R${index}`, amount: row.open }));
    const idOf = (row: number): string => `R${row % rows.length}`;
    return {
      asOf,
      options,
      scenarios,
      debtors: DEBTORS.map((id) => ({ id, scenario: 'standard', email: id === 'D3' ? null : `${id}@example.com` })),
      receivables,
      blocks: held.map(({ row, until }) => ({ receivable: idOf(row), kind: 'dispute' as const, until })),
      history: sent.map(({ row, level, ago }) => ({ receivable: idOf(row), level, sentOn: addDays(asOf, -ago) })),
    };
  });

function historyOf(plan: PlanResult): PlanHistory[] {
  return plan.decisions
    .filter(({ decision }) => decision === 'take')
    .map(({ receivable: id, level }) => ({ receivable: id, level, sentOn: plan.asOf }));
}

function holds(predicate: (given: PlanInput, plan: PlanResult) => void): void {
  fc.assert(
    fc.property(input, (given) => predicate(given, planRun(given))),
    { numRuns: 1000 },
  );
}

const DUE: ReadonlySet<string> = new Set(['STEP_DUE', 'NET_CREDIT', 'MINIMUM_GAP']);
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

describe('whatever the books hold', () => {
  it('every receivable gets exactly one decision, in the order of the input', () => {
    holds(({ receivables }, { decisions }) => {
      expect(decisions.map((decision) => decision.receivable)).toEqual(receivables.map(({ id }) => id));
    });
  });

  it('a receivable is in a message exactly when it takes a step, and then once', () => {
    holds((_, { decisions, messages }) => {
      const carried = messages.flatMap(({ lines }) =>
        lines.filter(({ level }) => level !== null).map((line) => line.receivable),
      );
      const taken = decisions.filter(({ decision }) => decision === 'take').map((decision) => decision.receivable);
      expect(carried.toSorted()).toEqual(taken.toSorted());
    });
  });

  it('a message has one debtor and one currency, asks for something, and adds up', () => {
    holds(({ receivables }, { messages }) => {
      const rows = new Map(receivables.map((row) => [row.id, row]));
      for (const message of messages) {
        const lines = message.receivables.map((id) => rows.get(id)!);
        expect(new Set(lines.map(({ debtor, currency }) => `${debtor} ${currency}`)).size).toBe(1);
        const signed = lines.map(({ kind, open }) => (kind === 'invoice' ? open : -open));
        expect(message.total).toBe(signed.reduce((sum, open) => sum + open, 0n));
        expect(message.total > 0n).toBe(true);
      }
    });
  });

  it('a credit is counted once at most, and nobody is asked for more than the balance of what is due', () => {
    holds(({ receivables }, { decisions, messages }) => {
      const carried = messages.flatMap((message) => message.receivables);
      expect(new Set(carried).size).toBe(carried.length);
      for (const debtor of DEBTORS)
        for (const currency of ['EUR', 'USD', 'JPY']) {
          const own = (row: { debtor: string; currency: string }) => row.debtor === debtor && row.currency === currency;
          const credit = sum(receivables.filter((row) => own(row) && row.kind !== 'invoice').map((row) => row.open));
          const due = sum(
            receivables.filter((row, index) => own(row) && DUE.has(decisions[index]!.reason)).map((row) => row.open),
          );
          const asked = sum(messages.filter(own).map((message) => message.total));
          expect(asked === 0n || asked <= due - credit).toBe(true);
        }
    });
  });

  it('a receivable never goes down and never skips a level', () => {
    holds(({ history, options, receivables }, { decisions }) => {
      if (options.levelOf === 'debtor') return;
      for (const { receivable: id, decision, level } of decisions) {
        if (decision !== 'take') continue;
        expect(receivables.some((row) => row.id === id)).toBe(true);
        expect(level).toBe(
          Math.max(0, ...history.filter((step) => step.receivable === id).map((step) => step.level)) + 1,
        );
      }
    });
  });

  it('planning again on the same day, with what was sent in the history, adds nothing', () => {
    holds((given, plan) => {
      const again = planRun({ ...given, history: [...given.history, ...historyOf(plan)] });
      expect(again.messages).toEqual([]);
      expect(again.decisions.filter(({ decision }) => decision === 'take')).toEqual([]);
    });
  });

  it('a debtor never gets two messages inside the gap', () => {
    holds((given, plan) => {
      const gap = given.options.minimumGapDays;
      if (gap === 0) return;
      const owners = new Map(given.receivables.map(({ id, debtor }) => [id, debtor]));
      for (const debtor of DEBTORS) {
        const own = plan.messages.filter((message) => message.debtor === debtor);
        expect(own.length).toBeLessThanOrEqual(1);
        const tooLate = given.history.some(
          (step) => owners.get(step.receivable) === debtor && addDays(step.sentOn, gap) > given.asOf,
        );
        if (tooLate) expect(own).toEqual([]);
      }
    });
  });

  it('the order of the rows does not change what is decided', () => {
    holds((given, plan) => {
      const turned = planRun({ ...given, history: given.history.toReversed(), blocks: given.blocks.toReversed() });
      expect(JSON.stringify(turned.decisions)).toBe(JSON.stringify(plan.decisions));
    });
  });

  it('`until` is true: when the plan is carried out and nothing else changes, nothing is taken before it', () => {
    holds((given, plan) => {
      const history = [...given.history, ...historyOf(plan)];
      for (const { receivable: id, until } of plan.decisions) {
        if (until === undefined) continue;
        expect(until > given.asOf).toBe(true);
        const eve = planRun({ ...given, history, asOf: addDays(until, -1) });
        expect(eve.decisions.find((decision) => decision.receivable === id)?.decision).not.toBe('take');
      }
    });
  });
});

describe('day after day', () => {
  it('two hundred days of runs: levels go up one by one, each on its own day, gaps kept, and it ends', () => {
    fc.assert(
      fc.property(input, (given) => {
        const history: PlanHistory[] = [];
        const mailed = new Map<string, number[]>();
        for (let offset = 0; offset < 200; offset += 1) {
          const plan = planRun({ ...given, asOf: addDays(START, offset), history: [...history] });
          for (const { debtor } of plan.messages) mailed.set(debtor, [...(mailed.get(debtor) ?? []), offset]);
          history.push(...historyOf(plan));
        }
        const steps = history.map(({ receivable: id, level }) => `${id} ${level}`);
        expect(new Set(steps).size).toBe(steps.length);
        const days = history.map(({ receivable: id, sentOn }) => `${id} ${sentOn}`);
        expect(new Set(days).size).toBe(days.length);
        for (const offsets of mailed.values())
          for (const [index, offset] of offsets.entries())
            if (index > 0) expect(offset - offsets[index - 1]!).toBeGreaterThanOrEqual(given.options.minimumGapDays);
      }),
      { numRuns: 15 },
    );
  });
});
