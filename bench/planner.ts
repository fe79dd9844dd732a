import { planRun, type PlanInput, type PlanReceivable } from '../src/dunning/domain/index.js';
import { addDays, toEpochDay, type BusinessDate } from '../src/kernel/index.js';

/**
 * How fast the pure planner decides: `node dist/bench/planner.js [receivables]` prints one JSON line. The floor is
 * measured in the same run: one pass over the same rows that only reads the due date and keeps an object per row.
 */
const AS_OF = '2026-07-01' as BusinessDate;
const ROUNDS = 5;
const PER_DEBTOR = 20;

function booksOf(size: number): PlanInput {
  const count = Math.ceil(size / PER_DEBTOR);
  const receivables = Array.from({ length: size }, (_, index): PlanReceivable => {
    const dueDate = addDays(AS_OF, 180 - (index % 360));
    const open = index % 5 === 0 ? 0n : 10_000n;
    const debtor = `D${Math.floor(index / PER_DEBTOR)}`;
    return { id: `R${index}`, debtor, kind: 'invoice', currency: 'EUR', amount: 10_000n, open, dueDate };
  });
  return {
    asOf: AS_OF,
    options: {
      dayBoundary: 'inclusive',
      levelOf: 'receivable',
      grouping: 'debtor-level',
      minimumGapDays: 0,
      minimumOpen: { EUR: 10n },
      dayCount: 'act/365',
    },
    scenarios: [
      {
        id: 'standard',
        steps: [
          { level: 1, channel: 'email', trigger: { anchor: 'due-date', days: 10 } },
          { level: 2, channel: 'email', trigger: { anchor: 'due-date', days: 30, endOfMonth: true } },
          { level: 3, channel: 'letter', trigger: { anchor: 'previous-step', days: 10 }, final: true },
        ],
      },
    ],
    debtors: Array.from({ length: count }, (_, index) => ({
      id: `D${index}`,
      scenario: 'standard',
      email: 'a@example.com',
    })),
    receivables,
    blocks: [],
    history: receivables
      .filter((_, index) => index % 3 === 0)
      .map(({ id }) => ({ receivable: id, level: 1, sentOn: '2026-06-01' as BusinessDate })),
  };
}

function floorOf({ receivables, asOf }: PlanInput): number {
  const today = toEpochDay(asOf);
  return receivables.map(({ id, dueDate }) => ({ id, overdue: dueDate ? today - toEpochDay(dueDate) : 0 })).length;
}

/** The best of some rounds, for the machine may be busy with something else. */
function secondsOf(work: () => unknown): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - start) / 1e9;
  });
  return Math.min(...rounds);
}

function main(): void {
  const size = Number(process.argv[2] ?? 200_000);
  const input = booksOf(size);
  const floorSeconds = secondsOf(() => floorOf(input));
  const seconds = secondsOf(() => planRun(input));
  const { messages } = planRun(input);
  const report = {
    bench: 'planner',
    receivables: size,
    messages: messages.length,
    seconds,
    receivablesPerSecond: Math.round(size / seconds),
    floorSeconds,
    ratioToFloor: Number((seconds / floorSeconds).toFixed(2)),
    node: process.version,
  };
  console.log(JSON.stringify(report));
}

main();
