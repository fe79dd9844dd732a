import { formatMinor, type BusinessDate } from '../../kernel/index.js';
import { dateOf } from './days.js';
import { REASONS, type Outcome, type ReasonCode } from './reasons.js';
import { isCredit, type RunRules, type Standing, type Verdict } from './standing.js';
import type { Channel, Decision, DecisionFacts } from './types.js';

/** A verdict as the outside sees it. Facts and dates are made when somebody reads them. */
export class PlannedDecision implements Decision {
  constructor(
    private readonly item: Standing,
    private readonly verdict: Verdict,
    private readonly rules: RunRules,
  ) {}

  get receivable(): string {
    return this.item.receivable.id;
  }

  get debtor(): string {
    return this.item.owner.debtor.id;
  }

  get decision(): Outcome {
    return REASONS[this.verdict.reason].outcome;
  }

  get reason(): ReasonCode {
    return this.verdict.reason;
  }

  get level(): number {
    return (this.decision === 'take' ? this.verdict.rung?.step.level : this.item.sent?.level) ?? 0;
  }

  get channel(): Channel | null {
    return (this.decision === 'take' ? this.verdict.rung?.step.channel : null) ?? null;
  }

  get until(): BusinessDate | undefined {
    const { eligibleDay } = this.verdict;
    return this.decision !== 'wait' || eligibleDay === null ? undefined : dateOf(eligibleDay);
  }

  get facts(): DecisionFacts {
    return factsOf(this.item, this.verdict, this.rules);
  }

  toJSON(): Decision {
    const { receivable, debtor, decision, level, channel, reason, facts, until } = this;
    return { receivable, debtor, decision, level, channel, reason, facts, ...(until === undefined ? {} : { until }) };
  }
}

function factsOf(item: Standing, verdict: Verdict, rules: RunRules): DecisionFacts {
  const { owner, currency } = item;
  return {
    debtor: owner.debtor.id,
    currency,
    open: formatMinor(item.open, currency),
    ...dueFacts(item, rules),
    ...(owner.ladder === null ? {} : { scenario: owner.ladder.scenario.id }),
    ...(rules.options.levelOf === 'debtor' ? { levelOf: 'debtor' as const } : {}),
    ...sentFacts(item),
    ...stepFacts(verdict, rules),
    ...holdFacts(item, verdict, rules),
    ...(item.messageLevel === null ? {} : { messageLevel: item.messageLevel }),
    ...(isCredit(item) ? { lowersMessage: item.messageLevel !== null } : {}),
  };
}

function dueFacts({ dueDay }: Standing, { asOf }: RunRules): Partial<DecisionFacts> {
  if (dueDay === null) return {};
  return { ...dated('dueDate', dueDay), daysOverdue: asOf - dueDay };
}

function sentFacts({ sent }: Standing): Partial<DecisionFacts> {
  if (sent === null) return {};
  return { lastStep: { level: sent.level, on: dateOf(sent.lastDay) ?? '' } };
}

function stepFacts({ rung, triggerDay }: Verdict, { options }: RunRules): Partial<DecisionFacts> {
  if (rung === null) return {};
  const { level, trigger } = rung.step;
  return {
    nextLevel: level,
    anchor: trigger.anchor,
    days: trigger.days,
    ...(trigger.endOfMonth === true ? { endOfMonth: true } : {}),
    ...(triggerDay === null ? {} : dated('triggerDate', triggerDay)),
    dayBoundary: options.dayBoundary,
  };
}

function holdFacts(item: Standing, verdict: Verdict, rules: RunRules): Partial<DecisionFacts> {
  const { block, owner, currency } = item;
  const { minimum, credits, net, reason } = verdict;
  return {
    ...(block === null || verdict.rung === null
      ? {}
      : {
          block: { kind: block.kind, on: block.on, ...(block.lastDay === null ? {} : dated('until', block.lastDay)) },
        }),
    ...(minimum === undefined ? {} : { minimumOpen: formatMinor(minimum, currency) }),
    ...(reason === 'MINIMUM_GAP' ? { minimumGapDays: rules.options.minimumGapDays } : {}),
    ...(reason === 'MINIMUM_GAP' && owner.lastMessageDay !== null ? dated('lastMessageOn', owner.lastMessageDay) : {}),
    ...(credits === undefined ? {} : { credits: formatMinor(credits, currency) }),
    ...(net === undefined ? {} : { net: formatMinor(net, currency) }),
  };
}

function dated<Key extends string>(key: Key, day: number): Partial<Record<Key, BusinessDate>> {
  const date = dateOf(day);
  return date === undefined ? {} : ({ [key]: date } as Record<Key, BusinessDate>);
}
