import type { OfficeStore } from '../office/index.js';
import type { TwinfieldUser } from '../options.js';
import { SoapFault } from '../soap/index.js';
import { childOf, type XmlNode } from '../xml/index.js';

export type Language = 'nl' | 'en';

/** Who calls, and what of the books they may see. */
export interface Session {
  readonly user: TwinfieldUser;
  readonly language: Language;
  /** Of everybody in the organisation: who can be a credit manager. */
  readonly userCodes: readonly string[];
  /** The offices the user can reach, by code. */
  readonly offices: ReadonlyMap<string, OfficeStore>;
  /** The office of the header; `null` when the header names none. */
  readonly company: OfficeStore | null;
  /** Milliseconds. */
  readonly now: number;
}

/** What a business error says, in the user's language; `at` is the element it hangs on when that is not the root. */
export class ProcessError extends Error {
  constructor(
    text: string,
    readonly at: { readonly name: string; readonly text: string } | null = null,
  ) {
    super(text);
  }
}

/** The office a message is about: its own `<office>`, else the header's. */
export function officeFor(session: Session, message: XmlNode): OfficeStore {
  const named = childOf(message, 'office')?.text.trim();
  if (named === undefined || named === '') {
    if (session.company === null) throw new SoapFault(359, session.language);
    return session.company;
  }
  const office = session.offices.get(named);
  if (office === undefined) throw new ProcessError(say(session, 'no-office'), { name: 'office', text: named });
  return office;
}

/** Refuses children nobody knows: a message that is half understood is worse than none. */
export function allowOnly(session: Session, message: XmlNode, names: readonly string[]): void {
  const stranger = message.children.find(({ name }) => !names.includes(name));
  if (stranger !== undefined) throw new ProcessError(say(session, 'unknown-element', stranger.name));
}

const TEXTS = {
  'no-office': { nl: 'De administratie bestaat niet.', en: 'The company does not exist.' },
  'not-implemented': { nl: 'Type niet geïmplementeerd.', en: 'The type has not been implemented.' },
  'unknown-element': { nl: "Het element '%' is niet bekend.", en: "The element '%' is not known." },
  'no-dimension': { nl: 'Dimensie % bestaat niet.', en: 'Dimension % does not exist.' },
  'no-dimension-type': { nl: 'Dimensietype % bestaat niet.', en: 'Dimension type % does not exist.' },
  'no-transaction': { nl: 'De boeking % bestaat niet.', en: 'Transaction % does not exist.' },
  'no-browse': { nl: 'Browse % bestaat niet.', en: 'Browse % does not exist.' },
  'no-field': { nl: 'Veld bestaat niet: %.', en: 'Field does not exist: %.' },
  'bad-operator': { nl: 'Operator % is niet toegestaan.', en: 'Operator % is not allowed.' },
  'bad-value': { nl: 'De waarde % is niet toegestaan.', en: 'The value % is not allowed.' },
  'name-required': { nl: 'Naam moet worden ingevuld.', en: 'Name is mandatory.' },
  'not-sendable': { nl: "Het element '%' mag niet worden aangeleverd.", en: "The element '%' may not be supplied." },
  'email-required': {
    nl: 'E-mailadres voor herinneringen moet worden ingevuld.',
    en: 'The e-mail address for reminders is mandatory.',
  },
  'too-long': { nl: 'De waarde mag maximaal % tekens bevatten.', en: 'The value may have at most % characters.' },
  'no-user': { nl: 'Gebruiker % bestaat niet.', en: 'User % does not exist.' },
  'not-provisional': { nl: 'De status van de boeking moet Concept zijn.', en: 'The transaction must be provisional.' },
  'reason-required': { nl: 'Een reden is verplicht.', en: 'A reason is mandatory.' },
} as const;

/** A text in the user's language; `%` stands for the detail. */
export function say(session: Pick<Session, 'language'>, text: keyof typeof TEXTS, detail = ''): string {
  return TEXTS[text][session.language].replace('%', () => detail);
}
