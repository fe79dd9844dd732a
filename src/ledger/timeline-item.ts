import { formatMinor } from '../kernel/index.js';

/** Something that happened to a debtor. */
export interface TimelineItem {
  readonly at: Date;
  readonly kind: string;
  readonly title: string;
  readonly detail: string | null;
  /** A page of the admin UI, when there is one. */
  readonly link: string | null;
  /** Where it comes from and what is known of it, so that a reader of another language is told in that language. */
  readonly source: TimelineSource;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A row of the timeline: `source` says which table it comes from, `facts` what that table says. */
export interface TimelineRow {
  readonly at: Date;
  readonly at_key: string;
  readonly source: TimelineSource;
  readonly ref: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export type TimelineSource = 'audit' | 'block' | 'block-end' | 'change' | 'message' | 'step' | 'writeback';

type Facts = TimelineRow['facts'];
type Words = Pick<TimelineItem, 'kind' | 'title' | 'detail' | 'link'>;

/** A row as a sentence. Total over the sources. */
export function toTimelineItem(row: TimelineRow): TimelineItem {
  return { at: row.at, ...SAY[row.source](row.facts), source: row.source, facts: row.facts };
}

const SAY: Readonly<Record<TimelineSource, (facts: Facts) => Words>> = {
  audit: sayAudit,
  block: (facts) => ({
    kind: 'block',
    title: `Block: ${text(facts['kind'])}${about(facts)}`,
    detail: `${text(facts['reason'])}${facts['until'] === null ? '' : `, through ${text(facts['until'])}`} (${text(facts['by'])})`,
    link: null,
  }),
  'block-end': (facts) => ({
    kind: 'block-end',
    title: `Block released: ${text(facts['kind'])}${about(facts)}`,
    detail: textOrNull(facts['reason']),
    link: null,
  }),
  change: sayChange,
  message: (facts) => ({
    kind: 'message',
    title: text(facts['subject']),
    detail: `${text(facts['channel'])} to ${text(facts['recipient'])}: ${text(facts['state'])}${facts['error'] === null ? '' : `, ${text(facts['error'])}`}`,
    link: `/messages/${text(facts['id'])}`,
  }),
  step: (facts) => ({
    kind: 'step',
    title: `Step ${text(facts['level'])} ${STEP_STATES[text(facts['state'])] ?? text(facts['state'])}`,
    detail: text(facts['invoices']),
    link: `/messages/${text(facts['message'])}`,
  }),
  writeback: (facts) => ({
    kind: 'writeback',
    title: `${WRITTEN[text(facts['kind'])] ?? 'Document'} for the ledger: ${text(facts['state'])}`,
    detail: facts['error'] === null ? text(facts['summary']) : `${text(facts['summary'])}: ${text(facts['error'])}`,
    link: '/writebacks',
  }),
};

const WRITTEN: Readonly<Record<string, string>> = { note: 'Note', task: 'Task' };

const STEP_STATES: Readonly<Record<string, string>> = {
  reserved: 'decided',
  taken: 'taken',
  released: 'not taken after all',
};

/** News of a pull. Money that came in reads as a payment, whatever else changed with it. */
function sayChange(facts: Facts): Words {
  const change = text(facts['change']);
  if (facts['object'] !== 'receivables')
    return { kind: 'debtor', title: `Debtor ${change} in the ledger`, detail: null, link: null };
  const { openBefore, open, dueBefore, due } = record(facts['detail']);
  const invoice = text(facts['invoice']);
  const differences = [
    ...(openBefore === open ? [] : [`open ${amount(openBefore, facts)} → ${amount(open, facts)}`]),
    ...(dueBefore === due ? [] : [`due ${text(dueBefore)} → ${text(due)}`]),
  ];
  const [kind, word] = change === 'changed' ? changeKind(openBefore, open) : ['invoice', `${change} in the ledger`];
  return { kind, title: `${invoice} ${word}`, detail: differences.join('; ') || null, link: null };
}

/** From the open amounts before and after, minor units as text. */
function changeKind(before: unknown, after: unknown): readonly [kind: string, word: string] {
  if (typeof before !== 'string' || typeof after !== 'string' || before === after)
    return ['invoice', 'changed in the ledger'];
  if (after === '0') return ['settled', 'settled'];
  const less = before.startsWith('-') ? BigInt(after) > BigInt(before) : BigInt(after) < BigInt(before);
  return less ? ['payment', 'paid in part'] : ['invoice', 'changed in the ledger'];
}

function amount(minor: unknown, { currency }: Facts): string {
  if (typeof minor !== 'string' || typeof currency !== 'string') return text(minor);
  return `${currency} ${formatMinor(BigInt(minor), currency)}`;
}

function sayAudit(facts: Facts): Words {
  const action = text(facts['action']).replaceAll(/[-._]/g, ' ');
  const { from, to } = record(facts['detail']);
  const said = from === undefined && to === undefined ? '' : `${choice(from)} → ${choice(to)}, `;
  return {
    kind: 'audit',
    title: action.charAt(0).toUpperCase() + action.slice(1),
    detail: `${said}by ${text(facts['actor'])}`,
    link: null,
  };
}

function choice(value: unknown): string {
  if (value === null || value === undefined) return 'by the rules';
  const { name, email } = record(value);
  return typeof email === 'string' ? `${text(name)} <${email}>`.trim() : text(value);
}

function about(facts: Facts): string {
  return typeof facts['invoice'] === 'string' ? ` of ${facts['invoice']}` : '';
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
