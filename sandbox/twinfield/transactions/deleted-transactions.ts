import type { DeletionRecord } from '../office/index.js';
import type { Session } from '../process/session.js';
import { childOf, element, leaf, textIn, type XmlNode } from '../xml/index.js';

const DATA = 'http://schemas.datacontract.org/2004/07/Twinfield.WebServices.DeletedTransactionsService';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** The service's own faults. */
export class DeletedTransactionsFault extends Error {
  constructor(readonly code: 'InvalidCompanyCode' | 'InvalidDaybook' | 'InvalidDates' | 'InvalidQuery') {
    super(code);
  }
}

/** Which date `DateFrom` and `DateTo` are held against: no source says. */
export type DeletedBy = 'deletion' | 'transaction';

/**
 * `GetDeletedTransactions`: what was deleted of an office, narrowed by daybook and dates (both in it; a plain date as the
 * end is the whole day). The element `Result` stands in the body without a wrapper.
 */
export function deletedTransactions(session: Session, query: XmlNode, by: DeletedBy): string {
  const type = query.attributes['type']?.split(':').pop();
  if (query.name !== 'Query' || type !== 'GetDeletedTransactions') throw new DeletedTransactionsFault('InvalidQuery');
  const office = session.offices.get(textIn(query, 'CompanyCode').trim());
  if (office === undefined) throw new DeletedTransactionsFault('InvalidCompanyCode');
  const daybook = textIn(query, 'Daybook');
  if (daybook !== '' && !/^[A-Z]{1,12}$/.test(daybook)) throw new DeletedTransactionsFault('InvalidDaybook');
  const from = momentIn(query, 'DateFrom', '') ?? -Infinity;
  const to = momentIn(query, 'DateTo', 'T23:59:59.999') ?? Infinity;
  if (from > to) throw new DeletedTransactionsFault('InvalidDates');
  const found = [...office.deletions.values()].filter((deletion) => {
    const at = by === 'deletion' ? deletion.deletedAt : Date.parse(deletion.transactionDate);
    return at >= from && at <= to && (daybook === '' || deletion.daybook === daybook);
  });
  const rows = found.map(writeDeletion).join('');
  const names = { xmlns: 'http://www.twinfield.com/', 'xmlns:b': DATA, 'xmlns:i': XSI };
  return element(
    'Result',
    { 'i:type': 'b:GetDeletedTransactionsResult', ...names },
    element('b:DeletedTransactions', {}, rows),
  );
}

function writeDeletion(deletion: DeletionRecord): string {
  return element(
    'b:DeletedTransaction',
    {},
    leaf('b:Daybook', deletion.daybook) +
      leaf('b:DeletionDate', new Date(deletion.deletedAt).toISOString().slice(0, 19)) +
      leaf('b:ReasonForDeletion', deletion.reason) +
      leaf('b:TransactionDate', `${deletion.transactionDate}T00:00:00`) +
      leaf('b:TransactionNumber', deletion.number) +
      leaf('b:User', deletion.user),
  );
}

function momentIn(query: XmlNode, name: string, endOfDay: string): number | null {
  const text = childOf(query, name)?.text.trim() ?? '';
  if (text === '') return null;
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const ms = Date.parse(
    plain ? `${text}${endOfDay || 'T00:00:00'}Z` : /Z|[+-]\d{2}:\d{2}$/.test(text) ? text : `${text}Z`,
  );
  if (Number.isNaN(ms)) throw new DeletedTransactionsFault('InvalidDates');
  return ms;
}

/** The fault as the service sends it; the shape of its detail is not published. */
export function deletedFault({ code }: DeletedTransactionsFault): string {
  const detail = element('DeletedTransactionsServiceFault', { xmlns: DATA }, leaf('Code', code));
  return element(
    'soap:Fault',
    {},
    leaf('faultcode', 'soap:Client') + leaf('faultstring', code) + element('detail', {}, detail),
  );
}
