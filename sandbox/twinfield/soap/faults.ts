import type { Answer } from '../../http/index.js';
import { element, leaf } from '../xml/index.js';

interface FaultKind {
  readonly status: number;
  readonly nl: string;
  readonly en: string;
}

/** The published error codes, with the HTTP status each comes with. Of some only the code and the status are known. */
const FAULTS = {
  100: { status: 500, nl: 'Er is een fout opgetreden op de server.', en: 'An error occurred on the server.' },
  101: { status: 500, nl: 'Toegang geweigerd. Token ontbreekt.', en: 'Access denied. Token is missing.' },
  102: { status: 403, nl: 'Toegang geweigerd.', en: 'Access denied.' },
  103: {
    status: 401,
    nl: 'De aanmeldgegevens zijn niet meer geldig.',
    en: 'The log-on credentials are no longer valid.',
  },
  104: { status: 403, nl: 'De gebruiker is verwijderd.', en: 'The log-on has been deleted.' },
  105: { status: 403, nl: 'De gebruiker is geblokkeerd.', en: 'The log-on has been disabled.' },
  106: { status: 403, nl: 'De organisatie is niet actief.', en: 'The organisation is not active.' },
  108: {
    status: 500,
    nl: 'De organisatie bevindt zich op een ander cluster.',
    en: 'The organisation is on another cluster.',
  },
  109: { status: 500, nl: 'Geen toegang tot de administratie.', en: 'No access to the company.' },
  122: { status: 500, nl: 'Clientsoftware is niet toegestaan.', en: 'Client software is not allowed.' },
  187: { status: 500, nl: 'Ongeldige XML.', en: 'Invalid XML.' },
  351: {
    status: 401,
    nl: 'Toegang geweigerd. Claim twf.organisationUserCode ontbreekt.',
    en: 'Access denied. Claim twf.organisationUserCode is missing.',
  },
  352: {
    status: 403,
    nl: 'Toegang geweigerd. Claim twf.organisationCode ontbreekt.',
    en: 'Access denied. Claim twf.organisationCode is missing.',
  },
  353: {
    status: 403,
    nl: 'Toegang geweigerd. Claim twf.organisationId ontbreekt.',
    en: 'Access denied. Claim twf.organisationId is missing.',
  },
  // Recorded in English only, since nobody is known yet whose language it could be in.
  354: { status: 401, nl: 'Access denied. Token invalid.', en: 'Access denied. Token invalid.' },
  358: { status: 500, nl: 'Het token kan niet worden gevalideerd.', en: 'The token cannot be validated.' },
  359: {
    status: 500,
    nl: 'Toegang geweigerd. Company ontbreekt in request header.',
    en: 'Access denied. Company is missing in the request header.',
  },
} as const satisfies Record<number, FaultKind>;

export type FaultCode = keyof typeof FAULTS;

export function isFaultCode(code: number): code is FaultCode {
  return Object.hasOwn(FAULTS, code);
}

/** Ends a call with a SOAP fault. */
export class SoapFault extends Error {
  readonly status: number;

  constructor(
    readonly code: FaultCode,
    language: 'nl' | 'en' = 'en',
    detail = '',
  ) {
    super(FAULTS[code][language] + detail);
    this.status = FAULTS[code].status;
  }
}

export type SoapVersion = '1.1' | '1.2';

export const ENVELOPE = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const satisfies Record<SoapVersion, string>;

const CONTENT_TYPE = {
  '1.1': 'text/xml; charset=utf-8',
  '1.2': 'application/soap+xml; charset=utf-8',
} as const satisfies Record<SoapVersion, string>;

/** Where a fault happened: the address that was called, and the operation. */
export interface FaultPlace {
  readonly version: SoapVersion;
  readonly actor: string;
  readonly source: string;
}

/** The code and text also stand in the reason phrase, where the vendor's own sample reads them. */
export function faultAnswer(fault: SoapFault, { version, actor, source }: FaultPlace): Answer {
  const detail = leaf('message', fault.message) + leaf('code', fault.code) + leaf('source', source);
  const body =
    version === '1.1'
      ? leaf('faultcode', 'soap:Client') +
        leaf('faultstring', fault.message) +
        leaf('faultactor', `${actor}?wsdl`) +
        element('detail', {}, detail)
      : element('soap:Code', {}, leaf('soap:Value', 'soap:Sender')) +
        element('soap:Reason', {}, leaf('soap:Text', fault.message, { 'xml:lang': 'en' })) +
        leaf('soap:Node', `${actor}?wsdl`) +
        element('soap:Detail', {}, detail);
  const answer = envelope(version, element('soap:Fault', {}, body));
  // Nothing but plain characters may stand there.
  const reason = `${fault.code} : ${fault.message}`.replaceAll(/[^\x20-\x7e]/g, '?');
  return { ...answer, status: fault.status, reason };
}

/** An envelope around a body that is XML already. */
export function envelope(version: SoapVersion, body: string): Answer {
  const head =
    '<?xml version="1.0" encoding="utf-8"?>' +
    `<soap:Envelope xmlns:soap="${ENVELOPE[version]}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body>';
  const headers = { 'Content-Type': CONTENT_TYPE[version], 'Cache-Control': 'private, max-age=0' };
  return { status: 200, headers, body: `${head}${body}</soap:Body></soap:Envelope>` };
}
