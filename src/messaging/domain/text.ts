import { senderLines } from './figures.js';
import type { InvoiceRow, InvoiceTable, MessageBlock, MessageInput, PaymentBlock } from './message.js';
import { fill, WORDS } from './words.js';

/** The plain-text alternative: everything the HTML says, for readers and machines that show no HTML. */
export function renderText(input: MessageInput, blocks: readonly MessageBlock[]): string {
  const words = WORDS[input.template.language];
  const foot = [...senderLines(input.sender, words), fill(words.customerNumber, { number: input.debtor.code })];
  return `${[...blocks.map(blockText), `-- \n${foot.join('\n')}`].join('\n\n')}\n`;
}

function blockText(block: MessageBlock): string {
  if (block.type === 'payment') return paymentText(block.payment);
  if (block.type === 'invoices') return tableText(block.table);
  return block.text;
}

function paymentText(payment: PaymentBlock): string {
  const width = Math.max(...payment.details.map((detail) => detail.label.length)) + 2;
  return [
    `${payment.amount}`,
    payment.when,
    '',
    ...payment.details.map((detail) => `${`${detail.label}:`.padEnd(width)}${detail.value}`),
    ...(payment.button === undefined ? [] : ['', `${payment.button.label}: ${payment.button.url}`]),
  ].join('\n');
}

function tableText(table: InvoiceTable): string {
  const rule = '-'.repeat(48);
  const sums = table.sums.map((sum) => `${sum.label}: ${sum.value}`);
  return [rule, ...table.rows.map((row) => rowText(row, table)), rule, ...sums].join('\n');
}

function rowText(row: InvoiceRow, table: InvoiceTable): string {
  const due =
    row.due === '' ? [] : [`${table.headings.due}: ${row.due}${row.late === undefined ? '' : ` (${row.late})`}`];
  return [
    `${row.title}, ${row.subtitle}`,
    ...due,
    ...(row.received === undefined ? [] : [row.received]),
    `${table.headings.amount}: ${row.open}`,
  ].join('\n  ');
}
