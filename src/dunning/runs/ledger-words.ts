import { formatMoneyFor, type Money } from '../../kernel/index.js';
import type { MessageLanguage, TemplateKey } from '../../messaging/domain/index.js';

/** What a step is called in the ledger and on a person's list. */
export type StepName = TemplateKey | 'call';

/** Words for people who read the books: the administration's language, not the debtor's. */
export interface LedgerWords {
  readonly steps: Readonly<Record<StepName, string>>;
  readonly done: string;
  readonly doneCall: string;
  readonly oneInvoice: string;
  readonly invoices: string;
  readonly byMail: string;
  readonly byLetter: string;
  readonly byCall: string;
  readonly line: string;
  readonly credit: string;
  readonly total: string;
  readonly charges: string;
  readonly callTask: string;
  readonly phone: string;
  readonly letterTask: string;
}

export const LEDGER_WORDS: Readonly<Record<MessageLanguage, LedgerWords>> = {
  nl: {
    steps: { notice: 'vooraankondiging', 'first-reminder': 'eerste herinnering', 'second-reminder': 'tweede herinnering', 'formal-notice': 'aanmaning', call: 'belactie' },
    done: '{step} verstuurd',
    doneCall: '{step} gepland',
    oneInvoice: '1 factuur',
    invoices: '{count} facturen',
    byMail: '{step} (niveau {level}) op {date} per e-mail aan {recipient}.',
    byLetter: '{step} (niveau {level}) op {date} per brief aan {recipient}.',
    byCall: '{step} (niveau {level}) op {date} klaargezet voor {recipient}.',
    line: '- {number} van {date}, vervaldatum {due}: {open} open',
    credit: '- {number} van {date}: {open} in mindering',
    total: 'Totaal: {total}',
    charges: 'Kosten en rente: {charges}',
    callTask: 'Bel {debtor}: {invoices}, {total}',
    phone: 'Telefoon: {phone}',
    letterTask: 'Print en verstuur de brief aan {debtor}: {step}, {total}',
  },
  en: {
    steps: { notice: 'notice', 'first-reminder': 'first reminder', 'second-reminder': 'second reminder', 'formal-notice': 'formal notice', call: 'call' },
    done: '{step} sent',
    doneCall: '{step} planned',
    oneInvoice: '1 invoice',
    invoices: '{count} invoices',
    byMail: '{step} (level {level}) on {date} by e-mail to {recipient}.',
    byLetter: '{step} (level {level}) on {date} by letter to {recipient}.',
    byCall: '{step} (level {level}) on {date} put on the list of {recipient}.',
    line: '- {number} of {date}, due {due}: {open} open',
    credit: '- {number} of {date}: {open} deducted',
    total: 'Total: {total}',
    charges: 'Costs and interest: {charges}',
    callTask: 'Call {debtor}: {invoices}, {total}',
    phone: 'Phone: {phone}',
    letterTask: 'Print and post the letter to {debtor}: {step}, {total}',
  },
  fr: {
    steps: { notice: 'préavis', 'first-reminder': 'premier rappel', 'second-reminder': 'deuxième rappel', 'formal-notice': 'mise en demeure', call: 'appel' },
    done: '{step} envoyé',
    doneCall: '{step} prévu',
    oneInvoice: '1 facture',
    invoices: '{count} factures',
    byMail: '{step} (niveau {level}) le {date} par e-mail à {recipient}.',
    byLetter: '{step} (niveau {level}) le {date} par courrier à {recipient}.',
    byCall: '{step} (niveau {level}) le {date}, confié à {recipient}.',
    line: '- {number} du {date}, échéance {due} : {open} ouverts',
    credit: '- {number} du {date} : {open} déduits',
    total: 'Total : {total}',
    charges: 'Frais et intérêts : {charges}',
    callTask: 'Appeler {debtor} : {invoices}, {total}',
    phone: 'Téléphone : {phone}',
    letterTask: 'Imprimer et poster le courrier à {debtor} : {step}, {total}',
  },
}; // prettier-ignore

/** Money for plain text: packages show odd spaces as question marks. */
export function plainMoney(value: Money, language: MessageLanguage): string {
  return formatMoneyFor(value, language).replace(/[\u00a0\u202f]/g, ' ');
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
