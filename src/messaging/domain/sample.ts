import { money, type BusinessDate } from '../../kernel/index.js';
import type { MessageInput, MessageTemplate } from './message.js';

/** A complete, invented message: what a template is tried on before it is saved, and what a preview shows. */
export function sampleMessageInput(
  template: Pick<MessageTemplate, 'key' | 'language' | 'subject' | 'body'>,
): MessageInput {
  const day = (text: string) => text as BusinessDate;
  return {
    template: { version: 1, ...template },
    sender: {
      name: 'Bakker BV',
      addressLines: ['Molenstraat 12', '5611 EK Eindhoven'],
      email: 'administratie@bakker.example',
      phone: '040 123 45 67',
      iban: 'NL91ABNA0417164300',
      accentColor: '#0f766e',
      signature: 'Sanne Bakker\nBakker BV',
      enterpriseNumber: '12345678',
    },
    debtor: {
      name: 'Jansen Installaties BV',
      contactName: 'Pieter Jansen',
      addressLines: ['Havenweg 7', '3011 AA Rotterdam'],
      language: template.language,
      code: '10234',
    },
    level: 1,
    lines: [
      {
        kind: 'invoice',
        invoiceNumber: '2026-0123',
        invoiceDate: day('2026-09-01'),
        dueDate: day('2026-10-01'),
        daysOverdue: 52,
        amount: 123_456n,
        open: 123_456n,
        currency: 'EUR',
        description: 'Onderhoud september',
      },
    ],
    totals: {
      open: money(123_456n, 'EUR'),
      fees: money(0n, 'EUR'),
      interest: money(0n, 'EUR'),
      total: money(123_456n, 'EUR'),
    },
    dates: {
      sentOn: day('2026-11-22'),
      payBy: day('2026-11-29'),
      next: { kind: 'formal-notice', on: day('2026-12-01') },
    },
    paymentReference: '2026-0123',
    portalUrl: 'https://betalen.example/p/voorbeeld',
  };
}
