import { XMLParser } from 'fast-xml-parser';
import { InputError, type BusinessDate } from '../../kernel/index.js';
import type { FileRow } from './rows.js';
import { decodeText } from './table/index.js';

type Node = string | Element;
interface Element {
  readonly [name: string]: Node | readonly Node[];
}

/** No entity is expanded and a document type is refused, so nothing outside the file is ever read. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** Amounts of this kind of document are what we owe the debtor. */
const ROOTS: Readonly<Record<string, { readonly negative: boolean }>> = {
  Invoice: { negative: false },
  CreditNote: { negative: true },
};

/**
 * A UBL 2.1 invoice or credit note (Peppol BIS Billing 3.0 among them) as one row, its cells named by the path of their
 * element. Throws {@link InputError} that names the element. Source: https://docs.peppol.eu/poacc/billing/3.0/
 */
export function readUbl(bytes: Buffer, how: { file: string; on: BusinessDate }): FileRow {
  const { name, root } = parseRoot(decodeText(bytes).trim());
  const kind = ROOTS[name];
  if (kind === undefined) throw unreadable(`a UBL Invoice or CreditNote, got <${name.slice(0, 40)}>`);
  const found = { ...invoiceCells(root, kind.negative), ...partyCells(root) };
  const present = Object.entries(found).flatMap(([key, [path, value]]) =>
    value === null ? [] : [{ key, path, value }],
  );
  for (const key of NEEDED)
    if (!present.some((each) => each.key === key)) throw unreadable(`a value in ${found[key]![0]}`);
  return {
    ...how,
    kind: 'invoice',
    line: 1,
    values: Object.fromEntries(present.map(({ key, value }) => [key, value])),
    columns: Object.fromEntries(present.map(({ key, path }) => [key, path])),
    numbers: 'point',
    dates: 'dmy',
  };
}

const NEEDED = ['invoiceNumber', 'invoiceDate', 'dueDate', 'openAmount', 'debtorCode', 'debtorName'] as const;

function unreadable(expected: string): InputError {
  return new InputError('file', expected, 'FILE_UNREADABLE');
}

function parseRoot(text: string): { name: string; root: Element } {
  if (/<!DOCTYPE/i.test(text)) throw unreadable('XML without a document type');
  let document: Element;
  try {
    document = parser.parse(text, true) as Element;
  } catch {
    throw unreadable('well-formed XML');
  }
  const [name, root] = Object.entries(document)[0] ?? [];
  if (name === undefined || typeof root !== 'object' || Array.isArray(root)) throw unreadable('a UBL document');
  return { name, root: root as Element };
}

/** The first element at a path; null when there is none. */
function at(element: Element, path: string): Element | null {
  let node: Node | readonly Node[] | undefined = element;
  for (const name of path.split('/')) {
    const one: Node | undefined = Array.isArray(node) ? (node as readonly Node[])[0] : (node as Node | undefined);
    if (typeof one !== 'object') return null;
    node = one[name];
  }
  const first: Node | undefined = Array.isArray(node) ? (node as readonly Node[])[0] : (node as Node | undefined);
  return first === undefined ? null : typeof first === 'string' ? { '#text': first } : first;
}

function text(element: Element, path: string): string | null {
  const value = at(element, path)?.['#text'];
  const plain = typeof value === 'string' ? unescapeXml(value).trim() : '';
  return plain === '' ? null : plain;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five names and numbers of characters that every XML has; anything else stays as it stands. */
function unescapeXml(value: string): string {
  return value.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/gi, (whole, name: string) => {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? whole;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** A cell with the path that it stands at, for messages. */
type Found = readonly [path: string, value: string | null];
type FoundCells = Record<string, Found>;

function first(element: Element, ...paths: string[]): Found {
  const path = paths.find((each) => text(element, each) !== null);
  return path === undefined ? [paths.join(' or '), null] : [path, text(element, path)];
}

/** Codes of UNCL 4461 for money that the creditor fetches: the debtor must not be reminded. */
const DIRECT_DEBIT = ['49', '59'];

function invoiceCells(root: Element, negative: boolean): FoundCells {
  const payable = first(root, 'LegalMonetaryTotal/PayableAmount');
  const amount: Found = [payable[0], payable[1] === null ? null : signed(payable[1], negative)];
  const currency = at(root, 'LegalMonetaryTotal/PayableAmount')?.['@currencyID'];
  const dueDates = ['DueDate', 'PaymentMeans/PaymentDueDate', 'PaymentTerms/PaymentDueDate'];
  const means = text(root, 'PaymentMeans/PaymentMeansCode');
  return {
    invoiceNumber: first(root, 'ID'),
    invoiceDate: first(root, 'IssueDate'),
    // Nobody pays a credit note: it has no due date, and counts from its own.
    dueDate: first(root, ...dueDates, ...(negative ? ['IssueDate'] : [])),
    openAmount: amount,
    amount,
    currency: typeof currency === 'string' ? ['LegalMonetaryTotal/PayableAmount/@currencyID', currency] : first(root, 'DocumentCurrencyCode'), // prettier-ignore
    yourRef: first(root, 'OrderReference/ID', 'BuyerReference'),
    paymentReference: first(root, 'PaymentMeans/PaymentID'),
    description: first(root, 'Note'),
    directDebit: ['PaymentMeans/PaymentMeansCode', DIRECT_DEBIT.includes(means ?? '') ? 'yes' : null],
  };
}

function signed(amount: string, negative: boolean): string {
  if (!negative) return amount;
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}

const PARTY = 'AccountingCustomerParty';

/** The seller's own number of the customer first; then what identifies it anywhere. */
function partyCells(root: Element): FoundCells {
  const of = (...paths: string[]): Found => first(root, ...paths.map((path) => `${PARTY}/Party/${path}`));
  return {
    debtorCode: first(
      root,
      `${PARTY}/SupplierAssignedAccountID`,
      `${PARTY}/CustomerAssignedAccountID`,
      `${PARTY}/Party/PartyIdentification/ID`,
      `${PARTY}/Party/PartyTaxScheme/CompanyID`,
      `${PARTY}/Party/PartyLegalEntity/CompanyID`,
      `${PARTY}/Party/EndpointID`,
      `${PARTY}/Party/PartyLegalEntity/RegistrationName`,
      `${PARTY}/Party/PartyName/Name`,
    ),
    debtorName: of('PartyName/Name', 'PartyLegalEntity/RegistrationName'),
    vatNumber: of('PartyTaxScheme/CompanyID'),
    chamberOfCommerce: of('PartyLegalEntity/CompanyID'),
    endpoint: of('EndpointID'),
    addressLine: of('PostalAddress/StreetName'),
    postcode: of('PostalAddress/PostalZone'),
    city: of('PostalAddress/CityName'),
    country: of('PostalAddress/Country/IdentificationCode'),
    contactName: of('Contact/Name'),
    phone: of('Contact/Telephone'),
    email: of('Contact/ElectronicMail'),
  };
}
