import type { BusinessDate } from '../../../src/kernel/index.js';
import { defaultTemplate } from '../../../src/messaging/templates/index.js';
import type { PlannedMessage, Step } from '../../../src/dunning/domain/index.js';
import { planOptionsOf, type AdministrationFacts } from '../../../src/dunning/runs/administration-facts.js';
import { toMessageInput } from '../../../src/dunning/runs/message-draft.js';
import type { DebtorRow, ReceivableRow } from '../../../src/dunning/runs/plan-facts.repository.js';
import { emailRecipientOf, languageOf, letterRecipientOf } from '../../../src/dunning/runs/recipient.js';

const day = (text: string) => text as BusinessDate;
const debtor = {
  id: 'D1',
  code: '1001',
  name: 'Jansen BV',
  contactName: 'Piet',
  dunningContactName: null,
  email: 'info@jansen.example',
  dunningContactEmail: null,
  language: null,
  languageOverride: null,
  addressLine: 'Dorpsstraat 1',
  postcode: '1234 AB',
  city: 'Utrecht',
  country: 'NL',
} as DebtorRow;
const administration = {
  country: 'NL',
  language: 'nl',
  name: 'Bakker BV',
  houseStyle: { iban: 'NL91ABNA0417164300' },
  dunning: {},
} as AdministrationFacts;

function receivable(id: string, row: Partial<ReceivableRow> = {}): ReceivableRow {
  return {
    id,
    debtorId: 'D1',
    kind: 'invoice',
    currency: 'EUR',
    amount: '10000',
    openAmount: '10000',
    dueDate: day('2026-10-01'),
    invoiceDate: day('2026-09-01'),
    invoiceNumber: id,
    description: null,
    paymentReference: null,
    directDebit: false,
    entrySourceId: null,
    deleted: false,
    ...row,
  };
}

/** A message at level 1 on 8 October 2026 about the given receivables, with the given steps to follow. */
function draft(rows: ReceivableRow[], following: Partial<Step>[] = [], first: Partial<Step> = {}) {
  const steps = [{ trigger: { anchor: 'due-date', days: 7 }, ...first }, ...following].map(
    (step, index) => ({ level: index + 1, channel: 'email', ...step }) as Step,
  );
  const planned: PlannedMessage = {
    debtor: 'D1',
    level: 1,
    channel: steps[0]!.channel,
    currency: 'EUR',
    scenario: 'standard',
    receivables: rows.map((row) => row.id),
    lines: rows.map((row) => ({
      receivable: row.id,
      level: row.kind === 'invoice' ? 1 : null,
      open: BigInt(row.openAmount),
      fee: 0n,
      interest: 0n,
    })),
    total: rows.reduce((sum, row) => sum + BigInt(row.openAmount), 0n),
    fees: 0n,
    interest: 0n,
  };
  const facts = {
    administration,
    debtor,
    receivables: new Map(rows.map((row) => [row.id, row])),
    scenario: { id: 'standard', steps },
    options: planOptionsOf({}),
    today: day('2026-10-08'),
  };
  return toMessageInput(planned, facts, { template: defaultTemplate('first-reminder', 'nl'), language: 'nl' });
}

