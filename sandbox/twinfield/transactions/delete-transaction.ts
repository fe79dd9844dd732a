import { deleteBooking } from '../office/index.js';
import { userCodeOf } from '../oidc/index.js';
import { allowOnly, officeFor, ProcessError, say, type Session } from '../process/session.js';
import { element, leaf, textIn, type XmlNode } from '../xml/index.js';

/** `<transactions>`: each for itself; one may be refused beside others that are done. */
export function changeTransactions(session: Session, message: XmlNode): string {
  const answers = message.children.map((each) => {
    try {
      return changeTransaction(session, each);
    } catch (error) {
      if (!(error instanceof ProcessError)) throw error;
      return element(each.name, { result: 0, msgtype: 'error', msg: error.message });
    }
  });
  const done = answers.length > 0 && answers.every((xml) => !xml.includes('result="0"'));
  return element('transactions', { result: done ? 1 : 0 }, answers.join(''));
}

/** `<transaction action="delete" reason="…">`: only a provisional booking. Nothing else is taken here. */
export function changeTransaction(session: Session, message: XmlNode): string {
  const { action, reason = '' } = message.attributes;
  if (message.name !== 'transaction' || action !== 'delete') throw new ProcessError(say(session, 'not-implemented'));
  allowOnly(session, message, ['office', 'code', 'number']);
  const office = officeFor(session, message);
  const [code, number] = [textIn(message, 'code').trim(), textIn(message, 'number').trim()];
  const booking = office.bookingOf(code, number);
  if (booking === undefined)
    throw new ProcessError(say(session, 'no-transaction', number), { name: 'number', text: number });
  if (reason === '') throw new ProcessError(say(session, 'reason-required'));
  if (booking.status !== 'temporary') throw new ProcessError(say(session, 'not-provisional'));
  const { id } = booking.receivable;
  deleteBooking(office, id, { reason, user: userCodeOf(session.user), now: session.now });
  office.book.receivables = office.book.receivables.filter((each) => each.id !== id);
  const done = leaf('office', office.head.code) + leaf('code', code) + leaf('number', number);
  return element('transaction', { action, reason, result: 1 }, done);
}
