import { QR_CONTENT_ID, type MessageBlock, type MessageInput, type PaymentBlock } from './message.js';
import { senderLines } from './figures.js';
import { fill, WORDS } from './words.js';
import { escapeHtml, html, raw, type Html } from './html-text.js';
import { tableHtml } from './html-table.js';
import { STYLES, styleSheet, textColorOn } from './html-style.js';

interface Parts {
  readonly subject: string;
  readonly preheader: string;
  readonly blocks: readonly MessageBlock[];
  readonly hasQr: boolean;
}

interface Look {
  readonly accent: string;
  readonly onAccent: string;
  readonly hasQr: boolean;
}

/** An account number or reference is copied in one piece, so it stays on one line; a long name may wrap. */
const SHORT_VALUE = 28;

/** A complete e-mail document: tables and inline styles, because that is what mail programs agree on. */
export function renderHtml(input: MessageInput, parts: Parts): string {
  const accent = input.sender.accentColor;
  const look: Look = { accent, onAccent: textColorOn(accent), hasQr: parts.hasQr };
  return html`<!doctype html>
    <html lang="${input.template.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>${parts.subject}</title>
        <style>
          ${raw(styleSheet())}
        </style>
      </head>
      <body class="op-page" style="${STYLES.page}">
        <div style="${STYLES.hidden}">${parts.preheader}${raw('&#847;&zwnj;&nbsp;'.repeat(40))}</div>
        <table
          role="presentation"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          border="0"
          class="op-page"
          style="${STYLES.page}"
        >
          <tr>
            <td align="center" style="padding:24px 12px">
              <table
                role="presentation"
                width="600"
                cellpadding="0"
                cellspacing="0"
                border="0"
                class="op-card"
                style="${STYLES.card};border-top:4px solid ${accent}"
              >
                <tr>
                  <td class="op-pad" style="padding:24px 32px 0">${head(input)}</td>
                </tr>
                <tr>
                  <td class="op-pad" style="padding:8px 32px 24px">
                    ${raw(parts.blocks.map((block) => blockHtml(block, look).value).join('\n'))}
                  </td>
                </tr>
                <tr>
                  <td class="op-pad op-foot" style="${STYLES.foot}">${foot(input)}</td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html> `.value;
}

function head({ sender }: MessageInput): Html {
  return sender.logoUrl === undefined
    ? html`<p class="op-ink" style="${STYLES.senderName}">${sender.name}</p>`
    : html`<img src="${sender.logoUrl}" alt="${sender.name}" height="40" style="${STYLES.logo}" />`;
}

function foot(input: MessageInput): Html {
  const words = WORDS[input.template.language];
  const lines = [...senderLines(input.sender, words), fill(words.customerNumber, { number: input.debtor.code })];
  return raw(lines.map(escapeHtml).join('<br>'));
}

function blockHtml(block: MessageBlock, look: Look): Html {
  if (block.type === 'payment') return paymentHtml(block.payment, look);
  if (block.type === 'invoices') return tableHtml(block.table);
  const text = raw(escapeHtml(block.text).replaceAll('\n', '<br>'));
  return block.type === 'legal'
    ? html`<p class="op-ink op-legal" style="${STYLES.legal};border-left:3px solid ${look.accent}">${text}</p>`
    : html`<p class="op-ink" style="${STYLES.paragraph}">${text}</p>`;
}

function paymentHtml(payment: PaymentBlock, look: Look): Html {
  const details = payment.details.map(
    (detail) =>
      html`<tr>
        <td class="op-soft op-label" style="${STYLES.label}">${detail.label}</td>
        <td
          class="op-ink op-value"
          style="${STYLES.value}${detail.value.length <= SHORT_VALUE ? ';white-space:nowrap' : ''}"
        >
          ${detail.value}
        </td>
      </tr>`.value,
  );
  return html`<table
    role="presentation"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    border="0"
    class="op-box"
    style="${STYLES.box}"
  >
    <tr>
      <td class="op-stack" valign="top" style="padding:20px 12px 20px 20px">
        <p class="op-ink" style="${STYLES.amount}">${payment.amount}</p>
        <p class="op-ink" style="${STYLES.when}">${payment.when}</p>
        <table role="presentation" cellpadding="0" cellspacing="0" border="0">
          ${raw(details.join(''))}
        </table>
        ${button(payment, look)}
      </td>
      ${look.hasQr ? qrCell(payment) : ''}
    </tr>
  </table>`;
}

function qrCell(payment: PaymentBlock): Html {
  return html`<td class="op-stack op-qr" width="152" align="center" valign="top" style="padding:20px 16px 20px 0">
    <img src="cid:${QR_CONTENT_ID}" alt="${payment.scanHint}" width="136" height="136" style="${STYLES.qr}" />
    <p class="op-soft" style="${STYLES.scan}">${payment.scanHint}</p>
  </td>`;
}

function button(payment: PaymentBlock, look: Look): Html | '' {
  if (payment.button === undefined) return '';
  const { url, label } = payment.button;
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin-top:16px">
    <tr>
      <td bgcolor="${look.accent}" style="border-radius:6px">
        <a href="${url}" style="${STYLES.button};background:${look.accent};color:${look.onAccent}">${label}</a>
      </td>
    </tr>
  </table>`;
}
