import { ACCESS_TOKEN_PLACE } from '../contract/index.js';
import { childOf, decode, element, elementAt, escapeXml, parseXml, textOf, walk, type XmlNode } from './xml.js';

const TWINFIELD = 'http://www.twinfield.com/';
const SHARED = 'http://schemas.datacontract.org/2004/07/Twinfield.WebServices.Shared';
const DELETED = 'http://schemas.datacontract.org/2004/07/Twinfield.WebServices.DeletedTransactionsService';
const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** A message ready to be posted: where below the cluster, as what, and with which body. */
export interface SoapCall {
  readonly path: string;
  readonly action: string;
  readonly body: string;
}

/**
 * A request of the XML service (processxml.asmx?wsdl). `office` null only for the list of offices, which is how a
 * client learns of them. `CompanyId` is sent empty: the WSDL asks for it, though most clients leave it out.
 */
export function processCall(request: string, office: string | null): SoapCall {
  const body = `<ProcessXmlString xmlns="${TWINFIELD}">${element('xmlRequest', request)}</ProcessXmlString>`;
  return {
    path: '/webservices/processxml.asmx',
    action: `${TWINFIELD}ProcessXmlString`,
    body: envelope(header(office), body),
  };
}

export interface Search {
  readonly type: string;
  readonly firstRow: number;
  readonly maxRows: number;
  readonly options: Readonly<Record<string, string>>;
}

/** A search of the Finder (finder.asmx?wsdl) over everything of a type. */
export function searchCall({ type, firstRow, maxRows, options }: Search, office: string): SoapCall {
  const pairs = Object.entries(options).map(([name, value]) =>
    element('ArrayOfString', [element('string', name), element('string', value)]),
  );
  const fields = [
    element('type', type),
    element('pattern', '*'),
    element('field', '0'),
    element('firstRow', String(firstRow)),
    element('maxRows', String(maxRows)),
    element('options', pairs),
  ];
  return {
    path: '/webservices/finder.asmx',
    action: `${TWINFIELD}Search`,
    body: envelope(header(office), `<Search xmlns="${TWINFIELD}">${fields.join('')}</Search>`),
  };
}

/**
 * All deleted transactions of an office. `DateFrom` is left out unless given: the documentation does not say whether it
 * is about the day of the deletion or of the transaction, and a filter on the latter would hide deletions of old ones.
 */
export function deletedCall(office: string, dateFrom: string | null): SoapCall {
  const head =
    `<h:Authentication xmlns:h="${TWINFIELD}"><AccessToken xmlns="${SHARED}">${ACCESS_TOKEN_PLACE}</AccessToken>` +
    `<CompanyCode xmlns="${SHARED}">${escapeXml(office)}</CompanyCode></h:Authentication>`;
  const from = dateFrom === null ? '' : `<b:DateFrom>${escapeXml(dateFrom)}</b:DateFrom>`;
  const query =
    `<Query i:type="b:GetDeletedTransactions" xmlns="${TWINFIELD}" xmlns:i="${INSTANCE}" xmlns:b="${DELETED}">` +
    `<b:CompanyCode>${escapeXml(office)}</b:CompanyCode>${from}</Query>`;
  return {
    path: '/webservices/DeletedTransactionsService.svc',
    action: `${TWINFIELD}DeletedTransactionsService/Query`,
    body: envelope(head, query),
  };
}

function header(office: string | null): string {
  const company = office === null ? '' : element('CompanyCode', office);
  return `<Header xmlns="${TWINFIELD}"><AccessToken>${ACCESS_TOKEN_PLACE}</AccessToken>${company}<CompanyId xsi:nil="true"/></Header>`;
}

function envelope(head: string, body: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    `<soap:Envelope xmlns:soap="${ENVELOPE}" xmlns:xsi="${INSTANCE}"><soap:Header>${head}</soap:Header>` +
    `<soap:Body>${body}</soap:Body></soap:Envelope>`
  );
}

