import type { Content, ContentTable, TableCell } from 'pdfmake/interfaces.js';
import type { InvoiceRow, InvoiceTable, PaymentBlock } from '../../domain/index.js';
import { mm } from './paper.js';

export const INK = '#1f2933';
export const GREY = '#5b6672';
export const LINE = '#cdd3d9';
const LATE = '#b42318';
const PANEL = '#f4f6f7';

const QR_SIZE = mm(30);

/** Sizes in points of what stands in tables. */
export interface TableSizes {
  readonly row: number;
  readonly small: number;
}

/** What to pay, when and how, with the code to scan beside it. */
export function paymentContent(payment: PaymentBlock, qrUrl: string | undefined): Content {
  const facts: Content = {
    stack: [
      { text: payment.amount, fontSize: 18, bold: true, lineHeight: 1.1 },
      { text: payment.when, margin: [0, 0, 0, 6] },
      {
        layout: plainLayout(),
        table: {
          widths: ['auto', '*'],
          body: payment.details.map((detail) => [
            { text: detail.label, color: GREY, fontSize: 9, margin: [0, 1, 12, 1] },
            { text: detail.value, bold: true, fontSize: 9, margin: [0, 1, 0, 1] },
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

/** No rules and no padding: text lines up with what stands above it. */
function plainLayout() {
  const none = () => 0;
  return {
    hLineWidth: none,
    vLineWidth: none,
    paddingLeft: none,
    paddingRight: none,
    paddingTop: none,
    paddingBottom: none,
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

/** The invoices, one line each; the heading comes back on every page and a row is never cut. */
export function tableContent(table: InvoiceTable, sizes: TableSizes): Content {
  const { headings } = table;
  const heading = (text: string, more: object = {}): TableCell => ({ text, color: GREY, fontSize: 8.5, ...more });
  const head = [
    heading(headings.invoice),
    heading(headings.due, { colSpan: 2 }),
    {},
    heading(headings.amount, { alignment: 'right', noWrap: true }),
  ];
  return {
    layout: rulesLayout(),
    table: {
      headerRows: 1,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: ['*', 'auto', 'auto', 'auto'],
      body: [head, ...table.rows.map((row) => rowCells(row, sizes))],
    },
  } satisfies ContentTable;
}

/** What the rows come to. Kept apart from them so that it can stay in one piece. */
export function sumsContent(table: InvoiceTable, sizes: TableSizes): Content {
  return {
    margin: [0, 2, 0, 10],
    unbreakable: true,
    layout: plainLayout(),
    table: {
      widths: ['*', 'auto'],
      body: table.sums.map((sum) => {
        const style = sum.strong ? { bold: true, fontSize: sizes.row + 1.5 } : { fontSize: sizes.row };
        return [
          { text: sum.label, margin: [0, 2, 0, 0], ...style },
          { text: sum.value, margin: [0, 2, 0, 0], alignment: 'right', noWrap: true, ...style },
        ];
      }),
    },
  } satisfies ContentTable;
}

function rowCells(row: InvoiceRow, { row: size, small }: TableSizes): TableCell[] {
  const received = row.received === undefined ? '' : `\n${row.received}`;
  return [
    {
      text: [
        { text: row.title, bold: true, fontSize: size },
        { text: `  ${row.subtitle}${received}`, fontSize: small, color: GREY },
      ],
    },
    { text: row.due, fontSize: size, noWrap: true },
    { text: row.late ?? '', fontSize: small, color: LATE, noWrap: true, margin: [0, 0.8, 0, 0] },
    { text: row.open, fontSize: size, alignment: 'right', noWrap: true },
  ];
}

/** A rule under the heading and under each row. */
function rulesLayout() {
  return {
    hLineWidth: (line: number) => (line >= 1 ? 0.5 : 0),
    vLineWidth: () => 0,
    hLineColor: () => LINE,
    paddingLeft: (column: number) => (column === 0 ? 0 : 10),
    paddingRight: () => 0,
    paddingTop: () => 3,
    paddingBottom: () => 2,
  };
}
