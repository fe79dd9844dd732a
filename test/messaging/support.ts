import { money, type BusinessDate } from '../../src/kernel/index.js';
import {
  sampleMessageInput,
  type MessageInput,
  type MessageLanguage,
  type MessageLine,
  type TemplateKey,
} from '../../src/messaging/domain/index.js';
import { defaultTemplate } from '../../src/messaging/templates/index.js';

export const day = (text: string) => text as BusinessDate;

export interface Changes extends Partial<Omit<MessageInput, 'totals' | 'lines'>> {
  readonly lines?: readonly MessageLine[];
  readonly fees?: bigint;
  readonly interest?: bigint;
}

/** A message whose totals follow from its lines; `undefined` takes an optional field away. */
export function messageInput(key: TemplateKey, language: MessageLanguage, changes: Changes = {}): MessageInput {
  const { fees = 0n, interest = 0n, lines, ...rest } = changes;
  const { portalUrl: _portalUrl, ...sample } = sampleMessageInput(defaultTemplate(key, language));
  const shown = lines ?? sample.lines;
  const currency = shown[0]?.currency ?? 'EUR';
  const open = shown.reduce((sum, each) => sum + each.open, 0n);
  return {
    ...sample,
    lines: shown,
    totals: {
      open: money(open, currency),
      fees: money(fees, currency),
      interest: money(interest, currency),
      total: money(open + fees + interest, currency),
    },
    ...rest,
  };
}

export function line(number: string, changes: Partial<MessageLine> = {}): MessageLine {
  return {
    kind: 'invoice',
    invoiceNumber: number,
    invoiceDate: day('2026-09-01'),
    dueDate: day('2026-10-01'),
    daysOverdue: 52,
    amount: 10_000n,
    open: 10_000n,
    currency: 'EUR',
    ...changes,
  };
}

export const CREDIT_NOTE = line('C-7', { kind: 'credit-note', daysOverdue: 0, amount: -15_000n, open: -2_500n });
