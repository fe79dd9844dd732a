import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import {
  fill,
  senderLines,
  WORDS,
  type MessageBlock,
  type MessageInput,
  type RenderedMessage,
} from '../../domain/index.js';
import { GREY, INK, LINE, paymentContent, tableContent } from './letter-blocks.js';
import { BODY_TOP, mm, PAGE, TEXT_WIDTH, WINDOWS, type EnvelopeWindow } from './paper.js';

export interface LetterParts {
  readonly message: MessageInput;
  readonly rendered: RenderedMessage;
  readonly window: EnvelopeWindow;
  readonly date: string;
  readonly logoUrl?: string;
  readonly qrUrl?: string;
}

/** The letter as a pdfmake document. */
export function letterDocument(parts: LetterParts): TDocumentDefinitions {
  const { message, rendered } = parts;
  return {
    pageSize: 'A4',
    pageMargins: [PAGE.left, PAGE.top, PAGE.right, PAGE.bottom],
    defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.25, color: INK },
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
      { text: '', margin: [0, 0, 0, BODY_TOP - PAGE.top] },
      meta(parts),
      { text: rendered.subject, bold: true, fontSize: 12, margin: [0, 0, 0, 10] },
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

/** Name, attention and address: at most six lines are in sight through the window. */
function address({ message, window }: LetterParts): Content {
  const { debtor } = message;
  const place = WINDOWS[window];
  const lines = [
    debtor.name,
    ...(debtor.contactName === undefined ? [] : [debtor.contactName]),
    ...debtor.addressLines,
  ];
  return {
    absolutePosition: { x: place.x, y: place.y },
    columns: [{ width: place.width, stack: lines.slice(0, 6), fontSize: 10.5, lineHeight: 1.15 }],
  };
}

function meta({ message, rendered, date }: LetterParts): Content {
  const words = WORDS[rendered.language];
  return {
    columns: [
      { width: '*', text: date },
      { width: 'auto', text: fill(words.customerNumber, { number: message.debtor.code }), color: GREY },
    ],
    margin: [0, 0, 0, 14],
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
  if (block.type === 'invoices') return tableContent(block.table);
  const indent = block.type === 'legal' ? 10 : 0;
  return { text: block.text, margin: [indent, 0, 0, 8] };
}

function runningHead({ message, date }: LetterParts): Content {
  return {
    margin: [PAGE.left, mm(11), PAGE.right, 0],
    fontSize: 8.5,
    color: GREY,
    columns: [
      { width: '*', text: `${message.sender.name} · ${message.debtor.name}` },
      { width: 'auto', text: date, alignment: 'right', margin: [10, 0, 0, 0] },
    ],
  };
}

function foot({ message, rendered }: LetterParts, page: number, pages: number): Content {
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
