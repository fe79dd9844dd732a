import type { Template } from '../../api/types';
import type { TextTools } from '../../ui/text';

const BLOCKS = ['payment', 'invoices', 'legal'] as const;
const MARK = '\uE000';

export interface Preview {
  subject: string;
  paragraphs: { kind: 'text' | (typeof BLOCKS)[number]; text: string }[];
}

/** Invented facts with the same names as the server gives a template. */
function sampleContext(text: TextTools): Record<string, unknown> {
  const open = text.money({ amount: '1234.56', currency: 'EUR' });
  const day = (date: string): string => text.date(date);
  const invoice = {
    number: '2026-0123',
    date: day('2026-09-01'),
    dueDate: day('2026-10-01'),
    daysOverdue: 52,
    amount: open,
    open,
    description: 'Onderhoud september',
  };
  return {
    recipient: 'Pieter Jansen',
    debtor: { name: 'Jansen Installaties BV', contactName: 'Pieter Jansen', code: '10234' },
    sender: {
      name: 'Bakker BV',
      email: 'administratie@bakker.example',
      phone: '040 123 45 67',
      signature: 'Sanne Bakker\nBakker BV',
    },
    invoice,
    invoices: [invoice],
    count: 1,
    partlyPaid: false,
    total: { open, fees: null, interest: null, total: open },
    sentOn: day('2026-11-22'),
    payBy: day('2026-11-29'),
    next: { kind: 'formal-notice', on: day('2026-12-01') },
    channel: 'email',
    level: 1,
    paymentReference: '2026-0123',
    portalUrl: 'https://betalen.example/p/voorbeeld',
  };
}

/**
 * Fills a template with invented facts in the browser, while typing. The engine is fetched only when someone edits.
 * @throws what Liquid says about a template that cannot be filled in
 */
export async function previewTemplate(draft: Pick<Template, 'subject' | 'body'>, text: TextTools): Promise<Preview> {
  const { Liquid, Tag } = await import('liquidjs');
  const engine = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true });
  for (const name of BLOCKS) {
    engine.registerTag(
      name,
      class extends Tag {
        override render(_context: unknown, emitter: { write: (text: string) => void }): void {
          emitter.write(`\n\n${MARK}${name}\n\n`);
        }
      },
    );
  }
  const context = sampleContext(text);
  const [subject, body] = await Promise.all([
    engine.parseAndRender(draft.subject, context) as Promise<string>,
    engine.parseAndRender(draft.body, context) as Promise<string>,
  ]);
  const paragraphs = body
    .split(/\n[ \t]*\n/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => {
      const kind = BLOCKS.find((name) => each === `${MARK}${name}`);
      return kind === undefined ? { kind: 'text' as const, text: each } : { kind, text: '' };
    });
  return { subject, paragraphs };
}
