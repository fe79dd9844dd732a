import { formatDateFor, money, type BusinessDate } from '../../kernel/index.js';
import { fill, type MessageLanguage } from '../../messaging/domain/index.js';
import { messageLanguageOf } from './administration-facts.js';
import type { ComposedMessage } from './compose-step.js';
import { capitalised, LEDGER_WORDS, plainMoney, type LedgerWords } from './ledger-words.js';
import type { DraftFacts } from './message-draft.js';

/** What the source ledger is told about a step. The connector adds the intent's key, so that the source can be asked for it. */
export interface LedgerNote {
  readonly subject: string;
  readonly text: string;
  readonly date: BusinessDate;
}

/** The note about one message, in the administration's language: step, level, date, recipient and what it asked for. */
export function ledgerNoteOf(message: ComposedMessage, facts: DraftFacts): LedgerNote {
  const language = messageLanguageOf(facts.administration.language) ?? 'en';
  const words = LEDGER_WORDS[language];
  const { planned, stepName } = message;
  const amount = (minor: bigint) => plainMoney(money(minor, planned.currency), language);
  const count = planned.lines.filter((line) => line.level !== null).length;
  const invoices = count === 1 ? words.oneInvoice : fill(words.invoices, { count });
  const step = words.steps[stepName];
  const done = fill(stepName === 'call' ? words.doneCall : words.done, { step });
  const charges = planned.fees + planned.interest;
  return {
    subject: `Openpost: ${done} – ${invoices}, ${amount(planned.total + charges)}`,
    text: [
      headlineOf(message, facts, { words, language }),
      ...linesOf(message, facts, { words, language }),
      ...(charges === 0n ? [] : [fill(words.charges, { charges: amount(charges) })]),
      fill(words.total, { total: amount(planned.total + charges) }),
    ].join('\n'),
    date: facts.today,
  };
}

interface Wording {
  readonly words: LedgerWords;
  readonly language: MessageLanguage;
}

function headlineOf(message: ComposedMessage, { today }: DraftFacts, { words, language }: Wording): string {
  const phrases = { email: words.byMail, letter: words.byLetter, task: words.byCall, webhook: words.byCall };
  return fill(phrases[message.planned.channel], {
    step: capitalised(words.steps[message.stepName]),
    level: message.planned.level,
    date: formatDateFor(today, language),
    recipient: message.recipient.value,
  });
}

function linesOf({ planned }: ComposedMessage, { receivables }: DraftFacts, { words, language }: Wording): string[] {
  return planned.lines.map(({ receivable, open, level }) => {
    const row = receivables.get(receivable)!;
    return fill(level === null ? words.credit : words.line, {
      number: row.invoiceNumber,
      date: formatDateFor(row.invoiceDate, language),
      due: formatDateFor(row.dueDate, language),
      open: plainMoney(money(open, planned.currency), language),
    });
  });
}
