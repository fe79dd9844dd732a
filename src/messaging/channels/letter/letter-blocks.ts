import type { Content, ContentTable, TableCell } from 'pdfmake/interfaces.js';
import type { InvoiceRow, InvoiceTable, PaymentBlock } from '../../domain/index.js';
import { mm } from './paper.js';

export const INK = '#1f2933';
export const GREY = '#5b6672';
export const LINE = '#cdd3d9';
const LATE = '#b42318';
const PANEL = '#f4f6f7';

const QR_SIZE = mm(32);

/** What to pay, when and how, with the code to scan beside it. */
export function paymentContent(payment: PaymentBlock, qrUrl: string | undefined): Content {
  const facts: Content = {
    stack: [
      { text: payment.amount, fontSize: 18, bold: true, lineHeight: 1.1 },
      { text: payment.when, margin: [0, 0, 0, 6] },
      {
        layout: 'noBorders',
        table: {
          widths: ['auto', '*'],
          body: payment.details.map((detail) => [
            { text: detail.label, color: GREY, fontSize: 9, margin: [-4, -1, 4, -1] },
            { text: detail.value, bold: true, fontSize: 9, margin: [0, -1, 0, -1] },
          ]),
        },
      },
    ],
  };
  const qr: Content[] = qrUrl === undefined ? [] : [qrContent(payment, qrUrl)];
  return {
    margin: [0, 2, 0, 12],
    unbreakable: true,
    layout: panelLayout(),
    table: { widths: qrUrl === undefined ? ['*'] : ['*', QR_SIZE], body: [[facts, ...qr]] },
  } satisfies ContentTable;
}

function qrContent(payment: PaymentBlock, qrUrl: string): Content {
  return {
    stack: [
      { image: qrUrl, width: QR_SIZE },
      { text: payment.scanHint, fontSize: 7.5, color: GREY, alignment: 'center', margin: [0, 2, 0, 0] },
    ],
  };
}

function panelLayout() {
  return {
    hLineWidth: () => 0,
    vLineWidth: () => 0,
    fillColor: () => PANEL,
    paddingLeft: () => 12,
    paddingRight: () => 12,
    paddingTop: () => 10,
    paddingBottom: () => 10,
  };
}

/** The invoices; the heading comes back on every page and a row is never cut. */
export function tableContent(table: InvoiceTable): Content {
  const { headings } = table;
  const head: TableCell[] = [
    { text: headings.invoice, color: GREY, fontSize: 9 },
    { text: headings.due, color: GREY, fontSize: 9 },
    { text: headings.amount, color: GREY, fontSize: 9, alignment: 'right' },
  ];
  return {
    margin: [0, 0, 0, 10],
    layout: rulesLayout(table.rows.length),
    table: {
      headerRows: 1,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: ['*', 'auto', 'auto'],
      body: [head, ...table.rows.map(rowCells), ...table.sums.map(sumCells)],
    },
  } satisfies ContentTable;
}

function rowCells(row: InvoiceRow): TableCell[] {
  const small = [row.subtitle, ...(row.received === undefined ? [] : [row.received])];
  return [
    { stack: [{ text: row.title, bold: true }, ...small.map((text) => ({ text, fontSize: 8.5, color: GREY }))] },
    {
      stack: [row.due, ...(row.late === undefined ? [] : [{ text: row.late, fontSize: 8.5, color: LATE }])],
      noWrap: true,
    },
    { text: row.open, alignment: 'right', noWrap: true },
  ];
}

function sumCells(sum: InvoiceTable['sums'][number]): TableCell[] {
  const style = sum.strong ? { bold: true, fontSize: 11 } : {};
  return [
    { text: sum.label, colSpan: 2, ...style },
    {},
    { text: sum.value, alignment: 'right', noWrap: true, ...style },
  ];
}

/** A rule under the heading and each row, none between the sums. */
function rulesLayout(rows: number) {
  return {
    hLineWidth: (line: number) => (line >= 1 && line <= rows + 1 ? 0.5 : 0),
    vLineWidth: () => 0,
    hLineColor: () => LINE,
    paddingLeft: (column: number) => (column === 0 ? 0 : 10),
    paddingRight: () => 0,
    paddingTop: () => 4,
    paddingBottom: () => 3,
  };
}