describe('what a message asks for, and by when', () => {
  it('a week, and what follows on its day', () => {
    const { dates } = draft([receivable('F-1')], [{ trigger: { anchor: 'previous-step', days: 14 } }]);
    expect(dates).toEqual({
      sentOn: '2026-10-08',
      payBy: '2026-10-15',
      next: { kind: 'second-reminder', on: '2026-10-22' },
    });
  });

  it('never later than the day before the next message, which keeps the minimum gap', () => {
    const { dates } = draft([receivable('F-1')], [{ trigger: { anchor: 'previous-step', days: 3 } }]);
    expect(dates).toMatchObject({ payBy: '2026-10-14', next: { on: '2026-10-15' } });
  });

  it('counts the next step from the latest due date when it hangs on that', () => {
    const rows = [receivable('F-1'), receivable('F-2', { dueDate: day('2026-10-20') })];
    const { dates } = draft(rows, [{ trigger: { anchor: 'due-date', days: 30 } }]);
    expect(dates.next).toEqual({ kind: 'second-reminder', on: '2026-11-19' });
  });

  it('announces no call, and nothing after the last step', () => {
    const call = { channel: 'task', template: 'call', trigger: { anchor: 'previous-step', days: 14 } } as const;
    expect(draft([receivable('F-1')], [call]).dates).toEqual({ sentOn: '2026-10-08', payBy: '2026-10-15' });
    expect(draft([receivable('F-1')]).dates).toEqual({ sentOn: '2026-10-08', payBy: '2026-10-15' });
  });

  it('asks nothing earlier than the due date in a notice', () => {
    const notice = { template: 'notice', onlyBeforeDue: true, trigger: { anchor: 'due-date', days: -3 } } as const;
    expect(draft([receivable('F-1')], [], notice).dates).toEqual({ sentOn: '2026-10-08' });
  });

  it('shows what is overdue longest first, and credits last, as deductions', () => {
    const input = draft([
      receivable('F-2', { dueDate: day('2026-10-02') }),
      receivable('C-1', { kind: 'credit-note', amount: '3000', openAmount: '-3000', dueDate: day('2026-09-01') }),
      receivable('F-1'),
    ]);
    expect(input.lines.map(({ invoiceNumber, amount, open }) => [invoiceNumber, amount, open])).toEqual([
      ['F-1', 10_000n, 10_000n],
      ['F-2', 10_000n, 10_000n],
      ['C-1', -3_000n, -3_000n],
    ]);
    expect(input.totals.total.minor).toBe(17_000n);
    expect(input.paymentReference).toBe('F-2 F-1');
  });

  it('uses the invoice’s own payment reference when there is one invoice', () => {
    expect(draft([receivable('F-1', { paymentReference: 'RF18539007547034' })]).paymentReference).toBe(
      'RF18539007547034',
    );
    const many = Array.from({ length: 30 }, (_, index) => receivable(`F-2026-${index}`));
    expect(draft(many).paymentReference).toBe('1001');
  });
});

describe('the right reader', () => {
  const reader = (row: Partial<DebtorRow>) => ({ ...debtor, ...row });

  it.each([
    [{}, 'info@jansen.example', 'e-mail address in the ledger'],
    [
      { dunningContactEmail: 'crediteuren@jansen.example' },
      'crediteuren@jansen.example',
      'dunning contact of the debtor',
    ],
    [{ email: 'a@jansen.example; b@jansen.example' }, 'a@jansen.example', 'e-mail address in the ledger'],
    [{ email: 'see website, a@jansen.example' }, 'a@jansen.example', 'e-mail address in the ledger'],
    [{ dunningContactEmail: 'unknown' }, 'info@jansen.example', 'e-mail address in the ledger'],
  ])('of %j is %s', (row, value, reason) => {
    expect(emailRecipientOf(reader(row))).toEqual({ value, reason });
  });

  it('is nobody without a usable address', () => {
    expect(emailRecipientOf(reader({ email: 'n/a' }))).toBeNull();
    const dutch = { country: 'NL', language: 'nl' };
    expect(letterRecipientOf(reader({ city: null }), dutch)).toBeNull();
    expect(letterRecipientOf(debtor, dutch)?.value).toEqual(['Dorpsstraat 1', '1234 AB Utrecht']);
    expect(letterRecipientOf(reader({ country: 'BE' }), dutch)?.value.at(-1)).toBe('België');
    expect(letterRecipientOf(reader({ country: 'BE' }), { country: 'FR', language: 'fr' })?.value.at(-1)).toBe(
      'Belgique',
    );
  });

  it.each([
    [{ languageOverride: 'fr', language: 'nl' }, 'fr', 'set on the debtor'],
    [{ language: 'EN' }, 'en', 'language in the ledger'],
    [{ language: 'de' }, 'nl', 'language of the administration'],
    [{ languageOverride: 'xx', language: 'nl-BE' }, 'nl', 'language in the ledger'],
  ])('reads, for %j, %s', (row, value, reason) => {
    expect(languageOf(reader(row), 'nl')).toEqual({ value, reason });
  });
});
