import type { Book } from '../../books/index.js';
import type { AdministrationStore } from '../store/index.js';
import {
  administrationOf,
  firstOf,
  offsetOf,
  PAGE_SIZE,
  reachable,
  refuse,
  scoped,
  type Arguments,
  type Context,
  type Resolvers,
} from './context.js';

const COUNTRIES = { BE: 'België', NL: 'Nederland' } as const;

export const PUBLIC_QUERIES: Resolvers = {
  administrations: scoped('read_administrations', (args, context) => {
    const offset = offsetOf(args);
    return reachable(context).slice(offset, offset + firstOf(args)).map(toAdministration); // prettier-ignore
  }),
  administration: scoped('read_administrations', (args, context) => toAdministration(administrationOf(args, context))),
  accountant: scoped('accountant', () => ({
    name: 'Kantoor Peeters',
    companyNumber: '0417497106',
    email: 'info@kantoorpeeters.example',
    address: { streetAddress: 'Stationsstraat 1', country: { iso2: 'BE', name: COUNTRIES.BE } },
  })),
  associates: scoped('associate_read', (_args, { site }) =>
    site.users.map(({ userName, givenName = null, familyName = null }, index) => ({
      id: String(index + 1),
      firstName: givenName,
      lastName: familyName,
      email: userName,
      type: 'ADMIN',
      active: true,
      language: 'nl_BE',
      associateGroups: [{ id: '1', name: 'Vennoten' }],
    })),
  ),
  associateGroups: scoped('associate_read', () => [{ id: '1', name: 'Vennoten' }]),
  archiveCategories: scoped('archive_read', (args, context) => administrationOf(args, context).archive),
  document: scoped('upload_document', documentOf),
  journals: scoped('journal_read', (args, context) => {
    administrationOf(args, context);
    return [
      { id: 'CFAK', name: 'ClearFacts Aankopen', creditNote: false },
      { id: 'CFVK', name: 'ClearFacts Verkopen', creditNote: false },
    ];
  }),
  customers: scoped('contact_read', customersOf),
  companyStatistics: scoped('statistics', statisticsOf),
  getCompanyStatistics: scoped('statistics', statisticsOf),
};

function toAdministration({ companyNumber, book }: AdministrationStore): object {
  return {
    name: book.name,
    companyNumber,
    companyType: 'COMPANY',
    accountManager: 'lotte@kantoorpeeters.example',
    emails: [{ type: 'purchase', emailAddress: `aankoop-${companyNumber}@kantoorpeeters.example` }],
    address: { streetAddress: 'Industrieweg 14', country: { iso2: book.country, name: COUNTRIES[book.country] } },
  };
}

/** A hundred at a time, whatever is asked; nothing promises their order. */
function customersOf(args: Arguments, context: Context): unknown {
  const store = administrationOf(args, context);
  const offset = offsetOf(args);
  const ids = store.customerOrder.slice(offset, offset + PAGE_SIZE);
  context.served = { field: 'customers', store, ids };
  return ids.map((id) => ({ id, name: store.customers.get(id)!.record.debtor.name }));
}

/** Only what an app of this login uploaded can be asked for, by the id that the upload answered. */
function documentOf(args: Arguments, context: Context): unknown {
  const found = context.ledger.documents.get(String(args['id']));
  const isReachable = reachable(context).some(({ companyNumber }) => companyNumber === found?.companyNumber);
  if (found === undefined || !isReachable) throw refuse('Document not found.');
  const { date, comment, type, paymentState } = found;
  const file = `https://assets.example/documents/${found.uuid}/${encodeURIComponent(found.name)}`;
  if (type === null) return { __typename: 'ArchiveDocument', file, date, comment };
  return { __typename: 'InvoiceDocument', file, date, comment, type, paymentState };
}

/** How many invoices per month. `AIR` and `processing` are the only types; anything else is refused in these words. */
function statisticsOf(args: Arguments, context: Context): unknown {
  if (args['type'] !== 'AIR' && args['type'] !== 'processing')
    throw refuse('Invalid type for getCompanyStatistics query.');
  const given = args['companyNumber'];
  const stores = typeof given === 'string' ? [administrationOf(args, context)] : reachable(context);
  return stores.map(({ companyNumber, book }) => ({
    companyNumber: `BE${companyNumber}`,
    items: monthsOf(book, args),
  }));
}

function monthsOf(book: Book, { startPeriod, endPeriod, invoicetype }: Arguments): { period: string; value: number }[] {
  const [from, to] = [String(startPeriod).slice(0, 7), String(endPeriod).slice(0, 7)];
  const counts = new Map<string, number>();
  for (const { invoiceDate, kind } of invoicetype === 'PURCHASE' ? [] : book.receivables) {
    const month = invoiceDate.slice(0, 7);
    if (kind !== 'receipt' && month >= from && month <= to) counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  return [...counts].sort().map(([month, value]) => ({ period: `${month.slice(5)}/${month.slice(0, 4)}`, value }));
}
