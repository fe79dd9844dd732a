import { formatDateFor, formatMoneyFor, InputError } from '../../kernel/index.js';
import { enterpriseLine, invoicesOf } from './figures.js';
import type { LegalNotice, MessageInput, MessageLanguage } from './message.js';
import { fill, WORDS } from './words.js';

type BelgianNotice = Extract<LegalNotice, { regime: 'be-consumer' }>;

/**
 * The Dutch fourteen-day letter (art. 6:96 lid 6 BW): the term runs from the day after receipt, so no calendar date is
 * named here, and the exact costs are (HR 25 November 2016, ECLI:NL:HR:2016:2704).
 */
const DUTCH_CONSUMER: Readonly<Record<MessageLanguage, string>> = {
  nl: 'Betaalt u niet binnen veertien dagen vanaf de dag nadat {this} bij u is bezorgd, dan bent u incassokosten verschuldigd van {costs} (artikel 6:96 van het Burgerlijk Wetboek). Dat bedrag komt dan boven op het openstaande bedrag.',
  en: 'If you do not pay within fourteen days from the day after {this} was delivered to you, you will owe collection costs of {costs} (article 6:96 of the Dutch Civil Code). That amount will then be added to the open amount.',
  fr: 'Si vous ne payez pas dans les quatorze jours à compter du lendemain du jour où {this} vous a été remis, vous serez redevable de frais de recouvrement de {costs} (article 6:96 du Code civil néerlandais). Ce montant s’ajoutera alors au montant dû.',
};

const THIS: Readonly<Record<MessageLanguage, Readonly<Record<'email' | 'letter', string>>>> = {
  nl: { email: 'dit bericht', letter: 'deze brief' },
  en: { email: 'this message', letter: 'this letter' },
  fr: { email: 'ce message', letter: 'ce courrier' },
};

/** Belgium, Boek XIX of the code of economic law: free reminder, term, amount of the damages clause, creditor. */
const BELGIAN_CONSUMER: Readonly<Record<MessageLanguage, string>> = {
  nl: 'Deze herinnering is gratis. Betaalt u niet binnen een termijn van 14 kalenderdagen die ingaat op {start}, dus uiterlijk op {lastDay}, dan kunnen we u op grond van het schadebeding in onze algemene voorwaarden een vergoeding van {costs} aanrekenen{interest}. Schuldeiser: {sender}, {number}.',
  en: 'This reminder is free of charge. If you do not pay within 14 calendar days starting on {start}, that is by {lastDay}, we may charge you {costs} under the damages clause of our general terms{interest}. Creditor: {sender}, {number}.',
  fr: 'Ce rappel est gratuit. Si vous ne payez pas dans un délai de 14 jours calendrier prenant cours {start}, soit au plus tard le {lastDay}, nous pourrons vous réclamer une indemnité de {costs} en vertu de la clause indemnitaire de nos conditions générales{interest}. Créancier\u00a0: {sender}, {number}.',
};

const TERM_START: Readonly<Record<MessageLanguage, Readonly<Record<'post' | 'email', string>>>> = {
  nl: {
    post: 'de derde werkdag na de verzending van deze herinnering',
    email: 'de kalenderdag na de verzending van deze herinnering',
  },
  en: {
    post: 'the third working day after this reminder was sent',
    email: 'the calendar day after this reminder was sent',
  },
  fr: {
    post: 'le troisième jour ouvrable qui suit l’envoi de ce rappel',
    email: 'le jour calendrier qui suit l’envoi de ce rappel',
  },
};

const WITH_INTEREST: Readonly<Record<MessageLanguage, string>> = {
  nl: ', vermeerderd met nalatigheidsinterest',
  en: ', plus interest for late payment',
  fr: ', ainsi que des intérêts de retard',
};

/** The prescribed paragraph, or nothing when the law asks for none. */
export function legalTextOf(input: MessageInput): string | undefined {
  const { legal } = input;
  if (legal === undefined) return undefined;
  return legal.regime === 'nl-consumer' ? dutchText(input, legal.costs) : belgianText(input, legal);
}

function dutchText(input: MessageInput, costs: LegalNotice['costs']): string {
  const { language } = input.template;
  return fill(DUTCH_CONSUMER[language], {
    this: THIS[language][input.channel ?? 'email'],
    costs: formatMoneyFor(costs, language),
  });
}

function belgianText(input: MessageInput, legal: BelgianNotice): string {
  const { language } = input.template;
  return fill(BELGIAN_CONSUMER[language], {
    start: TERM_START[language][legal.channel],
    lastDay: formatDateFor(legal.lastDay, language),
    costs: formatMoneyFor(legal.costs, language),
    interest: legal.interest ? WITH_INTEREST[language] : '',
    sender: input.sender.name,
    number: enterpriseLine(input.sender.enterpriseNumber ?? '', {
      ...WORDS[language],
      belgianNumber: lowerFirst(WORDS[language].belgianNumber),
    }),
  });
}

/**
 * Refuses a prescribed notice that would not hold: a date that falls inside the term, a Belgian one without the
 * creditor's enterprise number or without what was sold. An incomplete letter costs the creditor his costs.
 */
export function checkLegalNotice(input: MessageInput): void {
  const { legal, dates } = input;
  if (legal === undefined) return;
  if (dates.payBy !== undefined && dates.payBy < legal.lastDay)
    throw new InputError(
      '$.dates.payBy',
      `no day before the end of the legal term, ${legal.lastDay}; got ${dates.payBy}`,
    );
  if (legal.regime !== 'be-consumer') return;
  if (input.sender.enterpriseNumber === undefined)
    throw new InputError('$.sender.enterpriseNumber', 'the enterprise number, which a Belgian consumer must be told');
  const nameless = invoicesOf(input.lines).find((line) => (line.description ?? '').trim() === '');
  if (nameless !== undefined)
    throw new InputError(
      '$.lines',
      `a description of what invoice ${nameless.invoiceNumber} is for, which a Belgian consumer must be told`,
    );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
