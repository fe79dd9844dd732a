import { senderLines } from './figures.js';
import type { InvoiceRow, InvoiceTable, MessageBlock, MessageInput, PaymentBlock } from './message.js';
import { fill, WORDS } from './words.js';

/** The plain-text alternative: everything the HTML says, for readers and machines that show no HTML. */
export function renderText(input: MessageInput, blocks: readonly MessageBlock[]): string {
  const words = WORDS[input.template.language];
  const foot = [...senderLines(input.sender, words), fill(words.customerNumber, { number: input.debtor.code })];
  return `${[...blocks.map((block) => blockText(block, words.colon)), `-- \n${foot.join('\n')}`].join('\n\n')}\n`;
}

function blockText(block: MessageBlock, colon: string): string {
  if (block.type === 'payment') return paymentText(block.payment, colon);
  if (block.type === 'invoices') return tableText(block.table, colon);
  return block.text;
}

function paymentText(payment: PaymentBlock, colon: string): string {
  const width = Math.max(...payment.details.map((detail) => detail.label.length)) + colon.length + 1;
  return [
    `${payment.amount}`,
    payment.when,
    '',
    ...payment.details.map((detail) => `${`${detail.label}${colon}`.padEnd(width)}${detail.value}`),
    ...(payment.button === undefined ? [] : ['', `${payment.button.label}${colon} ${payment.button.url}`]),
  ].join('\n');
}

function tableText(table: InvoiceTable, colon: string): string {
  const rule = '-'.repeat(48);
  const sums = table.sums.map((sum) => `${sum.label}${colon} ${sum.value}`);
  return [rule, ...table.rows.map((row) => rowText(row, table.headings, colon)), rule, ...sums].join('\n');
}

function rowText(row: InvoiceRow, headings: InvoiceTable['headings'], colon: string): string {
  const due =
    row.due === '' ? [] : [`${headings.due}${colon} ${row.due}${row.late === undefined ? '' : ` (${row.late})`}`];
  return [
    `${row.title}, ${row.subtitle}`,
    ...due,
    ...(row.received === undefined ? [] : [row.received]),
    `${headings.amount}${colon} ${row.open}`,
  ].join('\n  ');
}
