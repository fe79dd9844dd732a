import type {
  Channel,
  Decision,
  DecisionFacts,
  Outcome,
  PlannedMessage,
  PlanResult,
  ReasonCode,
} from '../domain/index.js';
import { formatMinor } from '../../kernel/index.js';

export interface PlanJson {
  readonly asOf: string;
  readonly decisions: readonly DecisionJson[];
  readonly messages: readonly MessageJson[];
}

export interface DecisionJson {
  readonly receivable: string;
  readonly decision: Outcome;
  readonly level: number;
  readonly channel: Channel | null;
  readonly reason: ReasonCode;
  readonly facts: DecisionFacts;
  readonly until?: string;
}

/** Amounts are decimals of `currency`. */
export interface MessageJson {
  readonly debtor: string;
  readonly level: number;
  readonly channel: Channel;
  readonly currency: string;
  readonly receivables: readonly string[];
  readonly total: string;
  readonly fees: string;
  readonly interest: string;
}

/** A plan as it leaves the process: decisions in the order of the input, amounts as decimal strings. */
export function toPlanJson({ asOf, decisions, messages }: PlanResult): PlanJson {
  return { asOf, decisions: decisions.map(toDecisionJson), messages: messages.map(toMessageJson) };
}

/** {@link toPlanJson} as text, one decision or message per line, in pieces: a million rows do not fit in one string. */
export function* planJsonText({ asOf, decisions, messages }: PlanResult): Generator<string> {
  yield `{ "asOf": ${JSON.stringify(asOf)},\n  "decisions": [`;
  yield* lines(decisions, toDecisionJson);
  yield `],\n  "messages": [`;
  yield* lines(messages, toMessageJson);
  yield '] }\n';
}

const ROWS_PER_PIECE = 1000;

function* lines<T>(rows: readonly T[], toJson: (row: T) => unknown): Generator<string> {
  for (let start = 0; start < rows.length; start += ROWS_PER_PIECE) {
    const piece = rows.slice(start, start + ROWS_PER_PIECE).map((row) => `\n    ${JSON.stringify(toJson(row))}`);
    yield `${start === 0 ? '' : ','}${piece.join(',')}`;
  }
}

function toDecisionJson({ receivable, decision, level, channel, reason, facts, until }: Decision): DecisionJson {
  return { receivable, decision, level, channel, reason, facts, ...(until === undefined ? {} : { until }) };
}

function toMessageJson({ debtor, level, channel, currency, receivables, ...sums }: PlannedMessage): MessageJson {
  const decimal = (minor: bigint): string => formatMinor(minor, currency);
  const [total, fees, interest] = [decimal(sums.total), decimal(sums.fees), decimal(sums.interest)];
  return { debtor, level, channel, currency, receivables, total, fees, interest };
}
