import type { Call } from '../../http/index.js';
import { childOf, parseXml, textIn, XmlError, type XmlNode } from '../xml/index.js';
import { ENVELOPE, SoapFault, type SoapVersion } from './faults.js';

export const TWINFIELD = 'http://www.twinfield.com/';

/** A call to a web service, taken out of its envelope. */
export interface SoapRequest {
  readonly version: SoapVersion;
  readonly accessToken: string;
  /** Empty when the header has none. */
  readonly companyCode: string;
  readonly companyId: string;
  /** The first element of the body: its name is the operation. */
  readonly operation: XmlNode;
}

/** Reads the envelope by namespace, whatever the prefixes are. Throws a fault 187 when it is none. */
export function readEnvelope(call: Call): SoapRequest {
  const root = parseOrFault(call.body.toString('utf8'));
  const version = (['1.1', '1.2'] as const).find((each) => ENVELOPE[each] === root.namespace);
  const operation = childOf(root, 'Body')?.children[0];
  if (version === undefined || root.name !== 'Envelope' || operation === undefined) throw new SoapFault(187);
  // The `.svc` services take the same header under another name.
  const blocks = childOf(root, 'Header')?.children ?? [];
  const header = blocks.find(({ name, namespace }) => namespace === TWINFIELD && HEADERS.includes(name));
  return {
    version,
    accessToken: textIn(header, 'AccessToken').trim(),
    companyCode: textIn(header, 'CompanyCode').trim(),
    companyId: textIn(header, 'CompanyId').trim(),
    operation,
  };
}

const HEADERS: readonly string[] = ['Header', 'Authentication'];

/** Parses XML that a client sent; what cannot be read is a fault 187. */
export function parseOrFault(text: string): XmlNode {
  try {
    return parseXml(text);
  } catch (error) {
    if (error instanceof XmlError) throw new SoapFault(187, 'en', ` ${error.message}`);
    throw error;
  }
}
