import { InputError, money } from '../../kernel/index.js';
import { composeMessage, fill, type MessageTemplate } from '../../messaging/domain/index.js';
import { contentToJson, type MessageContent } from '../../messaging/index.js';
import type { PlannedMessage } from '../domain/index.js';
import { templateKeyOf, type StoredScenario } from '../scenarios/scenario-definition.js';
import { findTemplate } from '../scenarios/template.repository.js';
import { messageLanguageOf } from './administration-facts.js';
import { capitalised, LEDGER_WORDS, plainMoney, type StepName } from './ledger-words.js';
import { stepOf, toMessageInput, type DraftFacts } from './message-draft.js';
import { emailRecipientOf, languageOf, letterRecipientOf, type Chosen } from './recipient.js';

/** A message ready to be stored: what it says, to whom, in which words, and why so. */
export interface ComposedMessage {
  readonly planned: PlannedMessage;
  readonly stepName: StepName;
  readonly recipient: Chosen<string>;
  readonly language: Chosen<string>;
  readonly template: { readonly key: string; readonly version: number };
  readonly scenario: { readonly id: string; readonly version: number };
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** JSON of column `message.content`. */
  readonly content: string;
}

export interface ComposeFacts extends DraftFacts {
  readonly stored: StoredScenario;
  readonly templates: readonly MessageTemplate[];
}

/**
 * Writes a planned step: an e-mail or letter to the debtor, or a telephone call for a person.
 * @throws InputError naming what is missing: an account (IBAN), a text, an address
 */
export function composeStep(planned: PlannedMessage, facts: ComposeFacts): ComposedMessage {
  return planned.channel === 'task' ? composeCall(planned, facts) : composeText(planned, facts);
}

/** The text that a step uses, and why in that language; null for a call. */
export function textOf(planned: Pick<PlannedMessage, 'level' | 'channel'>, facts: ComposeFacts) {
  const language = languageOf(facts.debtor, facts.administration.language);
  const step = stepOf(facts.stored.definition, planned.level);
  if (step === undefined || planned.channel === 'task') return { language, template: null };
  return { language, template: findTemplate(facts.templates, templateKeyOf(step), language.value) ?? null };
}

/** Whom a step reaches, and why; null when nobody can be reached. */
export function recipientOf(channel: string, { debtor, administration }: DraftFacts): Chosen<string> | null {
  if (channel === 'email') return emailRecipientOf(debtor);
  if (channel === 'letter') {
    const address = letterRecipientOf(debtor, administration);
    return address === null ? null : { value: address.value.join(', '), reason: address.reason };
  }
  if (debtor.accountManager) return { value: debtor.accountManager, reason: 'account manager of the debtor' };
  return { value: 'collectors', reason: 'the debtor has no account manager' };
}

function composeText(planned: PlannedMessage, facts: ComposeFacts): ComposedMessage {
  const { administration, debtor } = facts;
  const { language, template } = textOf(planned, facts);
  const recipient = recipientOf(planned.channel, facts);
  if (template === null) throw new InputError('$.template', `a text for level ${planned.level} in ${language.value}`);
  if (recipient === null) throw new InputError('$.debtor', 'an address to send to', 'NO_RECIPIENT');
  const input = toMessageInput(planned, facts, { template, language: language.value });
  const rendered = composeMessage(input);
  const { houseStyle } = administration;
  const content: MessageContent = {
    from: { name: input.sender.name, address: houseStyle.senderEmail?.trim() ?? '' },
    replyTo: houseStyle.replyTo?.trim() ? { name: input.sender.name, address: houseStyle.replyTo.trim() } : null,
    to: { name: input.debtor.contactName ?? debtor.name, address: recipient.value },
    input,
    rendered,
  };
  return {
    planned,
    stepName: template.key,
    recipient,
    language,
    template: { key: template.key, version: template.version },
    scenario: { id: facts.stored.definition.id, version: facts.stored.version },
    subject: rendered.subject,
    html: rendered.html,
    text: rendered.text,
    content: contentToJson(content),
  };
}

/** A telephone call: nothing goes to the debtor, a person gets a task. */
function composeCall(planned: PlannedMessage, facts: ComposeFacts): ComposedMessage {
  const { administration, debtor, receivables } = facts;
  const language = messageLanguageOf(administration.language) ?? 'en';
  const words = LEDGER_WORDS[language];
  const total = plainMoney(money(planned.total + planned.fees + planned.interest, planned.currency), language);
  const invoices = planned.lines.filter((line) => line.level !== null);
  const count = invoices.length === 1 ? words.oneInvoice : fill(words.invoices, { count: invoices.length });
  const phone = debtor.phone ? [fill(words.phone, { phone: debtor.phone })] : [];
  const numbers = invoices.map((line) => `- ${receivables.get(line.receivable)!.invoiceNumber}`);
  const text = [...phone, ...numbers].join('\n');
  return {
    planned,
    stepName: 'call',
    recipient: recipientOf('task', facts)!,
    language: { value: language, reason: 'language of the administration' },
    template: { key: 'call', version: 1 },
    scenario: { id: facts.stored.definition.id, version: facts.stored.version },
    subject: capitalised(fill(words.callTask, { debtor: debtor.name, invoices: count, total })),
    html: '',
    text,
    content: '{}',
  };
}
