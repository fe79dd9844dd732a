import { addDays, daysBetween, endOfMonth, money, type BusinessDate } from '../../kernel/index.js';
import type {
  MessageDates,
  MessageInput,
  MessageLanguage,
  MessageLine,
  MessageTemplate,
  NextStep,
} from '../../messaging/domain/index.js';
import type { PlannedMessage, PlanOptions, Scenario, Step } from '../domain/index.js';
import { templateKeyOf } from '../scenarios/scenario-definition.js';
import { senderOf, type AdministrationFacts } from './administration-facts.js';
import type { DebtorRow, ReceivableRow } from './plan-facts.repository.js';
import { letterRecipientOf } from './recipient.js';

/** Everything a planned message is written from. */
export interface DraftFacts {
  readonly administration: AdministrationFacts;
  readonly debtor: DebtorRow;
  readonly receivables: ReadonlyMap<string, ReceivableRow>;
  readonly scenario: Scenario;
  readonly options: PlanOptions;
  readonly today: BusinessDate;
}

const PAY_WITHIN_DAYS = 7;
const LONGEST_REFERENCE = 140;

/** The message of a plan as the composer wants it: lines, totals, dates and what comes next. */
export function toMessageInput(
  message: PlannedMessage,
  facts: DraftFacts,
  text: { template: MessageTemplate; language: MessageLanguage },
): MessageInput {
  const { debtor, today } = facts;
  const lines = linesOf(message, facts);
  const amount = (minor: bigint) => money(minor, message.currency);
  const contactName = debtor.dunningContactName ?? debtor.contactName;
  return {
    template: text.template,
    sender: senderOf(facts.administration),
    debtor: {
      name: debtor.name,
      addressLines: letterRecipientOf(debtor, facts.administration)?.value ?? [],
      language: text.language,
      code: debtor.code,
      ...(contactName ? { contactName } : {}),
    },
    channel: message.channel === 'letter' ? 'letter' : 'email',
    level: message.level,
    lines,
    totals: {
      open: amount(message.total),
      fees: amount(message.fees),
      interest: amount(message.interest),
      total: amount(message.total + message.fees + message.interest),
    },
    dates: datesOf(message, facts, today),
    paymentReference: paymentReferenceOf(message, facts),
  };
}

/** The step that a message takes: its level's, which is the highest of its lines. */
export function stepOf(scenario: Scenario, level: number): Step | undefined {
  return scenario.steps.find((step) => step.level === level);
}

function linesOf(message: PlannedMessage, { receivables, today }: DraftFacts): MessageLine[] {
  return message.lines
    .map(({ receivable, open }): MessageLine => {
      const row = receivables.get(receivable)!;
      const amount = BigInt(row.amount);
      return {
        kind: row.kind,
        invoiceNumber: row.invoiceNumber,
        invoiceDate: row.invoiceDate,
        dueDate: row.dueDate,
        daysOverdue: daysBetween(row.dueDate, today),
        amount: row.kind !== 'invoice' && amount > 0n ? -amount : amount,
        open,
        currency: message.currency,
        ...(row.description ? { description: row.description } : {}),
      };
    })
    .sort(
      (left, right) => Number(left.open < 0n) - Number(right.open < 0n) || left.dueDate.localeCompare(right.dueDate),
    );
}

function datesOf(message: PlannedMessage, facts: DraftFacts, sentOn: BusinessDate): MessageDates {
  const step = stepOf(facts.scenario, message.level);
  if (step !== undefined && templateKeyOf(step) === 'notice') return { sentOn };
  const following = followingStep(message, facts);
  const standard = addDays(sentOn, PAY_WITHIN_DAYS);
  // Whoever pays by the day we ask for must not get the next message first.
  const before = following === null ? standard : addDays(following.on, -1);
  const payBy = before < standard ? before : standard;
  const next = following === null ? null : announced(following.step, following.on);
  return { sentOn, payBy: payBy > sentOn ? payBy : addDays(sentOn, 1), ...(next === null ? {} : { next }) };
}

/** The step after this one and the day on which it would be taken, if nothing changes. */
function followingStep(message: PlannedMessage, facts: DraftFacts): { step: Step; on: BusinessDate } | null {
  const { scenario, options, receivables, today } = facts;
  const step = scenario.steps.find((each) => each.level > message.level && each.onlyBeforeDue !== true);
  if (step === undefined) return null;
  const { anchor, days } = step.trigger;
  const rows = message.lines.filter((line) => line.level !== null).map((line) => receivables.get(line.receivable)!);
  const anchors: Record<typeof anchor, readonly BusinessDate[]> = {
    'previous-step': [today],
    'due-date': rows.map((row) => row.dueDate),
    'invoice-date': rows.map((row) => row.invoiceDate),
  };
  const shift = options.dayBoundary === 'strict' ? 1 : 0;
  const latest = anchors[anchor].reduce((last, date) => (date > last ? date : last), anchors[anchor][0] ?? today);
  const added = addDays(latest, days);
  const due = addDays(step.trigger.endOfMonth === true ? endOfMonth(added) : added, shift);
  const earliest = addDays(today, Math.max(1, options.minimumGapDays));
  return { step, on: due > earliest ? due : earliest };
}

/** Only what the reader will really get is announced: a call or a hand-over by a person is not ours to promise. */
function announced(step: Step, on: BusinessDate): NextStep | null {
  if (step.channel === 'task' || step.channel === 'webhook') return null;
  const kind = templateKeyOf(step);
  return kind === 'notice' ? null : { kind, on };
}

/** The source's own reference when one invoice has one; otherwise the numbers, as far as a transfer has room. */
function paymentReferenceOf(message: PlannedMessage, { receivables, debtor }: DraftFacts): string {
  const rows = message.lines.filter((line) => line.level !== null).map((line) => receivables.get(line.receivable)!);
  const [only] = rows;
  if (rows.length === 1 && only?.paymentReference) return only.paymentReference;
  const numbers = rows.map((row) => row.invoiceNumber).join(' ');
  return numbers !== '' && numbers.length <= LONGEST_REFERENCE ? numbers : debtor.code;
}
