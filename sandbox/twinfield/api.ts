import { jsonAnswer, textAnswer, type Answer, type Call } from '../http/index.js';
import { search } from './finder/finder.js';
import type { Offices } from './office/index.js';
import { guidOf, ORGANISATION, userCodeOf, type TokenStore } from './oidc/index.js';
import { organisationOf, type Site, type TwinfieldUser } from './options.js';
import { isQuery, messageKind, processMessage } from './process/process-xml.js';
import type { Session } from './process/session.js';
import { COMMAND_CREDITS, QUERY_CREDITS, type Payer, type Quota } from './quota.js';
import {
  envelope,
  faultAnswer,
  parseOrFault,
  readEnvelope,
  SoapFault,
  TWINFIELD,
  wsdlOf,
  type SoapRequest,
} from './soap/index.js';
import {
  deletedFault,
  DeletedTransactionsFault,
  deletedTransactions,
  type DeletedBy,
} from './transactions/deleted-transactions.js';
import { childOf, element, escapeText, textIn, type XmlNode } from './xml/index.js';

export const SERVICES = {
  '/webservices/processxml.asmx': ['ProcessXmlString', 'ProcessXmlDocument'],
  '/webservices/finder.asmx': ['Search'],
  '/webservices/deletedtransactionsservice.svc': ['Query'],
} as const satisfies Record<string, readonly string[]>;

/** A call to a web service that was read, but not yet done. */
export interface Opened {
  readonly call: Call;
  /** `processxml.asmx#read.dimensions`: the path and what is asked; the log and the faults go by it. */
  readonly label: string;
  /** The office it is about, when it names one. */
  readonly tenant: string | null;
  readonly request: SoapRequest | null;
  /** The message in a ProcessXml call. */
  readonly message: XmlNode | null;
  readonly problem: SoapFault | null;
  /** Whether it changes the books. */
  readonly writes: boolean;
}

/** What a call was answered with, in the form in which it can still be spoiled. */
export interface Served {
  readonly answer: Answer;
  /** Makes the answer again with other XML in it; absent when there is no XML of the books in it. */
  readonly remake?: (change: (xml: string) => string) => Answer;
  /** Codes of the customers a search showed. */
  readonly shown: readonly string[];
  /** To be called when the answer is on its way. */
  readonly leave?: () => void;
}

interface Parts {
  readonly site: Site;
  readonly tokens: TokenStore;
  readonly quota: Quota;
  readonly offices: Offices;
  readonly deletedBy: DeletedBy;
}

/** The web services of the cluster. */
export class Api {
  constructor(private readonly parts: Parts) {}

  isService(path: string): boolean {
    return path.toLowerCase() in SERVICES;
  }

  /** Reads a call as far as it can be read; what is wrong with it is told when it is done. */
  open(call: Call): Opened {
    const path = call.path.toLowerCase();
    const blank = { call, label: call.path, tenant: null, request: null, message: null, problem: null, writes: false };
    if (call.method !== 'POST' || !this.isService(path)) return blank;
    try {
      const request = readEnvelope(call);
      const message = messageOf(request);
      const office = textIn(message ?? request.operation, 'office') || request.companyCode;
      const kind = message === null ? request.operation.name : messageKind(message);
      return {
        call,
        label: `${call.path}#${kind}`,
        tenant: office === '' ? null : office,
        request,
        message,
        problem: null,
        writes: message !== null && !isQuery(message),
      };
    } catch (error) {
      if (error instanceof SoapFault) return { ...blank, problem: error };
      throw error;
    }
  }

  /** Does what was asked. Never throws for what a client can get wrong. */
  perform(opened: Opened): Served {
    const { call, request } = opened;
    const wsdl = call.method === 'GET' ? wsdlOf(call.path, call.origin) : null;
    if (wsdl !== null) return bare(textAnswer(200, wsdl, 'text/xml; charset=utf-8'));
    if (call.method !== 'POST' || !this.isService(call.path)) return bare(textAnswer(404, 'Not found'));
    let leave: (() => void) | undefined;
    try {
      if (opened.problem !== null || request === null) throw opened.problem ?? new SoapFault(187);
      const session = this.authorise(request);
      const payer = this.payerOf(session.user);
      const verdict = this.parts.quota.take(payer, opened.writes ? COMMAND_CREDITS : QUERY_CREDITS);
      if (!verdict.allowed) return bare(tooMany(verdict.headers));
      leave = this.parts.quota.enter(payer) ?? undefined;
      if (leave === undefined) return bare(tooMany({ ...verdict.headers, 'Retry-After': '1' }));
      return { ...this.run(session, opened, request, verdict.headers), leave };
    } catch (error) {
      if (error instanceof SoapFault) return { ...bare(this.faultFor(opened, error)), ...(leave && { leave }) };
      leave?.();
      throw error;
    }
  }

