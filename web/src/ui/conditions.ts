import { lookUp } from './text';
import type { TextTools } from './text';

/** One condition of a segment rule; `actual` is the debtor's own value when it held. */
export interface Condition {
  field: string;
  op: string;
  value: unknown;
  actual?: unknown;
}

const SIGNS: Record<string, string> = { '=': '=', '!=': '≠', '<': '<', '<=': '≤', '>': '>', '>=': '≥', in: '∈' };
const SHARES = ['shareOnTimeByCount', 'shareOnTimeByAmount'];
const DAYS = ['amountWeightedDaysLate', 'medianDaysLate', 'oldestOverdueDays'];
const AMOUNTS = ['paidAmount', 'openAmount', 'overdueAmount', 'turnover'];

export function isCondition(value: unknown): value is Condition {
  return typeof value === 'object' && value !== null && 'field' in value && 'op' in value;
}

/** A value of `field` as people write it: shares as per cent, days as days, amounts in the currency. */
export function sayFieldValue(field: string, value: unknown, text: TextTools, currency = 'EUR'): string {
  if (Array.isArray(value)) return value.map((each) => sayFieldValue(field, each, text, currency)).join(', ');
  if (typeof value === 'boolean') return value ? text.t('common.yes') : text.t('common.no');
  if (typeof value === 'number' && SHARES.includes(field)) return text.share(value);
  if (typeof value === 'number' && DAYS.includes(field)) {
    const days = Math.round(value * 10) / 10;
    return text.t('common.days', { count: days, n: text.count(days) });
  }
  if (typeof value === 'number') return text.count(value);
  const written = String(value);
  if (AMOUNTS.includes(field) && /^-?\d+(\.\d+)?$/.test(written)) return text.money({ amount: written, currency });
  return text.has(`reasons.value.${written}`) ? lookUp(text, 'reasons.value', written) : written;
}

/** "Op tijd, naar bedrag < 40%". */
export function sayCondition(condition: Condition, text: TextTools): string {
  const name = lookUp(text, 'debtor.profile', condition.field);
  if (condition.value === true && condition.op === '=') return name;
  return `${name} ${SIGNS[condition.op] ?? condition.op} ${sayFieldValue(condition.field, condition.value, text)}`;
}
