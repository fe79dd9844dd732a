import { formatMinor, type BusinessDate } from '../../kernel/index.js';
import type { Decision, DecisionFacts, MessageLine, PlanInput, PlannedMessage, PlanResult } from '../domain/index.js';

/** What a line stores beside the planner's own facts: charges that its step adds, as decimals of the currency. */
export interface LineFacts extends DecisionFacts {
  readonly fee?: string;
  readonly interest?: string;
}

/** One row of `dunning_run_line`, as it travels to the database in a batch. Amounts in minor units, as text. */
export interface PlannedLine {
  readonly receivable_id: string;
  readonly debtor_id: string;
  readonly decision: Decision['decision'];
  readonly level: number;
  readonly channel: string | null;
  readonly reason: string;
  readonly facts: LineFacts;
  readonly until: BusinessDate | null;
  readonly scenario_key: string | null;
  readonly scenario_version: number | null;
  readonly currency: string;
  readonly open_amount: string;
  readonly message_key: string | null;
}

export interface RunSummary {
  readonly lines: number;
  readonly take: number;
  readonly wait: number;
  readonly finish: number;
  readonly messages: number;
  /** Asked for, per currency: minor units as text. */
  readonly totals: Readonly<Record<string, string>>;
  readonly byReason: Readonly<Record<string, number>>;
  /** Messages per level. */
  readonly byLevel: Readonly<Record<string, number>>;
}

/** The key that the lines of one message share within a run. */
export function messageKeyOf(message: PlannedMessage): string {
  return `${message.debtor}/${message.currency}/${message.level}/${message.receivables[0]}`;
}

/** A plan as rows: one per receivable, in the plan's order. */
export function toPlannedLines(input: PlanInput, result: PlanResult): PlannedLine[] {
  const versions = new Map(input.scenarios.map(({ id, version }) => [id, version ?? null]));
  const scenarioOf = new Map(input.debtors.map(({ id, scenario }) => [id, scenario ?? null]));
  const placed = placesOf(result.messages);
  return result.decisions.map((decision, index) => {
    const { currency, open } = input.receivables[index]!;
    const scenario = scenarioOf.get(decision.debtor) ?? null;
    const place = placed.get(decision.receivable);
    return {
      receivable_id: decision.receivable,
      debtor_id: decision.debtor,
      decision: decision.decision,
      level: decision.level,
      channel: decision.channel,
      reason: decision.reason,
      facts: { ...decision.facts, ...chargesOf(place?.line, currency) },
      until: decision.until ?? null,
      scenario_key: scenario,
      scenario_version: scenario === null ? null : (versions.get(scenario) ?? null),
      currency,
      open_amount: String(place?.line.open ?? open),
      message_key: place?.key ?? null,
    };
  });
}

function placesOf(messages: readonly PlannedMessage[]): Map<string, { key: string; line: MessageLine }> {
  return new Map(
    messages.flatMap((message) => {
      const key = messageKeyOf(message);
      return message.lines.map((line) => [line.receivable, { key, line }] as const);
    }),
  );
}

function chargesOf(line: MessageLine | undefined, currency: string): Pick<LineFacts, 'fee' | 'interest'> {
  if (line === undefined) return {};
  return {
    ...(line.fee === 0n ? {} : { fee: formatMinor(line.fee, currency) }),
    ...(line.interest === 0n ? {} : { interest: formatMinor(line.interest, currency) }),
  };
}

/** The plan in a few numbers. `totals` is principal and charges, per currency: they never mix. */
export function summarise(lines: readonly PlannedLine[], messages: readonly PlannedMessage[]): RunSummary {
  const totals = new Map<string, bigint>();
  for (const { currency, total, fees, interest } of messages)
    totals.set(currency, (totals.get(currency) ?? 0n) + total + fees + interest);
  const decisions = tally(lines, (line) => line.decision);
  return {
    lines: lines.length,
    take: decisions['take'] ?? 0,
    wait: decisions['wait'] ?? 0,
    finish: decisions['finish'] ?? 0,
    messages: messages.length,
    totals: Object.fromEntries([...totals].map(([currency, minor]) => [currency, String(minor)])),
    byReason: tally(lines, (line) => line.reason),
    byLevel: tally(messages, (message) => String(message.level)),
  };
}

function tally<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}
