import { assert, divideRounded, InputError, parseMinor, type CurrencyCode } from '../../kernel/index.js';
import { DAY_COUNT_RULES } from './days.js';
import type { DayCount, StepFee, StepInterest } from './types.js';

/** Percentages are counted in millionths of a per cent, so that "10.15" stays exact. */
const PERCENT_SCALE = 1_000_000n;
const PERCENT = /^\d{1,6}(?:\.\d{1,6})?$/;

export function isPercent(text: unknown): text is string {
  return typeof text === 'string' && PERCENT.test(text);
}

function scaledPercent(text: string): bigint {
  assert(isPercent(text), `a percentage such as "10.15", got "${text}"`);
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * PERCENT_SCALE + BigInt(fraction.padEnd(6, '0'));
}

/** Whether a decimal of 0 or more can be written in a currency: "10.50" cannot in yen. */
export function isAmountIn(decimal: string, currency: CurrencyCode): boolean {
  try {
    return parseMinor(decimal, currency) >= 0n;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/**
 * The fee of one sent step on one receivable, in minor units: the fixed part plus the percentage of the open
 * principal (earlier fees are not in it, so nothing compounds). Rounded half away from zero. A fixed part that the
 * currency cannot express is not asked: amounts are never guessed, and one odd receivable never stops a run.
 */
export function feeOf(fee: StepFee | undefined, open: bigint, currency: CurrencyCode): bigint {
  if (fee === undefined || (fee.currency !== undefined && fee.currency !== currency)) return 0n;
  const { fixed, percent } = fee;
  const flat = fixed !== undefined && isAmountIn(fixed, currency) ? parseMinor(fixed, currency) : 0n;
  return flat + (percent === undefined ? 0n : divideRounded(open * scaledPercent(percent), 100n * PERCENT_SCALE));
}

export interface InterestTerm {
  readonly dueDay: number;
  readonly asOf: number;
  readonly dayCount: DayCount;
}

/** Simple interest on the open principal from the due date to the run's day (days = run − due); 0 when not overdue. */
export function interestOf(interest: StepInterest | undefined, open: bigint, term: InterestTerm): bigint {
  if (interest === undefined || term.asOf <= term.dueDay) return 0n;
  const rule = DAY_COUNT_RULES[term.dayCount];
  const days = BigInt(rule.daysBetween(term.dueDay, term.asOf));
  return divideRounded(open * scaledPercent(interest.annualPercent) * days, 100n * PERCENT_SCALE * rule.yearDays);
}
