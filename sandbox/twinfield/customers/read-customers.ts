import { customerCodeOf, type CustomerRecord, type OfficeStore } from '../office/index.js';
import { allowOnly, officeFor, say, type Session } from '../process/session.js';
import { childOf, element, leaf, textIn, type XmlNode } from '../xml/index.js';
import { customerFields, templateFields } from './customer-fields.js';
import { writeField } from './field-tree.js';

const ORDINARY = ['office', 'type', 'dimtype', 'code'];

/** `<list><type>dimensions</type>…`: codes and names, ended by the template. */
export function listCustomers(session: Session, message: XmlNode): string {
  allowOnly(session, message, ['office', 'type', 'dimtype']);
  const office = officeFor(session, message);
  const type = textIn(message, 'dimtype');
  if (type !== 'DEB') return unknownType(session, office, type);
  const rows = shownCustomers(office).map(({ debtor }) =>
    leaf('dimension', customerCodeOf(debtor), { name: debtor.name, shortname: '' }),
  );
  rows.push(leaf('dimension', 'DEB', { name: '', shortname: '' }));
  return element('dimensions', { office: office.head.code, type: 'DEB', result: 1 }, rows.join(''));
}

/** `<read><type>dimensions</type>…`: one customer in full, or all of them when no code is given. */
export function readCustomers(session: Session, message: XmlNode): string {
  allowOnly(session, message, ORDINARY);
  const office = officeFor(session, message);
  const type = textIn(message, 'dimtype');
  if (type !== 'DEB') return unknownType(session, office, type);
  const code = childOf(message, 'code')?.text.trim();
  if (code === undefined || code === '') return readAll(office);
  const customer = office.customerByCode(code);
  return customer === undefined ? absent(session, office, code) : writeCustomer(office, customer, true);
}

/** Those a person sees in the list of customers. */
export function shownCustomers(office: OfficeStore): CustomerRecord[] {
  return [...office.customers.values()]
    .filter(({ status }) => status === 'active')
    .sort((left, right) => left.debtor.code - right.debtor.code);
}

function readAll(office: OfficeStore): string {
  const rows = shownCustomers(office).map((customer) => writeCustomer(office, customer, false));
  rows.push(element('dimension', { status: 'active', result: 1 }, templateFields().map(writeField).join('')));
  return element('dimensions', { result: 1 }, rows.join(''));
}

export function writeCustomer(office: OfficeStore, customer: CustomerRecord, withOffice: boolean): string {
  const fields = customerFields(office, customer, withOffice).map(writeField).join('');
  return element('dimension', { status: customer.status, result: 1 }, fields);
}

function absent(session: Session, { head }: OfficeStore, code: string): string {
  const error = { result: 0, msgtype: 'error', msg: say(session, 'no-dimension', code) };
  return element(
    'dimension',
    { result: 0 },
    leaf('office', head.code, { name: head.name, shortname: '' }) +
      leaf('type', 'DEB', { name: 'Debiteuren', shortname: 'Debiteuren' }) +
      leaf('code', code, error),
  );
}

function unknownType(session: Session, { head }: OfficeStore, type: string): string {
  const error = { result: 0, msgtype: 'error', msg: say(session, 'no-dimension-type', type) };
  const office = leaf('office', head.code, { name: head.name, shortname: '' });
  return element('dimension', { result: 0 }, office + leaf('type', type, error));
}
