import { html, raw, type Html } from './html-text.js';
import { STYLES } from './html-style.js';
import type { InvoiceRow, InvoiceTable } from './message.js';

/** The invoices and what they come to. */
export function tableHtml(table: InvoiceTable): Html {
  const { headings } = table;
  const sums = table.sums.map((sum) => {
    const style = sum.strong ? STYLES.sumStrong : STYLES.sum;
    return html`<tr>
      <td colspan="2" class="op-ink op-line" style="${style}">${sum.label}</td>
      <td align="right" class="op-ink op-line" style="${style};white-space:nowrap">${sum.value}</td>
    </tr>`.value;
  });
  return html`<table width="100%" cellpadding="0" cellspacing="0" border="0" style="${STYLES.table}">
    <thead>
      <tr>
        <th align="left" class="op-soft op-line" style="${STYLES.heading}">${headings.invoice}</th>
        <th align="left" class="op-soft op-line" style="${STYLES.heading}">${headings.due}</th>
        <th align="right" class="op-soft op-line" style="${STYLES.heading};padding-right:0;white-space:nowrap">
          ${headings.amount}
        </th>
      </tr>
    </thead>
    <tbody>
      ${raw(table.rows.map((row) => rowHtml(row).value).join('\n'))}
    </tbody>
    <tfoot>
      ${raw(sums.join(''))}
    </tfoot>
  </table>`;
}

function rowHtml(row: InvoiceRow): Html {
  const received =
    row.received === undefined ? '' : html`<br /><span class="op-soft" style="${STYLES.small}">${row.received}</span>`;
  const late =
    row.late === undefined ? '' : html`<br /><span class="op-late" style="${STYLES.late}">${row.late}</span>`;
  return html`<tr>
    <td valign="top" class="op-ink op-line" style="${STYLES.cell}">
      <strong>${row.title}</strong><br /><span class="op-soft" style="${STYLES.small}">${row.subtitle}</span>${received}
    </td>
    <td valign="top" class="op-ink op-line" style="${STYLES.cell}"><span class="op-date">${row.due}</span>${late}</td>
    <td valign="top" align="right" class="op-ink op-line" style="${STYLES.cell};padding-right:0;white-space:nowrap">
      ${row.open}
    </td>
  </tr>`;
}
