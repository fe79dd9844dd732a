import type { CustomerRecord, OfficeStore } from '../office/index.js';
import { officeFor, ProcessError, say, type Session } from '../process/session.js';
import { childOf, element, escapeText, leaf, textIn, type Attributes, type XmlNode } from '../xml/index.js';
import { customerFields } from './customer-fields.js';
import { pathOf, writeField, type Field } from './field-tree.js';
import { checkText } from './rules.js';
import { setElement, textsOf } from './written.js';

/** `<dimensions><dimension>…`: each customer for itself, so that one may be refused beside others that are stored. */
export function writeCustomers(session: Session, message: XmlNode): string {
  const answers = message.children.map((dimension) => writeOne(session, dimension));
  const result = answers.length > 0 && answers.every(({ stored }) => stored) ? 1 : 0;
  return element('dimensions', { result }, answers.map(({ xml }) => xml).join(''));
}

/** `<dimension>…`: one customer. Elements that are left out stay as they are. */
export function writeCustomer(session: Session, message: XmlNode): string {
  return writeOne(session, message).xml;
}

/** What is wrong with a document, by the path of the element. */
type Errors = Map<string, string>;

function writeOne(session: Session, dimension: XmlNode): { stored: boolean; xml: string } {
  const errors: Errors = new Map();
  try {
    const office = officeFor(session, dimension);
    const customer = office.customerByCode(textIn(dimension, 'code').trim());
    if (dimension.name !== 'dimension') throw new ProcessError(say(session, 'unknown-element', dimension.name));
    if (textIn(dimension, 'type') !== 'DEB')
      errors.set('type', say(session, 'no-dimension-type', textIn(dimension, 'type')));
    else if (customer === undefined || customer.status === 'deleted')
      errors.set('code', say(session, 'no-dimension', textIn(dimension, 'code')));
    else return store(session, { office, customer, dimension });
  } catch (error) {
    if (!(error instanceof ProcessError)) throw error;
    errors.set(error.at?.name ?? '', error.message);
  }
  return { stored: false, xml: echo(dimension, [], errors) };
}

interface Writing {
  readonly office: OfficeStore;
  readonly customer: CustomerRecord;
  readonly dimension: XmlNode;
}

/** All or nothing of one customer. */
function store(session: Session, { office, customer, dimension }: Writing): { stored: boolean; xml: string } {
  const before = textsOf(office, customer);
  const wanted = leavesOf(dimension, '').filter(([path]) => !KEY.includes(path));
  const errors: Errors = new Map();
  const after = new Map([...before, ...wanted]);
  for (const [path, text] of wanted) {
    const problem = problemOf(session, path, { text, before, after });
    if (problem !== null) errors.set(path, problem);
  }
  if ((childOf(dimension, 'name')?.text.trim() ?? '') === '') errors.set('name', say(session, 'name-required'));
  const status = statusOf(dimension, customer);
  if (status === null) errors.set('', say(session, 'bad-value', dimension.attributes['status']));
  if (errors.size > 0 || status === null)
    return { stored: false, xml: echo(dimension, customerFields(office, customer, true), errors) };
  const changed = wanted
    .filter(([path, text]) => before.get(path) !== text && !EMPTY_LISTS.includes(path))
    .reduce((each, [path, text]) => setElement(office, each, { path, text }), customer);
  const stored = { ...changed, status, touched: customer.touched + 1, modified: session.now };
  office.customers.put(customer.debtor.id, stored);
  return { stored: true, xml: echo(dimension, customerFields(office, stored, true), errors, status) };
}

/** A customer is retired and taken back by the attribute; to delete one it has to be without bookings, which none is. */
function statusOf(dimension: XmlNode, customer: CustomerRecord): 'active' | 'inactive' | null {
  const status = dimension.attributes['status'] ?? customer.status;
  return status === 'active' || status === 'inactive' ? status : null;
}

const KEY: readonly string[] = ['office', 'type', 'code'];
const READ_ONLY: readonly string[] = ['uid', 'behaviour', 'modified', 'touched'];
const EMPTY_LISTS: readonly string[] = ['banks', 'groups', 'postingrules', 'financials/childvalidations'];

interface Texts {
  readonly text: string;
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

/** `inuse` is refused even unchanged; what else cannot be written may come back as it was read. */
function problemOf(session: Session, path: string, { text, before, after }: Texts): string | null {
  const name = path.split('/').at(-1)!;
  if (path === 'inuse') return say(session, 'not-sendable', name);
  if (EMPTY_LISTS.includes(path) && text === '') return null;
  const known = before.get(path);
  if (known === undefined) return say(session, 'unknown-element', name);
  if (READ_ONLY.includes(path)) return known === text ? null : say(session, 'not-sendable', name);
  return checkText(session, path, { text, after });
}

/** Paths and texts of the elements without children. */
function leavesOf(node: XmlNode, parent: string): [path: string, text: string][] {
  return node.children.flatMap((child) => {
    const path = pathOf(parent, child.name, child.attributes['id']);
    return child.children.length > 0 ? leavesOf(child, path) : [[path, child.text] as [string, string]];
  });
}

/** The request as it came, with what is to be said of its elements, and what it left out behind it. */
function echo(dimension: XmlNode, fields: readonly Field[], errors: Errors, status?: string): string {
  const wrong = errors.get('');
  const error = wrong === undefined ? {} : errorAttributes(wrong);
  const missingName = errors.has('name') && childOf(dimension, 'name') === undefined;
  const name = missingName ? leaf('name', '', errorAttributes(errors.get('name')!)) : '';
  const rest = missingName ? fields.filter((each) => each.name !== 'name') : fields;
  const result = errors.size === 0 ? 1 : 0;
  const shown = status ?? dimension.attributes['status'];
  return element(
    'dimension',
    { status: shown, result, ...error },
    echoChildren(dimension, rest, { errors, parent: '' }) + name,
  );
}

function echoChildren(node: XmlNode, fields: readonly Field[], at: { errors: Errors; parent: string }): string {
  const { errors, parent } = at;
  const same = (child: XmlNode, each: Field): boolean =>
    each.name === child.name && String(each.attributes['id'] ?? '') === (child.attributes['id'] ?? '');
  const sent = node.children.map((child) => {
    const path = pathOf(parent, child.name, child.attributes['id']);
    const known = fields.find((each) => same(child, each));
    const text = errors.get(path);
    const attributes: Attributes = {
      ...known?.attributes,
      ...child.attributes,
      ...(text === undefined ? {} : errorAttributes(text)),
    };
    const inner =
      child.children.length > 0
        ? echoChildren(child, known?.children ?? [], { errors, parent: path })
        : escapeText(child.text);
    return element(child.name, attributes, inner);
  });
  const left = fields.filter((each) => !node.children.some((child) => same(child, each)));
  return sent.join('') + left.map(writeField).join('');
}

function errorAttributes(msg: string): Attributes {
  return { result: 0, msgtype: 'error', msg };
}
