import { allowOnly, ProcessError, say, type Session } from '../process/session.js';
import { SoapFault } from '../soap/index.js';
import { childOf, textIn, type XmlNode } from '../xml/index.js';
import { FIELDS, type BrowseField } from './fields.js';
import { OPERATORS, PREFIX, SCREENS, type Operator, type Screen, type ScreenColumn } from './screens.js';

/** One column as it was asked for, the screen's own choices filled in. */
export interface AskedColumn {
  readonly name: string;
  readonly field: BrowseField;
  readonly label: string;
  readonly visible: boolean;
  readonly filter: { readonly operator: Operator; readonly from: string; readonly to: string } | null;
}

export interface BrowseRequest {
  readonly columns: readonly AskedColumn[];
  readonly sort: readonly { readonly field: BrowseField; readonly descending: boolean }[];
}

/**
 * Reads `<columns code=…>`. An unknown field is a business error; a filter on a column that cannot be asked for makes
 * the server fail with a reference, as clients report.
 */
export function readBrowseRequest(session: Session, message: XmlNode): BrowseRequest {
  const code = message.attributes['code'] ?? '';
  const screen = SCREENS[code];
  if (screen === undefined) throw new ProcessError(say(session, 'no-browse', code));
  allowOnly(session, message, ['sort', 'column']);
  const columns = message.children.filter(({ name }) => name === 'column');
  const sort = childOf(message, 'sort')?.children ?? [];
  return {
    columns: columns.map((column) => readColumn(session, screen, column)),
    sort: sort.map((each) => ({
      field: fieldOf(session, screen, each.text).field,
      descending: each.attributes['order'] === 'descending',
    })),
  };
}

const PARTS = ['field', 'label', 'visible', 'ask', 'operator', 'from', 'to', 'finderparam'];

function readColumn(session: Session, screen: Screen, column: XmlNode): AskedColumn {
  allowOnly(session, column, PARTS);
  const { name, field, own } = fieldOf(session, screen, textIn(column, 'field'));
  return {
    name,
    field,
    label: childOf(column, 'label')?.text ?? field[session.language],
    visible: flag(session, column, 'visible') ?? own.visible,
    filter: filterOf(session, own, column),
  };
}

/** A column of the screen; the office can be added to any. */
function fieldOf(
  session: Session,
  screen: Screen,
  full: string,
): { name: string; field: BrowseField; own: ScreenColumn } {
  const name = full.startsWith(PREFIX) ? full.slice(PREFIX.length) : '';
  const own = screen.columns.find((each) => each.field === name) ?? (name === 'head.office' ? OFFICE : undefined);
  const field = FIELDS[name];
  if (own === undefined || field === undefined) throw new ProcessError(say(session, 'no-field', full));
  return { name, field, own };
}

const OFFICE: ScreenColumn = { field: 'head.office', visible: true, ask: false, operator: 'none' };

function flag(session: Session, column: XmlNode, name: string): boolean | null {
  const text = childOf(column, name)?.text;
  if (text === undefined) return null;
  if (text !== 'true' && text !== 'false') throw new ProcessError(say(session, 'bad-value', text));
  return text === 'true';
}

function filterOf(session: Session, own: ScreenColumn, column: XmlNode): AskedColumn['filter'] {
  const operator = childOf(column, 'operator')?.text || own.operator;
  if (!isOperator(operator)) throw new ProcessError(say(session, 'bad-operator', operator));
  const from = textIn(column, 'from');
  const to = textIn(column, 'to');
  flag(session, column, 'ask');
  if (operator === 'none' || (from === '' && to === '')) return null;
  if (!own.ask) throw new SoapFault(100, session.language, ` Reference code: ${session.now.toString(36)}`);
  return { operator, from, to };
}

function isOperator(text: string): text is Operator {
  return (OPERATORS as readonly string[]).includes(text);
}
