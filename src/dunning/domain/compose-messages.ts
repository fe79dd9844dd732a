import type { CurrencyCode } from '../../kernel/index.js';
import { feeOf, interestOf } from './charges.js';
import type { Rung } from './ladder.js';
import { isCredit, type DebtorStanding, type RunRules, type Standing, type Verdict } from './standing.js';
import type { Grouping, MessageLine, PlannedMessage } from './types.js';

/** A message in the making: receivables that take a step together, and the credits counted in it. */
interface Draft {
  readonly currency: CurrencyCode;
  readonly items: Standing[];
  credits: readonly Standing[];
  /** The highest step in it names the level, channel and template. */
  top: Rung;
}

/**
 * The messages of one debtor out of the receivables that take a step (verdict STEP_DUE), one currency each. Credits
 * count once, in one message. A message that credits outweigh is not made, and with a minimum gap only the first is:
 * the receivables concerned get a new verdict.
 */
export function composeMessages(debtor: DebtorStanding, rules: RunRules): PlannedMessage[] {
  const taking = debtor.items.filter((item) => item.verdict?.reason === 'STEP_DUE');
  if (taking.length === 0) return [];
  const drafts = draftsOf(taking, rules.options.grouping);
  const currencies = [...new Set(drafts.map((draft) => draft.currency))];
  const fundable = currencies.flatMap((currency) => {
    const credits = debtor.items.filter((item) => isCredit(item) && item.currency === currency);
    const ofCurrency = drafts.filter((draft) => draft.currency === currency);
    return credits.length === 0 ? ofCurrency : placeCredits(ofCurrency, credits, rules);
  });
  return keepGap(fundable.sort(byUrgency), rules).map((draft) => toMessage(draft, debtor, rules));
}

const GROUP_KEYS: Readonly<Record<Grouping, (item: Standing, rung: Rung) => string>> = {
  receivable: (item) => item.receivable.id,
  'debtor-level': (item, rung) => `${item.currency} ${rung.step.level}`,
  debtor: (item) => item.currency,
};

function draftsOf(taking: readonly Standing[], grouping: Grouping): Draft[] {
  const drafts = new Map<string, Draft>();
  for (const item of taking) {
    const rung = rungOf(item);
    const key = GROUP_KEYS[grouping](item, rung);
    const draft = drafts.get(key);
    if (draft === undefined) drafts.set(key, { currency: item.currency, items: [item], credits: [], top: rung });
    else {
      draft.items.push(item);
      if (rung.step.level > draft.top.step.level) draft.top = rung;
    }
  }
  return [...drafts.values()].sort(byUrgency);
}

/** The highest level first, then the one that is overdue longest; the input's order settles the rest. */
function byUrgency(a: Draft, b: Draft): number {
  return b.top.step.level - a.top.step.level || oldestOf(a) - oldestOf(b);
}

function oldestOf(draft: Draft): number {
  return draft.items.reduce((day, item) => Math.min(day, item.dueDay ?? day), Number.MAX_SAFE_INTEGER);
}

/**
 * All credits of a currency go into the most urgent message that can bear them whole, so that none is counted twice.
 * When no single one can, the most urgent messages are held back until what they would ask covers the credits: the
 * debtor is never asked for more than the balance.
 */
function placeCredits(drafts: readonly Draft[], credits: readonly Standing[], rules: RunRules): Draft[] {
  const credit = sumOf(credits);
  const minimum = rules.options.minimumOpen[drafts[0]!.currency] ?? 0n;
  const least = minimum > 0n ? minimum : 1n;
  const bearer = drafts.find((draft) => sumOf(draft.items) + credit >= least);
  if (bearer !== undefined) {
    bearer.credits = credits;
    for (const item of credits) item.messageLevel = bearer.top.step.level;
    return [...drafts];
  }
  let uncovered = -credit;
  return drafts.filter((draft) => {
    if (uncovered <= 0n) return true;
    const asked = sumOf(draft.items);
    uncovered -= asked;
    holdBack(draft, (verdict) => ({
      ...verdict,
      reason: 'NET_CREDIT',
      eligibleDay: null,
      credits: credit,
      net: asked + credit,
    }));
    return false;
  });
}

/** With a minimum gap, one message per debtor per run: two on one day are closer than any gap. */
function keepGap(drafts: Draft[], rules: RunRules): Draft[] {
  const { minimumGapDays } = rules.options;
  if (minimumGapDays === 0) return drafts;
  const [first, ...others] = drafts;
  const eligibleDay = rules.asOf + minimumGapDays;
  for (const draft of others) holdBack(draft, (verdict) => ({ ...verdict, reason: 'MINIMUM_GAP', eligibleDay }));
  return first === undefined ? [] : [first];
}

function holdBack(draft: Draft, change: (verdict: Verdict) => Verdict): void {
  for (const item of draft.items) if (item.verdict !== null) item.verdict = change(item.verdict);
  for (const item of draft.credits) item.messageLevel = null;
}

function toMessage(draft: Draft, debtor: DebtorStanding, rules: RunRules): PlannedMessage {
  const { level, channel, template, approval } = draft.top.step;
  const lines = [...draft.items.map((item) => toLine(item, rules)), ...draft.credits.map(toCreditLine)];
  for (const item of draft.items) if (rungOf(item).step.level !== level) item.messageLevel = level;
  return {
    debtor: debtor.debtor.id,
    level,
    channel,
    currency: draft.currency,
    scenario: debtor.ladder?.scenario.id ?? '',
    ...(template === undefined ? {} : { template }),
    ...(approval === undefined ? {} : { approval }),
    receivables: lines.map((line) => line.receivable),
    lines,
    total: lines.reduce((sum, line) => sum + line.open, 0n),
    fees: lines.reduce((sum, line) => sum + line.fee, 0n),
    interest: lines.reduce((sum, line) => sum + line.interest, 0n),
  };
}

function toLine(item: Standing, { asOf, options }: RunRules): MessageLine {
  const { open, currency, dueDay } = item;
  const { level, fee, interest } = rungOf(item).step;
  const term = { dueDay: dueDay ?? asOf, asOf, dayCount: options.dayCount };
  return {
    receivable: item.receivable.id,
    level,
    open,
    fee: feeOf(fee, open, currency),
    interest: interestOf(interest, open, term),
  };
}

function toCreditLine({ receivable, open }: Standing): MessageLine {
  return { receivable: receivable.id, level: null, open, fee: 0n, interest: 0n };
}

function rungOf(item: Standing): Rung {
  return item.verdict!.rung!;
}

function sumOf(items: readonly Standing[]): bigint {
  return items.reduce((sum, item) => sum + item.open, 0n);
}
