import {
  DAY_BOUNDARIES,
  DAY_COUNTS,
  GROUPINGS,
  LEVEL_OWNERS,
  type JsonFields,
  type PlanOptions,
} from '../domain/index.js';
import { isKnownCurrency, type CurrencyCode } from '../../kernel/index.js';
import { readAmount } from './read-values.js';

/** What holds for an option that the document leaves out. */
export const DEFAULT_OPTIONS: PlanOptions = {
  dayBoundary: 'inclusive',
  levelOf: 'receivable',
  grouping: 'debtor-level',
  minimumGapDays: 0,
  minimumOpen: { EUR: 10n },
  dayCount: 'act/365',
};

const MOST_GAP_DAYS = 3660;

export function readOptions(root: JsonFields): PlanOptions {
  if (!root.has('options')) return DEFAULT_OPTIONS;
  const fields = root.object('options', Object.keys(DEFAULT_OPTIONS));
  const or = <K extends keyof PlanOptions>(key: K, read: (key: K) => PlanOptions[K]): PlanOptions[K] =>
    fields.has(key) ? read(key) : DEFAULT_OPTIONS[key];
  return {
    dayBoundary: or('dayBoundary', (key) => fields.choice(key, DAY_BOUNDARIES)),
    levelOf: or('levelOf', (key) => fields.choice(key, LEVEL_OWNERS)),
    grouping: or('grouping', (key) => fields.choice(key, GROUPINGS)),
    minimumGapDays: or('minimumGapDays', (key) => fields.integer(key, 0, MOST_GAP_DAYS)),
    minimumOpen: or('minimumOpen', (key) => readMinimums(fields, key)),
    dayCount: or('dayCount', (key) => fields.choice(key, DAY_COUNTS)),
  };
}

function readMinimums(options: JsonFields, key: string): Record<CurrencyCode, bigint> {
  const raw = options.raw(key);
  const codes = typeof raw === 'object' && raw !== null ? Object.keys(raw) : [];
  const fields = options.object(key, codes);
  const minimums: Record<CurrencyCode, bigint> = {};
  for (const code of codes) {
    if (!isKnownCurrency(code)) fields.report(fields.at(code), `a known ISO 4217 currency as key, got "${code}"`);
    else minimums[code] = readAmount(fields, code, code, { least: 0n });
  }
  return minimums;
}
