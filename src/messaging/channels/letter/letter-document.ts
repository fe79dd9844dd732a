import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import {
  fill,
  senderLines,
  WORDS,
  type MessageBlock,
  type MessageInput,
  type RenderedMessage,
} from '../../domain/index.js';
import { GREY, INK, LINE, paymentContent, sumsContent, tableContent } from './letter-blocks.js';
import { BODY_TOP, COMPACT_BODY_TOP, mm, PAGE, TEXT_WIDTH, WINDOWS, type EnvelopeWindow } from './paper.js';

export interface LetterParts {
  readonly message: MessageInput;
  readonly rendered: RenderedMessage;
  readonly window: EnvelopeWindow;
  readonly date: string;
  readonly logoUrl?: string;
  readonly qrUrl?: string;
  /** `compact` is for a letter that would otherwise spill a few lines onto another page. */
  readonly density: Density;
  /** Told on each page how many there are. */
  readonly onPage: (pages: number) => void;
}

export type Density = keyof typeof DENSITIES;

/** Sizes in points: text, space between lines, between paragraphs, and where the body starts. */
const DENSITIES = {
  normal: { fontSize: 10, lineHeight: 1.25, gap: 8, top: BODY_TOP, table: { row: 9.5, small: 8.5 } },
  compact: { fontSize: 9, lineHeight: 1.15, gap: 5, top: COMPACT_BODY_TOP, table: { row: 8.5, small: 7.5 } },
} as const;

/** About what fits on a line of the window in the ordinary size. */
const ADDRESS_LINE_CHARACTERS = 38;

/** The letter as a pdfmake document. */
export function letterDocument(parts: LetterParts): TDocumentDefinitions {
  const { message, rendered } = parts;
  const { fontSize, lineHeight, top, gap } = DENSITIES[parts.density];
  return {
    pageSize: 'A4',
    pageMargins: [PAGE.left, PAGE.top, PAGE.right, PAGE.bottom],
    defaultStyle: { font: 'Roboto', fontSize, lineHeight, color: INK },
    language: rendered.language,
    info: {
      title: rendered.subject,
      author: message.sender.name,
      creationDate: new Date(`${message.dates.sentOn}T12:00:00Z`),
    },
    header: (page) => (page === 1 ? { text: '' } : runningHead(parts)),
    footer: (page, pages) => foot(parts, page, pages),
    content: [
      letterhead(parts),
      address(parts),
      { text: '', margin: [0, 0, 0, top - PAGE.top - fontSize] },
      meta(parts),
      { text: rendered.subject, bold: true, fontSize: fontSize + 2, margin: [0, 0, 0, gap + 2] },
      ...bodyContent(parts),
    ],
  };
}

/** The sender above the first fold, in the house colour, opposite the window's side of the page stays free. */
function letterhead({ message, logoUrl }: LetterParts): Content {
  const { sender } = message;
  const mark: Content =
    logoUrl === undefined
      ? { text: sender.name, fontSize: 16, bold: true, color: sender.accentColor }
      : { image: logoUrl, fit: [mm(60), mm(18)] };
  const lines = [
    sender.name,
    ...sender.addressLines,
    sender.email,
    ...(sender.phone === undefined ? [] : [sender.phone]),
  ];
  return {
    absolutePosition: { x: PAGE.left, y: mm(16) },
    columns: [
      { width: '*', stack: [mark] },
      {
        width: mm(62),
        stack: logoUrl === undefined ? lines.slice(1) : lines,
        fontSize: 8.5,
        color: GREY,
        alignment: 'right',
      },
    ],
  };
}

/** Name, attention and address: small print when it would not fit the height of the window. */
function address({ message, window }: LetterParts): Content {
  const { debtor } = message;
  const place = WINDOWS[window];
  const lines = [
    debtor.name,
    ...(debtor.contactName === undefined ? [] : [debtor.contactName]),
    ...debtor.addressLines,
  ];
  const printedLines = lines.reduce((sum, line) => sum + Math.ceil(line.length / ADDRESS_LINE_CHARACTERS), 0);
  const size = printedLines > 5 ? { fontSize: 8.5, lineHeight: 1 } : { fontSize: 10.5, lineHeight: 1.15 };
  return {
    absolutePosition: { x: place.x, y: place.y },
    columns: [{ width: place.width, stack: lines, ...size }],
  };
}

function meta({ message, rendered, date }: LetterParts): Content {
  const words = WORDS[rendered.language];
  return {
    columns: [
      { width: '*', text: date },
      { width: 'auto', text: fill(words.customerNumber, { number: message.debtor.code }), color: GREY },
    ],
    margin: [0, 0, 0, 12],
  };
}

/** From the closing sentence on, the letter keeps together: a signature alone on a page looks like a mistake. */
function bodyContent(parts: LetterParts): Content[] {
  const { blocks } = parts.rendered;
  const lastTable = blocks.findLastIndex((block) => block.type !== 'paragraph');
  const isShortEnd = blocks.length - lastTable <= 6;
  const cut = isShortEnd ? lastTable + 1 : blocks.length;
  const end = blocks.slice(cut).map((block) => blockContent(block, parts));
  return [
    ...blocks.slice(0, cut).map((block) => blockContent(block, parts)),
    ...(end.length === 0 ? [] : [{ stack: end, unbreakable: true }]),
  ];
}

function blockContent(block: MessageBlock, parts: LetterParts): Content {
  if (block.type === 'payment') return paymentContent(block.payment, parts.qrUrl);
  if (block.type === 'invoices') {
    const sizes = DENSITIES[parts.density].table;
    return [tableContent(block.table, sizes), sumsContent(block.table, sizes)];
  }
  const indent = block.type === 'legal' ? 10 : 0;
  return { text: block.text, margin: [indent, 0, 0, DENSITIES[parts.density].gap] };
}

function runningHead({ message, date }: LetterParts): Content {
  return {
    margin: [PAGE.left, mm(11), PAGE.right, 0],
    fontSize: 8.5,
    color: GREY,
    columns: [
      { width: '*', text: message.sender.name },
      { width: 'auto', text: date, noWrap: true, alignment: 'right', margin: [10, 0, 0, 0] },
    ],
  };
}

function foot({ message, rendered, onPage }: LetterParts, page: number, pages: number): Content {
  onPage(pages);
  const words = WORDS[rendered.language];
  const iban = rendered.blocks.find((block) => block.type === 'payment');
  const account = iban?.payment.details.find((detail) => detail.label === words.account)?.value ?? '';
  const [name = '', ...rest] = senderLines(message.sender, words);
  const numbers = rest.slice(1);
  return {
    margin: [PAGE.left, mm(6), PAGE.right, 0],
    stack: [
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: TEXT_WIDTH, y2: 0, lineWidth: 0.5, lineColor: LINE }] },
      {
        margin: [0, 5, 0, 0],
        fontSize: 8,
        color: GREY,
        columns: [
          { width: '*', stack: [name, [...numbers, `IBAN ${account}`].join(' · ')] },
          {
            width: 'auto',
            text: pages > 1 ? fill(words.page, { page, pages }) : '',
            alignment: 'right',
            margin: [10, 0, 0, 0],
          },
        ],
      },
    ],
  };
}