/** What a SOAP fault says: the number under `detail/code` (or at the start of its text), and its text. */
export interface SoapFault {
  readonly code: number | null;
  readonly message: string;
}

/** The content of an answer's body, or its fault. Throws MalformedXml when it is no SOAP answer. */
export function openEnvelope(text: string): { readonly content: XmlNode } | { readonly fault: SoapFault } {
  const { node } = parseXml(text);
  const body = childOf(node, 'Body');
  const fault = childOf(body, 'Fault');
  return fault === null ? { content: body ?? '' } : { fault: toFault(fault) };
}

/** A fault stands at the very start of a body; an answer of megabytes is not read to its end to see that it is none. */
const FAULT_WITHIN = 16_384;

/** The fault in a text, if it is one; anything else (an error page, nothing) is null. */
export function findFault(text: unknown): SoapFault | null {
  if (typeof text !== 'string' || !/<(?:[\w.-]+:)?Fault[\s>]/.test(text.slice(0, FAULT_WITHIN))) return null;
  try {
    const opened = openEnvelope(text);
    return 'fault' in opened ? opened.fault : null;
  } catch {
    return null;
  }
}

function toFault(fault: XmlNode): SoapFault {
  const said = textOf(elementAt(fault, 'detail', 'message')) || textOf(childOf(fault, 'faultstring'));
  const numbered = /^\s*(\d{3})\s*:\s*(.+)$/s.exec(said);
  const code = textOf(elementAt(fault, 'detail', 'code')).trim() || numbered?.[1] || '';
  return { code: /^\d{1,4}$/.test(code) ? Number(code) : null, message: (numbered?.[2] ?? said).trim() };
}

const RESULT = /<((?:[\w.-]+:)?ProcessXmlStringResult)(?:\s[^>]*)?>/;

/**
 * The XML inside the answer of the XML service, escaped text or CDATA. Escaped text is taken out as it stands, without a
 * tree of the envelope around it. Throws MalformedXml for half an answer, and for another one.
 */
export function resultIn(text: string): string {
  const open = RESULT.exec(text.slice(0, FAULT_WITHIN));
  const start = open === null ? 0 : open.index + open[0].length;
  const end = text.indexOf('<', start);
  if (
    open !== null &&
    text.startsWith(`</${open[1]}>`, end) &&
    /<\/(?:[\w.-]+:)?Envelope\s*>\s*$/.test(text.slice(-200))
  )
    return decode(text.slice(start, end));
  const opened = openEnvelope(text);
  const content = 'content' in opened ? opened.content : '';
  return textOf(elementAt(content, 'ProcessXmlStringResponse', 'ProcessXmlStringResult'));
}

/** A refusal that an answer with HTTP status 200 carries in its tree. */
export interface Refusal {
  readonly message: string;
  /** Names of the elements that were refused. */
  readonly fields: readonly string[];
}

/**
 * What the result attributes of an answer say: null when all is well. Messages hang on any element and are in the
 * user's language, so only their place is ever judged. A warning counts: Twinfield has then not done it either.
 */
export function refusalIn(root: { readonly name: string; readonly node: XmlNode }): Refusal | null {
  if (typeof root.node !== 'string' && root.node['@result'] === '1') return null;
  const found = [...walk(root.name, root.node)].filter(([, node]) => isRefused(node));
  if (found.length === 0) return null;
  const said = found.flatMap(([, node]) => (typeof node === 'string' ? [] : messagesOf(node)));
  const fields = found.filter(([, node]) => typeof node !== 'string' && messagesOf(node).length > 0);
  return {
    message: [...new Set(said)].join(' ') || 'Twinfield refused it without a word.',
    fields: [...new Set(fields.map(([name]) => name))],
  };
}

function isRefused(node: XmlNode): boolean {
  return typeof node !== 'string' && node['@result'] === '0';
}

/** Several messages are joined with `//` in one attribute. */
function messagesOf(node: Exclude<XmlNode, string>): readonly string[] {
  const text = node['@msg'];
  if (typeof text !== 'string') return [];
  return decode(text)
    .split('//')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
