import { formatDateFor, formatMoneyFor, type BusinessDate } from '../../kernel/index.js';
import { invoicesOf } from './figures.js';
import type { MessageInput, MessageLine } from './message.js';

/** Everything a template may name. What is absent is null, so that `{% if sender.phone %}` works. */
export type TemplateContext = Readonly<Record<string, unknown>>;

/**
 * The variables of a template: `recipient debtor sender invoice invoices count partlyPaid total sentOn payBy next
 * channel level paymentReference portalUrl`. Dates and amounts are already written in the template's language;
 * `invoice` is the one longest due.
 */
export function templateContextOf(input: MessageInput): TemplateContext {
  const { debtor, sender, totals } = input;
  const { language } = input.template;
  const date = (value: BusinessDate | undefined) => (value === undefined ? null : formatDateFor(value, language));
  const invoices = invoicesOf(input.lines);
  const [oldest] = invoices;
  return clean({
    recipient: debtor.contactName ?? debtor.name,
    debtor: { name: debtor.name, contactName: debtor.contactName ?? null, code: debtor.code },
    sender: { name: sender.name, email: sender.email, phone: sender.phone ?? null, signature: sender.signature },
    invoice: oldest === undefined ? EMPTY_INVOICE : invoiceContext(oldest, language),
    invoices: invoices.map((line) => invoiceContext(line, language)),
    count: invoices.length,
    partlyPaid: invoices.some((line) => line.open !== line.amount),
    total: {
      open: formatMoneyFor(totals.open, language),
      fees: totals.fees.minor === 0n ? null : formatMoneyFor(totals.fees, language),
      interest: totals.interest.minor === 0n ? null : formatMoneyFor(totals.interest, language),
      total: formatMoneyFor(totals.total, language),
    },
    sentOn: date(input.dates.sentOn),
    payBy: date(input.dates.payBy),
    next: { kind: input.dates.next?.kind ?? null, on: date(input.dates.next?.on) },
    channel: input.channel ?? 'email',
    level: input.level,
    paymentReference: input.paymentReference,
    portalUrl: input.portalUrl ?? null,
  }) as TemplateContext;
}

const EMPTY_INVOICE = {
  number: null,
  date: null,
  dueDate: null,
  daysOverdue: null,
  amount: null,
  open: null,
  description: null,
};

function invoiceContext(line: MessageLine, language: string) {
  return {
    number: line.invoiceNumber,
    date: formatDateFor(line.invoiceDate, language),
    dueDate: formatDateFor(line.dueDate, language),
    daysOverdue: line.daysOverdue,
    amount: formatMoneyFor({ minor: line.amount, currency: line.currency }, language),
    open: formatMoneyFor({ minor: line.open, currency: line.currency }, language),
    description: line.description ?? null,
  };
}

/** Frames a block tag's place in the rendered body; a private-use character that no value can carry. */
export const BLOCK_MARK = '\uE000';

/** Values come from the books: without control characters they cannot forge a paragraph, a header or a block. */
function clean(value: unknown, key = ''): unknown {
  if (typeof value === 'string') {
    const text = value.replaceAll(BLOCK_MARK, '');
    return key === 'signature'
      ? text.replace(/\r\n?/g, '\n').trim()
      : text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  }
  if (Array.isArray(value)) return value.map((each) => clean(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, clean(each, name)]));
}
