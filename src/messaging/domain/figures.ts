import { formatDateFor, formatMoneyFor, type BusinessDate } from '../../kernel/index.js';
import {
  findOgmDigits,
  formatBelgianEnterpriseNumber,
  formatIban,
  formatOgm,
  isValidBelgianEnterpriseNumber,
  isValidDutchReference,
} from '../../law/index.js';
import type { HouseStyle, InvoiceRow, InvoiceTable, MessageInput, MessageLine, PaymentBlock } from './message.js';
import { fill, WORDS, type Words } from './words.js';

/** Invoices among the lines, oldest due date first. */
export function invoicesOf(lines: readonly MessageLine[]): readonly MessageLine[] {
  return lines
    .filter((line) => line.kind === 'invoice')
    .sort(
      (left, right) =>
        left.dueDate.localeCompare(right.dueDate) || left.invoiceNumber.localeCompare(right.invoiceNumber),
    );
}

/** What to pay, when, and how: the first thing the reader sees. */
export function paymentBlockOf(input: MessageInput): PaymentBlock {
  const { language } = input.template;
  const words = WORDS[language];
  const dueDates = [...new Set(invoicesOf(input.lines).map((line) => line.dueDate))];
  const oldest = dueDates[0];
  const reference = paymentReferenceOf(input.paymentReference, words);
  const details = [
    ...(oldest === undefined
      ? []
      : [{ label: dueDates.length > 1 ? words.oldestDueDate : words.dueDate, value: formatDateFor(oldest, language) }]),
    { label: words.account, value: formatIban(input.sender.iban) },
    ...(input.sender.bic === undefined ? [] : [{ label: words.bic, value: input.sender.bic }]),
    { label: words.payee, value: input.sender.name },
    reference,
  ];
  return {
    amount: formatMoneyFor(input.totals.total, language),
    when: whenToPay(input, dueDates),
    details,
    scanHint: words.scan,
    ...(input.portalUrl === undefined ? {} : { button: { label: words.payOnline, url: input.portalUrl } }),
  };
}

function whenToPay(input: MessageInput, dueDates: readonly BusinessDate[]): string {
  const { language } = input.template;
  const words = WORDS[language];
  if (input.dates.payBy !== undefined) return fill(words.payBy, { date: formatDateFor(input.dates.payBy, language) });
  const [only] = dueDates;
  if (only === undefined || dueDates.length > 1) return words.dueBelow;
  return fill(only >= input.dates.sentOn ? words.payBy : words.fellDue, { date: formatDateFor(only, language) });
}

function paymentReferenceOf(reference: string, words: Words): { label: string; value: string } {
  const ogm = /^[+*]{3}/.test(reference) ? findOgmDigits(reference) : undefined;
  if (ogm !== undefined) return { label: words.structuredReference, value: formatOgm(ogm) };
  return { label: isValidDutchReference(reference) ? words.dutchReference : words.reference, value: reference };
}

/** The table of what the total is made of. */
export function invoiceTableOf(input: MessageInput): InvoiceTable {
  const { language } = input.template;
  const words = WORDS[language];
  const { open, fees, interest, total } = input.totals;
  const extras = [
    { label: words.sumFees, money: fees },
    { label: words.sumInterest, money: interest },
  ].filter((each) => each.money.minor !== 0n);
  const shown = [
    ...(extras.length > 0 ? [{ label: words.sumOpen, money: open }, ...extras] : []),
    { label: words.sumTotal, money: total },
  ];
  return {
    headings: { invoice: words.invoiceHeading, due: words.dueHeading, amount: words.openHeading },
    rows: input.lines.map((line) => rowOf(line, input)),
    sums: shown.map((each, index) => ({
      label: each.label,
      value: formatMoneyFor(each.money, language),
      strong: index === shown.length - 1,
    })),
  };
}

function rowOf(line: MessageLine, input: MessageInput): InvoiceRow {
  const { language } = input.template;
  const words = WORDS[language];
  const money = (minor: bigint) => formatMoneyFor({ minor, currency: line.currency }, language);
  const dated = fill(words.dated, { date: formatDateFor(line.invoiceDate, language) });
  const isInvoice = line.kind === 'invoice';
  return {
    title: fill(words.kinds[line.kind], { number: line.invoiceNumber }).trim(),
    subtitle: line.description === undefined ? dated : `${dated} · ${line.description}`,
    due: isInvoice ? formatDateFor(line.dueDate, language) : '',
    ...(isInvoice && line.daysOverdue > 0
      ? { late: line.daysOverdue === 1 ? words.oneDayLate : fill(words.daysLate, { days: line.daysOverdue }) }
      : {}),
    open: money(line.open),
    ...receivedOf(line, words, money),
  };
}

/** Part paid: what was asked and what has come in, so that the open amount explains itself. */
function receivedOf(line: MessageLine, words: Words, money: (minor: bigint) => string): { received?: string } {
  const settled = line.amount - line.open;
  const towardsZero = line.amount >= 0n ? settled > 0n : settled < 0n;
  if (!towardsZero) return {};
  const phrase = line.kind === 'invoice' ? words.received : words.settled;
  return { received: fill(phrase, { amount: money(line.amount), received: money(settled < 0n ? -settled : settled) }) };
}

/** Name, address and numbers of the sender, one line each, as the foot of mail and letter show them. */
export function senderLines(sender: HouseStyle, words: Words): readonly string[] {
  return [
    [sender.name, ...sender.addressLines].join(' · '),
    [sender.email, ...(sender.phone === undefined ? [] : [fill(words.phone, { number: sender.phone })])].join(' · '),
    ...(sender.enterpriseNumber === undefined ? [] : [enterpriseLine(sender.enterpriseNumber, words)]),
  ];
}

/** A Dutch chamber-of-commerce number has eight digits, a Belgian enterprise number ten. */
export function enterpriseLine(enterpriseNumber: string, words: Words): string {
  return isValidBelgianEnterpriseNumber(enterpriseNumber)
    ? fill(words.belgianNumber, { number: formatBelgianEnterpriseNumber(enterpriseNumber) })
    : fill(words.dutchNumber, { number: enterpriseNumber });
}

/** The sum of what the rows show: what a message may ask for before costs and interest. */
export function sumOfOpen(lines: readonly MessageLine[]): bigint {
  return lines.reduce((sum, line) => sum + line.open, 0n);
}
