import {
  BLOCK_KINDS,
  optional,
  RECEIVABLE_KINDS,
  type Issue,
  type JsonFields,
  type PlanBlock,
  type PlanDebtor,
  type PlanHistory,
  type PlanReceivable,
  type Scenario,
} from '../domain/index.js';
import type { BusinessDate } from '../../kernel/index.js';
import { isCurrency, readAmount, readShaped } from './read-values.js';

/** What has been read so far, by id: every row may refer only to what stands before it in this list. */
export interface Names {
  readonly asOf: BusinessDate;
  readonly scenarios: Map<string, Scenario>;
  readonly debtors: Map<string, PlanDebtor>;
  readonly receivables: Map<string, PlanReceivable>;
  readonly issues: readonly Issue[];
}

const DEBTOR_KEYS = 'id scenario name country kind language email directDebit'.split(' ');
const RECEIVABLE_KEYS =
  'id debtor invoiceNumber kind invoiceDate dueDate currency amount open directDebit description'.split(' ');
const BLOCK_KEYS = 'id receivable debtor kind until amount currency reason'.split(' ');
const HISTORY_KEYS = 'receivable debtor level sentOn channel'.split(' ');

export function readDebtor(fields: JsonFields, names: Names): PlanDebtor {
  fields.allow(DEBTOR_KEYS);
  return {
    id: fields.text('id'),
    ...optional(fields, 'scenario', (key) => readReference(fields, key, names.scenarios)),
    ...optional(fields, 'name', (key) => fields.text(key)),
    ...optional(fields, 'country', (key) => readShaped(fields, key, /^[A-Z]{2}$/, 'a country code such as "NL"')),
    ...optional(fields, 'kind', (key) => fields.choice(key, ['business', 'consumer'] as const)),
    ...optional(fields, 'language', (key) =>
      readShaped(fields, key, /^[a-z]{2}(-[A-Z]{2})?$/, 'a language such as "nl"'),
    ),
    // An empty address is no address, not a wrong one.
    ...(fields.raw('email') === '' ? {} : optional(fields, 'email', (key) => readEmail(fields, key))),
    ...optional(fields, 'directDebit', (key) => fields.flag(key)),
  };
}

function readEmail(fields: JsonFields, key: string): string {
  return readShaped(fields, key, /^[^\s@]+@[^\s@]+$/, 'an e-mail address');
}

export function readReceivable(fields: JsonFields, names: Names): PlanReceivable {
  fields.allow(RECEIVABLE_KEYS);
  const kind = fields.has('kind') ? fields.choice('kind', RECEIVABLE_KINDS) : 'invoice';
  const unknownBefore = names.issues.length;
  const currency = fields.check('currency', isCurrency, 'a known ISO 4217 currency', 'EUR');
  const known = names.issues.length === unknownBefore;
  const open = known ? readAmount(fields, 'open', currency) : 0n;
  return {
    id: fields.text('id'),
    debtor: readReference(fields, 'debtor', names.debtors),
    kind,
    currency,
    open,
    amount: known && fields.has('amount') ? readAmount(fields, 'amount', currency) : open,
    ...optional(fields, 'invoiceNumber', (key) => fields.text(key)),
    ...optional(fields, 'invoiceDate', (key) => fields.date(key)),
    ...(kind === 'invoice'
      ? { dueDate: fields.date('dueDate') }
      : optional(fields, 'dueDate', (key) => fields.date(key))),
    ...optional(fields, 'directDebit', (key) => fields.flag(key)),
  };
}

export function readBlock(fields: JsonFields, names: Names): PlanBlock {
  fields.allow(BLOCK_KEYS);
  if (fields.has('receivable') === fields.has('debtor'))
    fields.report(fields.path, 'a block on either a "receivable" or a "debtor"');
  const receivable = fields.has('receivable') ? readReference(fields, 'receivable', names.receivables) : null;
  const own = receivable === null ? undefined : names.receivables.get(receivable)?.currency;
  const currency = fields.has('currency')
    ? fields.check('currency', isCurrency, 'a known ISO 4217 currency', 'EUR')
    : own;
  return {
    receivable,
    ...optional(fields, 'debtor', (key) => readReference(fields, key, names.debtors)),
    kind: fields.choice('kind', BLOCK_KINDS),
    ...optional(fields, 'until', (key) => fields.date(key)),
    ...optional(fields, 'amount', (key) => readAmount(fields, key, currency ?? 'EUR', { least: 0n })),
  };
}

/** A step of a receivable that the document does not list needs its debtor named, so that the gap can be kept. */
export function readHistory(fields: JsonFields, names: Names): PlanHistory {
  fields.allow(HISTORY_KEYS);
  const debtor = optional(fields, 'debtor', (key) => readReference(fields, key, names.debtors));
  const sentOn = fields.date('sentOn');
  if (sentOn > names.asOf) fields.report(fields.at('sentOn'), `a day not after asOf (${names.asOf}), got "${sentOn}"`);
  return {
    receivable: fields.has('debtor')
      ? fields.text('receivable')
      : readReference(fields, 'receivable', names.receivables),
    level: fields.integer('level', 1, 99),
    sentOn,
    ...debtor,
  };
}

const REFERENCES: Readonly<Record<string, string>> = {
  scenario: '$.scenarios',
  debtor: '$.debtors',
  receivable: '$.receivables',
};

function readReference(fields: JsonFields, key: string, known: ReadonlyMap<string, unknown>): string {
  const exists = (value: unknown): value is string => typeof value === 'string' && known.has(value);
  return fields.check(key, exists, `the id of one of ${REFERENCES[key]}`, '');
}
