import * as fc from 'fast-check';
import { formatMoneyFor, money } from '../../../src/kernel/index.js';
import {
  composeMessage,
  MESSAGE_LANGUAGES,
  type MessageInput,
  type MessageLanguage,
} from '../../../src/messaging/domain/index.js';
import { defaultTemplate, defaultTemplates } from '../../../src/messaging/templates/index.js';
import { CREDIT_NOTE, day, line, messageInput } from '../support.js';

const template = (subject: string, body: string, language: MessageLanguage = 'nl') => ({
  ...defaultTemplate('first-reminder', language),
  subject,
  body: `${body}\n\n{% payment %}\n\n{% invoices %}`,
});

describe('the subject', () => {
  it.each([
    ['notice', 'nl', 'Factuur 2026-0123 van Bakker BV: te betalen uiterlijk op 1 oktober 2026'],
    ['first-reminder', 'nl', 'Factuur 2026-0123 van Bakker BV: vriendelijke herinnering'],
    ['second-reminder', 'nl', 'Factuur 2026-0123 van Bakker BV: tweede herinnering'],
    ['formal-notice', 'nl', 'Factuur 2026-0123 van Bakker BV: aanmaning'],
    ['first-reminder', 'en', 'Invoice 2026-0123 from Bakker BV: friendly reminder'],
    ['formal-notice', 'en', 'Invoice 2026-0123 from Bakker BV: formal notice'],
    ['notice', 'fr', 'Facture 2026-0123 – Bakker BV : à payer au plus tard le 1er octobre 2026'],
    ['first-reminder', 'fr', 'Facture 2026-0123 – Bakker BV : rappel amical'],
    ['formal-notice', 'fr', 'Facture 2026-0123 – Bakker BV : mise en demeure'],
  ] as const)('%s in %s says who and what', (key, language, subject) => {
    expect(composeMessage(messageInput(key, language)).subject.replaceAll('\u00a0', ' ')).toBe(subject);
  });

  it('counts invoices, not credit notes', () => {
    const subjectOf = (lines: MessageInput['lines']) =>
      composeMessage(messageInput('first-reminder', 'nl', { lines })).subject;
    expect(subjectOf([line('1'), line('2'), line('3'), CREDIT_NOTE])).toBe(
      '3 facturen van Bakker BV: vriendelijke herinnering',
    );
    expect(subjectOf([line('1'), CREDIT_NOTE])).toBe('Factuur 1 van Bakker BV: vriendelijke herinnering');
  });
});

