import type { TimelineItem } from '../../api/types';
import { lookUp } from '../../ui/text';
import type { TextTools } from '../../ui/text';

export interface Said {
  title: string;
  detail: string | null;
}

type Facts = Record<string, unknown>;
type Say = (facts: Facts, text: TextTools, item: TimelineItem) => Said;

function written(value: unknown): string {
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : String(value);
}

/** Minor units as text to money: the server keeps amounts of events as they were stored. */
function minorToText(minor: unknown, currency: unknown, text: TextTools): string {
  if (typeof minor !== 'string' || typeof currency !== 'string') return written(minor);
  const digits = minor.replace('-', '').padStart(3, '0');
  const amount = `${minor.startsWith('-') ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  return text.money({ amount, currency });
}

function sayBlock(key: 'block' | 'block-end', facts: Facts, text: TextTools): string {
  const invoice = written(facts['invoice']);
  return text.t(`server.timeline.${key}`, {
    kind: lookUp(text, 'states.block', written(facts['kind'])).toLowerCase(),
    invoice: invoice === '' ? '' : text.t('server.timeline.ofInvoice', { invoice }),
  });
}

const sayBlocked: Say = (facts, text) => {
  const until = written(facts['until']);
  const words = { reason: written(facts['reason']), by: written(facts['by']) };
  const detail =
    until === ''
      ? text.t('server.timeline.blockNoEnd', words)
      : text.t('server.timeline.blockUntil', { ...words, until: text.date(until) });
  return { title: sayBlock('block', facts, text), detail };
};

const sayStep: Say = (facts, text) => {
  const states: Record<string, 'stepTaken' | 'stepReserved' | 'stepReleased'> = {
    taken: 'stepTaken',
    reserved: 'stepReserved',
    released: 'stepReleased',
  };
  const step = text.t('states.level.step', { level: written(facts['level']) });
  const title = text.t(`server.timeline.${states[written(facts['state'])] ?? 'stepTaken'}`, { step });
  return { title, detail: written(facts['invoices']) };
};

const sayMessage: Say = (facts, text) => {
  const state = lookUp(text, 'states.message', written(facts['state']));
  const sent = text.t('server.timeline.messageTo', { state, to: written(facts['recipient']) });
  const error = written(facts['error']);
  return { title: written(facts['subject']), detail: error === '' ? sent : `${sent}: ${error}` };
};

const sayWriteback: Say = (facts, text) => {
  const state = lookUp(text, 'states.writeback', written(facts['state'])).toLowerCase();
  const kind = (['note', 'task'] as const).find((each) => each === facts['kind']) ?? 'document';
  const error = written(facts['error']);
  return { title: text.t(`server.timeline.${kind}`, { state }), detail: error === '' ? null : error };
};

/** The title of a change in the books: what was paid says so, whatever else changed with it. */
function sayChangeTitle(item: TimelineItem, facts: Facts, text: TextTools): string {
  const change = written(facts['change']);
  const invoice = written(facts['invoice']);
  if (facts['object'] !== 'receivables') {
    const key = ({ new: 'debtorNew', deleted: 'debtorDeleted' } as const)[change] ?? 'debtorChanged';
    return text.t(`server.timeline.${key}`);
  }
  if (item.kind === 'settled') return text.t('server.timeline.settled', { invoice });
  if (item.kind === 'payment') return text.t('server.timeline.partPaid', { invoice });
  const key = ({ new: 'invoiceNew', deleted: 'invoiceDeleted' } as const)[change] ?? 'invoiceChanged';
  return text.t(`server.timeline.${key}`, { invoice });
}

const sayChange: Say = (facts, text, item) => {
  const detail = (typeof facts['detail'] === 'object' ? facts['detail'] : null) as Facts | null;
  const { openBefore, open, dueBefore, due } = detail ?? {};
  const money = (minor: unknown): string => minorToText(minor, facts['currency'], text);
  const differences = [
    openBefore === open ? '' : text.t('server.timeline.openFromTo', { from: money(openBefore), to: money(open) }),
    dueBefore === due
      ? ''
      : text.t('server.timeline.dueFromTo', { from: text.date(written(dueBefore)), to: text.date(written(due)) }),
  ].filter((each) => each !== '');
  return { title: sayChangeTitle(item, facts, text), detail: differences.join('; ') || null };
};

const SAY: Readonly<Record<string, Say>> = {
  block: sayBlocked,
  'block-end': (facts, text) => ({ title: sayBlock('block-end', facts, text), detail: written(facts['reason']) }),
  step: sayStep,
  message: sayMessage,
  writeback: sayWriteback,
  change: sayChange,
};

/** An event in the reader's language from its facts; without facts, the server's own words. */
export function sayEvent(item: TimelineItem, text: TextTools): Said {
  const say = item.source === undefined || item.facts === undefined ? undefined : SAY[item.source];
  return say === undefined || item.facts === undefined
    ? { title: item.title, detail: item.detail }
    : say(item.facts, text, item);
}
