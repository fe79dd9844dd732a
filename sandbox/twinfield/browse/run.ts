import { linesBetween, type LedgerLine, type OfficeStore } from '../office/index.js';
import { ProcessError, say, officeFor, type Session } from '../process/session.js';
import {
  element,
  escapeAttribute,
  escapeText,
  fromWireTime,
  leaf,
  toPeriod,
  wildcard,
  type XmlNode,
} from '../xml/index.js';
import type { BrowseField, CellSource } from './fields.js';
import { readBrowseRequest, type AskedColumn } from './request.js';
import { PREFIX } from './screens.js';

/** `<columns code=…>`: the rows of a screen, all of them at once. There are no pages; a client slices by period. */
export function runBrowse(session: Session, message: XmlNode): string {
  const office = officeFor(session, message);
  const { columns, sort } = readBrowseRequest(session, message);
  const period = columns.find(({ name, filter }) => name === 'head.yearperiod' && filter !== null);
  const [from, to] = rangeOf(session, period);
  const tests = columns.filter((column) => column !== period).flatMap((column) => testOf(session, column));
  const rows: CellSource[] = [];
  for (const line of linesBetween(office, from, to)) {
    const source = { office, line, language: session.language };
    if (tests.every((test) => test(source))) rows.push(source);
  }
  if (sort.length > 0) rows.sort((left, right) => compare(left, right, sort));
  const visible = columns.filter((column) => column.visible);
  const writers = cellWriters(visible);
  const body = rows.map((source) => writeRow(source, writers)).join('');
  // Rows are counted from 1; an empty answer still has its head.
  const counts = { first: rows.length === 0 ? 0 : 1, last: rows.length, total: rows.length };
  return element('browse', { result: 1, ...counts }, writeHead(visible) + body);
}

/** Without a period every one is meant; `$DEFAULT$` is the current one. */
function rangeOf(session: Session, period: AskedColumn | undefined): readonly [from: string, to: string] {
  const filter = period?.filter;
  if (filter === undefined || filter === null) return ['', '9999/99'];
  const read = (text: string, otherwise: string): string => {
    if (text === '') return otherwise;
    if (text === '$DEFAULT$') return toPeriod(new Date(session.now).toISOString());
    if (!/^\d{4}\/\d{2}$/.test(text)) throw new ProcessError(say(session, 'bad-value', text));
    return text;
  };
  const from = read(filter.from, '');
  return [from, filter.operator === 'equal' ? from : read(filter.to, '9999/99')];
}

type Test = (source: CellSource) => boolean;

function testOf(session: Session, { name, field, filter }: AskedColumn): Test[] {
  if (filter === null) return [];
  // Provisional and final together.
  if (name === 'head.status' && filter.from === 'normal') return [];
  checkValues(session, field, filter);
  const { operator, from, to } = filter;
  if (operator === 'equal') return [(source) => field.value(source) === from];
  if (operator === 'like') {
    const pattern = wildcard(from);
    return [(source) => pattern.test(field.value(source))];
  }
  const order = orderOf(field);
  return [
    (source) => {
      const value = field.value(source);
      return (from === '' || order(value, from) >= 0) && (to === '' || order(value, bound(field, to)) <= 0);
    },
  ];
}

/** A day means the whole of it when the field is a moment. */
function bound(field: BrowseField, to: string): string {
  return field.type === 'Datetime' && to.length === 8 ? `${to}235959` : to;
}

function checkValues(session: Session, field: BrowseField, filter: { from: string; to: string }): void {
  const isTime = field.type === 'Date' || field.type === 'Datetime';
  const isNumber = field.type === 'Value' || field.type === 'Decimal';
  for (const value of [filter.from, filter.to]) {
    if (value === '') continue;
    const wrong = (isTime && fromWireTime(value) === null) || (isNumber && !/^-?\d+(\.\d+)?$/.test(value));
    if (wrong) throw new ProcessError(say(session, 'bad-value', value));
  }
}

function orderOf(field: BrowseField): (left: string, right: string) => number {
  if (field.type === 'Value' || field.type === 'Decimal') return (left, right) => Number(left) - Number(right);
  return (left, right) => (left < right ? -1 : left > right ? 1 : 0);
}

function compare(
  left: CellSource,
  right: CellSource,
  sort: readonly { field: BrowseField; descending: boolean }[],
): number {
  for (const { field, descending } of sort) {
    const order = orderOf(field)(field.value(left), field.value(right));
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

function writeHead(columns: readonly AskedColumn[]): string {
  const cells = columns.map(({ name, label, field }) =>
    leaf('td', PREFIX + name, { label, hideforuser: 'false', type: field.type }),
  );
  return `<th>${cells.join('')}</th>`;
}

/** The part of a column's cells that is the same in every row. */
interface CellWriter {
  readonly field: BrowseField;
  readonly open: string;
}

function cellWriters(columns: readonly AskedColumn[]): CellWriter[] {
  return columns.map(({ name, field }) => ({
    field,
    open: `<td field="${PREFIX}${name}" hideforuser="false" type="${field.type}"`,
  }));
}

/** Written by hand rather than through the element writer: an answer has hundreds of thousands of cells. */
function writeRow(source: CellSource, writers: readonly CellWriter[]): string {
  let row = '<tr>';
  for (const { field, open } of writers) {
    const value = field.value(source);
    const shown = value === '' ? undefined : field.shown?.(source);
    const name = shown === undefined ? '' : ` name="${escapeAttribute(shown)}"`;
    row += value === '' ? `${open}/>` : `${open}${name}>${escapeText(value)}</td>`;
  }
  return `${row}${writeKey(source.office, source.line)}</tr>`;
}

function writeKey({ head }: OfficeStore, { code, number, line }: LedgerLine): string {
  return `<key><office>${head.code}</office><code>${code}</code><number>${number}</number><line>${line}</line></key>`;
}
