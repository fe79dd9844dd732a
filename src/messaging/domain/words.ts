import type { MessageLanguage, MessageLineKind } from './message.js';

/** Fixed words around the template's own text. `{…}` marks where a value goes; see `fill`. */
export interface Words {
  readonly payBy: string;
  readonly fellDue: string;
  readonly dueBelow: string;
  readonly dueDate: string;
  readonly oldestDueDate: string;
  readonly account: string;
  readonly payee: string;
  readonly bic: string;
  readonly reference: string;
  readonly dutchReference: string;
  readonly structuredReference: string;
  readonly scan: string;
  readonly payOnline: string;
  readonly invoiceHeading: string;
  readonly dueHeading: string;
  readonly openHeading: string;
  readonly kinds: Readonly<Record<MessageLineKind, string>>;
  readonly dated: string;
  readonly oneDayLate: string;
  readonly daysLate: string;
  readonly received: string;
  readonly settled: string;
  readonly sumOpen: string;
  readonly sumFees: string;
  readonly sumInterest: string;
  readonly sumTotal: string;
  readonly customerNumber: string;
  readonly belgianNumber: string;
  readonly dutchNumber: string;
  readonly phone: string;
  readonly page: string;
  /** Between a label and its value. */
  readonly colon: string;
}

const NL: Words = {
  payBy: 'Te betalen uiterlijk op {date}',
  fellDue: 'Vervallen op {date}',
  dueBelow: 'De vervaldata staan in het overzicht',
  dueDate: 'Vervaldatum',
  oldestDueDate: 'Oudste vervaldatum',
  account: 'Rekening (IBAN)',
  payee: 'Ten name van',
  bic: 'BIC',
  reference: 'Onder vermelding van',
  dutchReference: 'Betalingskenmerk',
  structuredReference: 'Gestructureerde mededeling',
  scan: 'Scan met uw bankapp',
  payOnline: 'Bekijk en betaal online',
  invoiceHeading: 'Factuur',
  dueHeading: 'Vervaldatum',
  openHeading: 'Open bedrag',
  kinds: { invoice: 'Factuur {number}', 'credit-note': 'Creditnota {number}', payment: 'Ontvangen betaling {number}' },
  dated: 'van {date}',
  oneDayLate: '1 dag te laat',
  daysLate: '{days} dagen te laat',
  received: 'Bedrag {amount}, al ontvangen {received}',
  settled: 'Bedrag {amount}, al verrekend {received}',
  sumOpen: 'Openstaand',
  sumFees: 'Kosten',
  sumInterest: 'Rente',
  sumTotal: 'Totaal te betalen',
  customerNumber: 'Uw klantnummer: {number}',
  belgianNumber: 'Ondernemingsnummer {number}',
  dutchNumber: 'KvK-nummer {number}',
  phone: 'Tel. {number}',
  page: 'Pagina {page} van {pages}',
  colon: ':',
};

const EN: Words = {
  payBy: 'Please pay by {date}',
  fellDue: 'Fell due on {date}',
  dueBelow: 'The due dates are in the overview',
  dueDate: 'Due date',
  oldestDueDate: 'Oldest due date',
  account: 'Account (IBAN)',
  payee: 'Account holder',
  bic: 'BIC',
  reference: 'Payment reference',
  dutchReference: 'Payment reference',
  structuredReference: 'Structured reference',
  scan: 'Scan with your banking app',
  payOnline: 'View and pay online',
  invoiceHeading: 'Invoice',
  dueHeading: 'Due date',
  openHeading: 'Open amount',
  kinds: { invoice: 'Invoice {number}', 'credit-note': 'Credit note {number}', payment: 'Payment received {number}' },
  dated: 'of {date}',
  oneDayLate: '1 day late',
  daysLate: '{days} days late',
  received: 'Amount {amount}, already received {received}',
  settled: 'Amount {amount}, already settled {received}',
  sumOpen: 'Open',
  sumFees: 'Costs',
  sumInterest: 'Interest',
  sumTotal: 'Total to pay',
  customerNumber: 'Your customer number: {number}',
  belgianNumber: 'Enterprise number {number}',
  dutchNumber: 'Chamber of Commerce (KvK) number {number}',
  phone: 'Tel. {number}',
  page: 'Page {page} of {pages}',
  colon: ':',
};

const FR: Words = {
  payBy: 'À payer au plus tard le {date}',
  fellDue: 'Échu le {date}',
  dueBelow: 'Les échéances figurent dans le relevé',
  dueDate: 'Échéance',
  oldestDueDate: 'Échéance la plus ancienne',
  account: 'Compte (IBAN)',
  payee: 'Bénéficiaire',
  bic: 'BIC',
  reference: 'Communication',
  dutchReference: 'Communication',
  structuredReference: 'Communication structurée',
  scan: 'Scannez avec votre application bancaire',
  payOnline: 'Consulter et payer en ligne',
  invoiceHeading: 'Facture',
  dueHeading: 'Échéance',
  openHeading: 'Montant dû',
  kinds: { invoice: 'Facture {number}', 'credit-note': 'Note de crédit {number}', payment: 'Paiement reçu {number}' },
  dated: 'du {date}',
  oneDayLate: '1 jour de retard',
  daysLate: '{days} jours de retard',
  received: 'Montant {amount}, déjà reçu {received}',
  settled: 'Montant {amount}, déjà imputé {received}',
  sumOpen: 'Solde ouvert',
  sumFees: 'Frais',
  sumInterest: 'Intérêts',
  sumTotal: 'Total à payer',
  customerNumber: 'Votre numéro de client\u00a0: {number}',
  belgianNumber: 'Numéro d’entreprise {number}',
  dutchNumber: 'Numéro KvK {number}',
  phone: 'Tél. {number}',
  page: 'Page {page} sur {pages}',
  colon: '\u00a0:',
};

export const WORDS: Readonly<Record<MessageLanguage, Words>> = { nl: NL, en: EN, fr: FR };

/** Puts values in a phrase: `fill('van {date}', { date: '1 mei 2026' })`. */
export function fill(phrase: string, values: Readonly<Record<string, string | number>>): string {
  return phrase.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
