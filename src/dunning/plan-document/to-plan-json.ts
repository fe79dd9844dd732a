import type { Channel, DecisionFacts, Outcome, PlannedMessage, PlanResult, ReasonCode } from '../domain/index.js';
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
export function toPlanJson(result: PlanResult): PlanJson {
  return {
    asOf: result.asOf,
    decisions: result.decisions.map(({ receivable, decision, level, channel, reason, facts, until }) => ({
      receivable,
      decision,
      level,
      channel,
      reason,
      facts,
      ...(until === undefined ? {} : { until }),
    })),
    messages: result.messages.map(toMessageJson),
  };
}

function toMessageJson({ debtor, level, channel, currency, receivables, ...sums }: PlannedMessage): MessageJson {
  const decimal = (minor: bigint): string => formatMinor(minor, currency);
  const [total, fees, interest] = [decimal(sums.total), decimal(sums.fees), decimal(sums.interest)];
  return { debtor, level, channel, currency, receivables, total, fees, interest };
}