describe.each(MESSAGE_LANGUAGES)('every default text in %s', (language) => {
  it.each(
    defaultTemplates()
      .filter((each) => each.language === language)
      .map((each) => each.key),
  )('%s: %s', (key) => {
    for (const channel of ['email', 'letter'] as const) {
      const input = messageInput(key, language, {
        channel,
        lines: [line('A-1'), line('A-2')],
        fees: 4_000n,
        interest: 55n,
      });
      const { html, text, subject } = composeMessage(input);
      const total = formatMoneyFor(input.totals.total, language);
      for (const shown of [total, 'NL91 ABNA 0417 1643 00', '2026-0123', 'A-1', 'A-2', 'Bakker BV', '040 123 45 67']) {
        expect(html).toContain(shown);
        expect(text).toContain(shown);
      }
      expect(`${subject}${html}${text}`).not.toMatch(/\{\{|\{%|undefined|null|NaN|\uE000|\[object/);
    }
  });
});

describe('the order of information', () => {
  it('is greeting, amount and how to pay, table, closing: in mail and text', () => {
    const { blocks, text } = composeMessage(messageInput('first-reminder', 'nl'));
    expect(blocks.map((block) => block.type)).toEqual([
      'paragraph', 'paragraph', 'payment', 'invoices', 'paragraph', 'paragraph', 'paragraph',
    ]); // prettier-ignore
    const order = [
      'Beste Pieter Jansen',
      '€\u00a01.234,56',
      'Te betalen uiterlijk op',
      'NL91',
      'Factuur 2026-0123, van',
      'Totaal te betalen',
      'Hebt u al betaald',
      'Met vriendelijke groet',
    ];
    const places = order.map((phrase) => text.indexOf(phrase));
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(places.every((place) => place >= 0)).toBe(true);
  });

  it('shows a button only when there is a portal', () => {
    const portalUrl = 'https://pay.example/p/abc?x=1&y=2';
    expect(composeMessage(messageInput('first-reminder', 'nl')).html).not.toContain('<a ');
    const message = composeMessage(messageInput('first-reminder', 'nl', { portalUrl }));
    expect(message.html).toContain('href="https://pay.example/p/abc?x=1&amp;y=2"');
    expect(message.text).toContain(`Bekijk en betaal online: ${portalUrl}`);
  });

  it('announces what happens next only when something will', () => {
    const compose = (next?: MessageInput['dates']['next']) =>
      composeMessage(
        messageInput('second-reminder', 'nl', {
          dates: { sentOn: day('2026-11-22'), payBy: day('2026-11-29'), ...(next === undefined ? {} : { next }) },
        }),
      ).text;
    expect(compose()).not.toMatch(/aanmaning|incasso/);
    expect(compose({ kind: 'formal-notice', on: day('2026-12-01') })).toContain(
      'sturen we u op 1 december 2026 een aanmaning',
    );
    expect(compose({ kind: 'handover', on: day('2026-12-15') })).toContain(
      'op 15 december 2026 over aan een incassopartner',
    );
  });
});

describe('amounts', () => {
  it('tell a part payment, a used credit note and an unallocated receipt', () => {
    const lines = [
      line('1', { amount: 50_000n, open: 30_000n }),
      CREDIT_NOTE,
      line('', { kind: 'payment', amount: -1_000n, open: -1_000n }),
    ];
    const { text, html } = composeMessage(messageInput('first-reminder', 'nl', { lines }));
    expect(text).toContain('Bedrag €\u00a0500,00, al ontvangen €\u00a0200,00');
    expect(text).toContain('Bedrag -€\u00a0150,00, al verrekend €\u00a0125,00');
    expect(text).toContain('Ontvangen betaling, van');
    expect(text).toContain('Totaal te betalen: €\u00a0265,00');
    expect(html).toContain('al ontvangen €\u00a0200,00');
    expect(text).toContain('staat bij ons nog deels open');
  });

  it('show costs and interest as their own lines, and none when there are none', () => {
    const { text } = composeMessage(messageInput('formal-notice', 'nl', { fees: 4_000n, interest: 139n }));
    expect(text).toMatch(
      /Openstaand: €\u00a01\.234,56\nKosten: €\u00a040,00\nRente: €\u00a01,39\nTotaal te betalen: €\u00a01\.275,95/,
    );
    expect(composeMessage(messageInput('formal-notice', 'nl')).text).not.toMatch(/Kosten|Rente|Openstaand/);
  });

  it('must add up', () => {
    const input = messageInput('first-reminder', 'nl', { lines: [line('1'), line('2')] });
    const { totals } = input;
    const off = (changes: Partial<typeof totals>) => () =>
      composeMessage({ ...input, totals: { ...totals, ...changes } });
    expect(off({ open: money(20_001n, 'EUR'), total: money(20_001n, 'EUR') })).toThrow(/sum of the lines/);
    expect(off({ total: money(20_001n, 'EUR') })).toThrow(/total = open/);
    expect(off({ fees: money(1n, 'EUR') })).toThrow(/total = open/);
    expect(off({ fees: money(0n, 'USD') })).toThrow(/currencies never mix/);
    expect(() => composeMessage({ ...input, lines: [line('1'), line('2', { currency: 'USD' })] })).toThrow(
      /currencies never mix/,
    );
    expect(() =>
      composeMessage(messageInput('first-reminder', 'nl', { lines: [line('1'), line('C', { kind: 'credit-note' })] })),
    ).toThrow(/lowers the total/);
    expect(() =>
      composeMessage(messageInput('first-reminder', 'nl', { lines: [line('1', { open: 2_500n }), CREDIT_NOTE] })),
    ).toThrow(/positive/);
    expect(() => composeMessage(messageInput('first-reminder', 'nl', { lines: [] }))).toThrow(/at least one invoice/);
  });

  it('whatever the lines, the payment code asks for the total that is printed', () => {
    const lines = fc.array(fc.record({ amount: fc.bigInt({ min: 1n, max: 10n ** 9n }), paid: fc.double({ min: 0, max: 0.99, noNaN: true }) }), { minLength: 1, maxLength: 12 }); // prettier-ignore
    fc.assert(
      fc.property(lines, fc.bigInt({ min: 0n, max: 100_000n }), (made, fees) => {
        const shown = made.map(({ amount, paid }, index) =>
          line(`F${index}`, { amount, open: amount - BigInt(Math.floor(Number(amount) * paid)) }),
        );
        const input = messageInput('formal-notice', 'en', { lines: shown, fees });
        const { epcPayload, text } = composeMessage(input);
        const asked = Number(epcPayload?.split('\n')[7]?.slice(3));
        return (
          Math.round(asked * 100) === Number(input.totals.total.minor) &&
          text.includes(`Total to pay: ${formatMoneyFor(input.totals.total, 'en')}`)
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('the payment code', () => {
  it('carries name, account, amount and reference', () => {
    const { epcPayload } = composeMessage(
      messageInput('first-reminder', 'nl', { paymentReference: '+++090/9337/55493+++' }),
    );
    expect(epcPayload).toBe('BCD\n002\n1\nSCT\n\nBakker BV\nNL91ABNA0417164300\nEUR1234.56\n\n\n+++090/9337/55493+++');
  });

  it('puts an RF reference in its own element, and cuts a name that is too long', () => {
    const input = messageInput('first-reminder', 'nl', { paymentReference: 'RF18539007547034' });
    const { epcPayload } = composeMessage({
      ...input,
      sender: { ...input.sender, name: 'Naamloze vennootschap '.repeat(5) },
    });
    expect(epcPayload?.split('\n')[9]).toBe('RF18539007547034');
    expect(epcPayload?.split('\n')[5]).toHaveLength(70);
  });

  it('is left out, with its image, for another currency than the euro', () => {
    const message = composeMessage(messageInput('first-reminder', 'en', { lines: [line('1', { currency: 'USD' })] }));
    expect(message.epcPayload).toBeUndefined();
    expect(message.html).not.toContain('cid:');
    expect(message.text).toContain('$100.00');
  });

  it('labels the reference as the reader knows it', () => {
    const labelOf = (paymentReference: string, language: MessageLanguage) =>
      composeMessage(messageInput('first-reminder', language, { paymentReference })).text;
    expect(labelOf('+++090/9337/55493+++', 'fr')).toMatch(/Communication structurée\u00a0: \+\+\+090/);
    expect(labelOf('5000056789012345', 'nl')).toMatch(/Betalingskenmerk: +5000/);
    expect(labelOf('2026-0123', 'nl')).toMatch(/Onder vermelding van: +2026/);
  });
});

describe('what the books say cannot change the document', () => {
  const hostile = '<script>alert(1)</script>"\'&\r\n\r\nBcc: x@y.example\uE000payment\uE000';

  it('is escaped in HTML and stays on one line', () => {
    const input = messageInput('first-reminder', 'nl');
    const message = composeMessage({
      ...input,
      debtor: { ...input.debtor, contactName: hostile, code: hostile },
      sender: { ...input.sender, name: hostile, signature: hostile },
      lines: [line(hostile, { amount: 123_456n, open: 123_456n, description: hostile })],
    });
    expect(message.html).not.toContain('<script');
    expect(message.html).toContain('&lt;script&gt;');
    expect(message.subject).not.toMatch(/[\r\n]/);
    expect(message.blocks.filter((block) => block.type === 'payment')).toHaveLength(1);
    expect(message.epcPayload?.split('\n')).toHaveLength(11);
  });

  it('is refused where only a web address, a colour or an account may stand', () => {
    const input = messageInput('first-reminder', 'nl');
    const withSender = (changes: object) => () => composeMessage({ ...input, sender: { ...input.sender, ...changes } });
    expect(withSender({ iban: 'NL91ABNA0417164301' })).toThrow(/\$\.sender\.iban/);
    expect(withSender({ accentColor: 'red;background:url(x)' })).toThrow(/\$\.sender\.accentColor/);
    expect(withSender({ logoUrl: 'javascript:alert(1)' })).toThrow(/\$\.sender\.logoUrl/);
    expect(() => composeMessage({ ...input, portalUrl: 'http://pay.example' })).toThrow(/\$\.portalUrl/);
    expect(composeMessage({ ...input, portalUrl: 'http://localhost:3000/p/1' }).html).toContain(
      'http://localhost:3000/p/1',
    );
  });
});

describe('legal content', () => {
  const costs = money(18_518n, 'EUR');
  const dates = (payBy: string) => ({ sentOn: day('2026-11-06'), payBy: day(payBy) });

  it.each([
    ['nl', 'email', 'binnen veertien dagen vanaf de dag nadat dit bericht bij u is bezorgd', '€\u00a0185,18'],
    ['nl', 'letter', 'binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd', '€\u00a0185,18'],
    ['en', 'letter', 'within fourteen days from the day after this letter was delivered to you', '€185.18'],
    [
      'fr',
      'email',
      'dans les quatorze jours à compter du lendemain du jour où ce message vous a été remis',
      '185,18\u00a0€',
    ],
  ] as const)(
    'Dutch fourteen-day letter in %s by %s names the term and the exact costs',
    (language, channel, term, amount) => {
      const legal = { regime: 'nl-consumer', costs, lastDay: day('2026-11-24') } as const;
      const { text, html } = composeMessage(
        messageInput('formal-notice', language, { channel, legal, dates: dates('2026-11-24') }),
      );
      expect(text).toContain(term);
      expect(text).toContain(amount);
      expect(html).toContain(term);
    },
  );

  it('never asks for payment before the legal term ends', () => {
    const legal = { regime: 'nl-consumer', costs, lastDay: day('2026-11-24') } as const;
    expect(() => composeMessage(messageInput('formal-notice', 'nl', { legal, dates: dates('2026-11-23') }))).toThrow(
      /\$\.dates\.payBy.*2026-11-24/,
    );
  });

  it('Belgian first reminder: free, the sum of the clause, the creditor and number, the goods, the term', () => {
    const input = messageInput('first-reminder', 'nl', {
      lines: [line('1', { description: 'Herstelling boiler' })],
      legal: {
        regime: 'be-consumer',
        costs: money(2_000n, 'EUR'),
        channel: 'email',
        lastDay: day('2026-11-20'),
        interest: true,
      },
      dates: dates('2026-11-20'),
    });
    const sender = { ...input.sender, enterpriseNumber: '0403227515' };
    const { text } = composeMessage({ ...input, sender });
    for (const part of [
      'gratis',
      '14 kalenderdagen',
      'de kalenderdag na de verzending',
      'uiterlijk op 20 november 2026',
      '€\u00a020,00',
      'nalatigheidsinterest',
      'Schuldeiser: Bakker BV, ondernemingsnummer 0403.227.515',
      'Herstelling boiler',
    ])
      expect(text).toContain(part);
    const { enterpriseNumber: _number, ...nameless } = sender;
    expect(() => composeMessage({ ...input, sender: nameless })).toThrow(/\$\.sender\.enterpriseNumber/);
    expect(() => composeMessage({ ...input, sender, lines: [line('1')] })).toThrow(/description of what invoice 1/);
  });

  it('is not lost because a template forgot its place', () => {
    const legal = { regime: 'nl-consumer', costs, lastDay: day('2026-11-24') } as const;
    const input = messageInput('first-reminder', 'nl', { legal, dates: dates('2026-11-24') });
    expect(() => composeMessage({ ...input, template: template('x', 'Beste') })).toThrow(/\{% legal %\}/);
  });
});

describe('a faulty template', () => {
  it.each([
    ['an unknown variable', 'x', '{{ debtor.nmae }}', '$.template.body', 'debtor.nmae'],
    ['an unknown variable in the subject', '{{ faktuur }}', 'Beste', '$.template.subject', 'faktuur'],
  ])('%s is an error that names it', (_what, subject, body, path, name) => {
    const input = messageInput('first-reminder', 'nl');
    expect(() => composeMessage({ ...input, template: template(subject, body) })).toThrow(
      expect.objectContaining({ path, code: 'TEMPLATE_INVALID', message: expect.stringContaining(name) as string }),
    );
  });
});
