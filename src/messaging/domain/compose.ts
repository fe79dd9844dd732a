import { assert, formatMoneyFor, InputError } from '../../kernel/index.js';
import { buildEpcPayload, formatIban, parseIban } from '../../law/index.js';
import { blocksOf } from './blocks.js';
import { invoicesOf, paymentBlockOf, sumOfOpen } from './figures.js';
import { renderHtml } from './html.js';
import { checkLegalNotice } from './legal-notice.js';
import type { MessageInput, RenderedMessage } from './message.js';
import { renderSource, validateTemplate } from './template-engine.js';
import { templateContextOf } from './template-context.js';
import { renderText } from './text.js';

/**
 * Writes one message to one debtor in one currency. Pure: the same input gives the same message.
 * @throws InputError for a faulty template (`TEMPLATE_INVALID`, naming the variable), account, portal address or legal
 * notice; AssertionError when the totals are not the sum of the lines shown.
 */
export function composeMessage(input: MessageInput): RenderedMessage {
  checkTotals(input);
  checkSender(input);
  checkLegalNotice(input);
  checkTemplate(input);
  const context = templateContextOf(input);
  const subject = renderSource(input.template.subject, context, '$.template.subject').replace(/\s+/g, ' ').trim();
  const blocks = blocksOf(renderSource(input.template.body, context, '$.template.body'), input);
  const epcPayload = epcPayloadOf(input);
  const preheader = preheaderOf(input);
  const hasQr = epcPayload !== undefined;
  return {
    subject,
    preheader,
    html: renderHtml(input, { subject, preheader, blocks, hasQr }),
    text: renderText(input, blocks),
    blocks,
    language: input.template.language,
    ...(epcPayload === undefined ? {} : { epcPayload }),
  };
}

function checkTotals({ lines, totals }: MessageInput): void {
  const { open, fees, interest, total } = totals;
  assert(lines.length > 0 && invoicesOf(lines).length > 0, 'a message shows at least one invoice');
  for (const each of [...lines, fees, interest, total])
    assert(each.currency === open.currency, `currencies never mix: ${each.currency} and ${open.currency}`);
  for (const line of lines)
    assert(line.kind === 'invoice' || line.open <= 0n, `${line.kind} ${line.invoiceNumber} lowers the total`);
  assert(sumOfOpen(lines) === open.minor, 'the open total is the sum of the lines shown');
  assert(open.minor + fees.minor + interest.minor === total.minor, 'total = open + fees + interest');
  assert(total.minor > 0n, 'a message asks for a positive amount');
}

function checkSender({ sender, portalUrl }: MessageInput): void {
  parseIban(sender.iban, '$.sender.iban');
  if (!/^#[0-9a-f]{6}$/i.test(sender.accentColor))
    throw new InputError('$.sender.accentColor', `a colour #rrggbb, got ${JSON.stringify(sender.accentColor)}`);
  if (sender.logoUrl !== undefined && !isWebAddress(sender.logoUrl))
    throw new InputError('$.sender.logoUrl', 'an https address');
  if (portalUrl !== undefined && !isWebAddress(portalUrl)) throw new InputError('$.portalUrl', 'an https address');
}

/** Plain http only towards this machine, for a demo. */
function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname))
  );
}

function checkTemplate({ template }: MessageInput): void {
  const [problem] = validateTemplate(template);
  if (problem !== undefined)
    throw new InputError(`$.template.${problem.field}`, `a valid template; ${problem.message}`, 'TEMPLATE_INVALID');
}

/** What mail programs show beside the subject. */
function preheaderOf(input: MessageInput): string {
  const amount = formatMoneyFor(input.totals.total, input.template.language);
  return `${amount} · ${paymentBlockOf(input).when} · ${formatIban(input.sender.iban)}`;
}

/** SEPA moves euros only, and the code has room for 70 characters of name and 140 of reference. */
function epcPayloadOf({ sender, totals, paymentReference }: MessageInput): string | undefined {
  if (totals.total.currency !== 'EUR') return undefined;
  return buildEpcPayload({
    name: firstCharacters(sender.name, 70),
    iban: sender.iban,
    ...(sender.bic === undefined ? {} : { bic: sender.bic }),
    amount: totals.total,
    remittance: firstCharacters(paymentReference, 140),
  });
}

function firstCharacters(text: string, maximum: number): string {
  return [...text.replace(/\p{Cc}+/gu, ' ').trim()].slice(0, maximum).join('').trim();
}
