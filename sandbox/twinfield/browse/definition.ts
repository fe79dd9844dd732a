import { allowOnly, officeFor, ProcessError, say, type Session } from '../process/session.js';
import { element, leaf, textIn, type XmlNode } from '../xml/index.js';
import { FIELDS } from './fields.js';
import { PREFIX, SCREENS, type ScreenColumn } from './screens.js';

/** `<read><type>browse</type>…`: which columns a screen has, and which of them can be filtered on. */
export function readBrowseDefinition(session: Session, message: XmlNode): string {
  allowOnly(session, message, ['type', 'office', 'code']);
  const office = officeFor(session, message);
  const code = textIn(message, 'code');
  const screen = SCREENS[code];
  if (screen === undefined) throw new ProcessError(say(session, 'no-browse', code));
  const name = screen[session.language];
  const columns = screen.columns.map((column, index) => writeColumn(session, column, index + 1));
  return element(
    'browse',
    { result: 1 },
    leaf('office', office.head.code, { name: office.head.name, shortname: office.head.name }) +
      leaf('code', code) +
      leaf('name', name) +
      leaf('shortname', name) +
      leaf('visible', 'true') +
      element('columns', { code }, columns.join('')),
  );
}

function writeColumn(session: Session, column: ScreenColumn, id: number): string {
  return element(
    'column',
    { id },
    leaf('field', PREFIX + column.field) +
      leaf('label', FIELDS[column.field]![session.language]) +
      leaf('visible', String(column.visible)) +
      leaf('ask', String(column.ask)) +
      leaf('operator', column.operator) +
      leaf('from', column.from ?? '') +
      leaf('to', column.from === '$DEFAULT$' ? '$DEFAULT$' : '') +
      leaf('finderparam', column.finderparam ?? ''),
  );
}

/** `<list><type>browsefields</type></list>`: every field there is, with the choices of those that have any. */
export function listBrowseFields(session: Session, message: XmlNode): string {
  allowOnly(session, message, ['type', 'office']);
  const fields = Object.entries(FIELDS).map(([name, { type }]) => {
    const options = OPTIONS[name] ?? [];
    const choices = options.map((option) => leaf('option', option)).join('');
    return element(
      'browsefield',
      {},
      leaf('code', PREFIX + name) +
        leaf('datatype', type) +
        leaf('finder', '') +
        leaf('canorder', 'true') +
        element('options', {}, choices),
    );
  });
  return element('browsefields', { result: 1 }, fields.join(''));
}

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  'head.status': ['draft', 'temporary', 'final', 'inuse', 'normal'],
  'line.matchstatus': ['available', 'matched', 'proposed', 'notmatchable'],
};
