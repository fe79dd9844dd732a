import { allowOnly, ProcessError, say, type Session } from './session.js';
import { element, leaf, textIn, type XmlNode } from '../xml/index.js';

/** `<list><type>offices</type></list>`: the only message that needs no company. */
export function listOffices(session: Session, message: XmlNode): string {
  allowOnly(session, message, ['type']);
  const offices = [...session.offices.values()].map(({ head }) =>
    leaf('office', head.code, { name: head.name, shortname: head.name }),
  );
  return element('offices', { result: 1 }, offices.join(''));
}

/** `<read><type>office</type>…`: wants both the office and the code; otherwise it speaks of access. */
export function readOffice(session: Session, message: XmlNode): string {
  allowOnly(session, message, ['type', 'office', 'code']);
  const code = textIn(message, 'code');
  const office = code === textIn(message, 'office') ? session.offices.get(code) : undefined;
  if (office === undefined) throw new ProcessError(say(session, 'no-office'));
  const { name } = office.head;
  return element(
    'office',
    { status: 'active', result: 1 },
    leaf('code', office.head.code) +
      leaf('name', name) +
      leaf('shortname', name) +
      leaf('basecurrency', office.book.currency, { name: 'Euro', shortname: 'Euro' }) +
      leaf('reportingcurrency', office.book.currency, { name: 'Euro', shortname: 'Euro' }),
  );
}
