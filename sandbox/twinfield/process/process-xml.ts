import { listBrowseFields, readBrowseDefinition, runBrowse } from '../browse/index.js';
import { listCustomers, readCustomers } from '../customers/read-customers.js';
import { writeCustomer, writeCustomers } from '../customers/write-customers.js';
import { SoapFault } from '../soap/index.js';
import { changeTransaction, changeTransactions } from '../transactions/delete-transaction.js';
import { readTransaction } from '../transactions/read-transaction.js';
import { element, leaf, textIn, type XmlNode } from '../xml/index.js';
import { listOffices, readOffice } from './offices.js';
import { ProcessError, say, type Session } from './session.js';

type Handler = (session: Session, message: XmlNode) => string;

const HANDLERS: Readonly<Record<string, Handler>> = {
  'list.offices': listOffices,
  'list.dimensions': listCustomers,
  'list.browsefields': listBrowseFields,
  'read.office': readOffice,
  'read.dimensions': readCustomers,
  'read.browse': readBrowseDefinition,
  'read.transaction': readTransaction,
  columns: runBrowse,
  dimension: writeCustomer,
  dimensions: writeCustomers,
  transaction: changeTransaction,
  transactions: changeTransactions,
};

/** What a message asks for, e.g. `read.dimensions` or `columns`. */
export function messageKind(message: XmlNode): string {
  const { name } = message;
  return name === 'list' || name === 'read' ? `${name}.${textIn(message, 'type')}` : name;
}

/** Whether the message only looks: such a message costs one credit, any other three. */
export function isQuery(message: XmlNode): boolean {
  return ['list', 'read', 'columns', 'accountcode', 'accountcodes'].includes(message.name);
}

/** Answers one message. A business error is an answer too, with `result="0"`. Throws a {@link SoapFault} for the rest. */
export function processMessage(session: Session, message: XmlNode): string {
  const kind = messageKind(message);
  const handler = HANDLERS[kind];
  try {
    if (handler === undefined) throw new ProcessError(say(session, 'not-implemented'));
    if (kind !== 'list.offices' && session.company === null && !namesOffice(message))
      throw new SoapFault(359, session.language);
    return handler(session, message);
  } catch (error) {
    if (error instanceof ProcessError) return refusal(message.name, error.message, error.at);
    throw error;
  }
}

/** An office in the message, or in what it carries, does instead of a company in the header. */
function namesOffice(message: XmlNode): boolean {
  return message.children.some(
    ({ name, children }) => name === 'office' || children.some((each) => each.name === 'office'),
  );
}

/** A whole message that was refused, the text on the element that is to blame. */
export function refusal(root: string, text: string, at: ProcessError['at'] = null): string {
  const error = { result: 0, msgtype: 'error', msg: text };
  return at === null ? element(root, error) : element(root, { result: 0 }, leaf(at.name, at.text, error));
}