  /** A fault as this call would get it. */
  faultFor({ call, request }: Opened, fault: SoapFault): Answer {
    const source = request?.operation.name ?? 'ProcessXmlString';
    return faultAnswer(fault, { version: request?.version ?? '1.1', actor: call.origin + call.path, source });
  }

  /** The answer of a ProcessXml call with this XML in it. */
  answerWith({ request }: Opened, xml: string): Answer {
    const wrap = wrapperOf(request?.operation.name ?? 'ProcessXmlString');
    return envelope(request?.version ?? '1.1', wrap(xml));
  }

  private run(session: Session, opened: Opened, request: SoapRequest, headers: Record<string, string>): Served {
    const { version, operation } = request;
    const shown: string[] = [];
    const known: readonly string[] = SERVICES[opened.call.path.toLowerCase() as keyof typeof SERVICES];
    if (operation.namespace !== TWINFIELD || !known.includes(operation.name))
      throw new SoapFault(100, 'en', ` Unknown operation ${operation.name}.`);
    const make = (body: string): Answer => {
      const answer = envelope(version, body);
      return { ...answer, headers: { ...answer.headers, ...headers } };
    };
    try {
      const xml =
        opened.message !== null
          ? processMessage(session, opened.message)
          : operation.name === 'Search'
            ? search(session, operation, (codes) => shown.push(...codes))
            : deletedTransactions(session, operation, this.parts.deletedBy);
      const wrap = opened.message === null ? (text: string): string => text : wrapperOf(operation.name);
      return { answer: make(wrap(xml)), remake: (change) => make(wrap(change(xml))), shown };
    } catch (error) {
      if (!(error instanceof DeletedTransactionsFault)) throw error;
      return bare({ ...make(deletedFault(error)), status: 500 });
    }
  }

  private authorise(request: SoapRequest): Session {
    if (request.accessToken === '') throw new SoapFault(101);
    const found = this.parts.tokens.findAccess(request.accessToken);
    const user = this.parts.site.users.find(({ userName }) => userName === found?.grant.userName);
    if (found === null || user === undefined) throw new SoapFault(354);
    const language = user.language ?? 'nl';
    if (!found.grant.scopes.includes(ORGANISATION)) throw new SoapFault(352, language);
    const offices = this.officesOf(user);
    const { companyCode, companyId } = request;
    const company =
      offices.get(companyCode) ??
      [...offices.values()].find(({ head }) => companyIdOf(head.code) === companyId) ??
      null;
    if (company === null && companyCode + companyId !== '') throw new SoapFault(109, language);
    const userCodes = this.parts.site.users.map(userCodeOf);
    return { user, language, userCodes, offices, company, now: this.parts.site.clock.now().getTime() };
  }

  private officesOf(user: TwinfieldUser): Offices {
    return new Map([...this.parts.offices].filter(([code]) => user.offices?.includes(code) ?? true));
  }

  /** Everything comes from this machine: one address. */
  private payerOf(user: TwinfieldUser): Payer {
    return { address: 'local', client: this.parts.site.clientId, organisation: organisationOf(user) };
  }
}

export function companyIdOf(code: string): string {
  return guidOf(`office ${code}`);
}

/** The message of a ProcessXml call: text in one operation, elements in the other. */
function messageOf({ operation }: SoapRequest): XmlNode | null {
  const content = childOf(operation, 'xmlRequest');
  if (operation.name === 'ProcessXmlString') return parseOrFault(content?.text ?? '');
  if (operation.name !== 'ProcessXmlDocument') return null;
  const message = content?.children[0];
  // Elements that still carry the service's namespace are not understood.
  if (message === undefined || message.namespace !== '') throw new SoapFault(187);
  return message;
}

function wrapperOf(operation: string): (xml: string) => string {
  const asText = operation === 'ProcessXmlString';
  return (xml) => {
    const inner = asText ? escapeText(xml) : xml.replace(/^<([\w-]+)/, '<$1 xmlns=""');
    const result = element(`${operation}Result`, {}, inner);
    return element(`${operation}Response`, { xmlns: TWINFIELD }, result);
  };
}

function bare(answer: Answer): Served {
  return { answer, shown: [] };
}

/** Refused by the fair use policy. The body is not published. */
export function tooMany(headers: Record<string, string>): Answer {
  return jsonAnswer(429, { Message: 'Too many requests.' }, headers);
}
