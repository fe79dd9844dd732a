import { createClearFacts } from '../../../src/connectors/clearfacts/index.js';
import type { LedgerObject } from '../../../src/ledger/domain/index.js';

const { map } = createClearFacts('extended');
const mapped = (object: LedgerObject, raw: unknown) => map(raw, { object, currency: 'EUR', country: 'BE' });

const INVOICE = {
  id: 'inv-1',
  number: '2026-7',
  kind: 'INVOICE',
  customerId: 'ACME',
  date: '2026-09-01',
  dueDate: '2026-10-01',
  currency: 'EUR',
  amount: '1234.56',
  openAmount: '1000.00',
  structuredReference: '+++090/9337/55493+++',
  settledOn: null,
  lastPaymentDate: '2026-10-20',
  modifiedAt: '2026-10-20T09:00:00.123Z',
  deleted: false,
};
const CUSTOMER = {
  id: 'ACME',
  name: 'Acme NV',
  kind: 'UNKNOWN',
  language: 'nl_BE',
  emails: ['', 'info@acme.example'],
  address: { streetAddress: 'Kerkstraat 1', postalCode: '9000', city: 'Gent', country: { iso2: 'be' } },
  modifiedAt: '2026-10-20T09:00:00Z',
};

describe('records of ClearFacts in our words', () => {
  it('reads an invoice to the cent', () => {
    expect(mapped('receivables', INVOICE)).toMatchObject({
      outcome: 'receivable',
      record: {
        sourceId: 'inv-1',
        sourceVersion: BigInt(Date.UTC(2026, 9, 20, 9, 0, 0, 123)),
        debtorSourceId: 'ACME',
        invoiceNumber: '2026-7',
        kind: 'invoice',
        amount: 123456n,
        openAmount: 100000n,
        settledOn: null,
        lastPaymentOn: '2026-10-20',
        paymentReference: '+++090/9337/55493+++',
      },
    });
  });

  it.each([
    [
      { kind: 'CREDIT_NOTE', amount: '-10.00', openAmount: '-10.00' },
      { kind: 'credit-note', amount: -1000n },
    ],
    [
      { kind: 'PAYMENT', amount: '-10.00', openAmount: '-4.00' },
      { kind: 'payment', openAmount: -400n },
    ],
    [
      { kind: 'OTHER', amount: '10', openAmount: '0' },
      { kind: 'invoice', openAmount: 0n, settledOn: '2026-10-20' },
    ],
    [{ kind: 'OTHER', amount: '-10', openAmount: '0' }, { kind: 'credit-note' }],
    [
      { openAmount: '0.00', settledOn: '2026-10-21' },
      { settledOn: '2026-10-21', lastPaymentOn: '2026-10-20' },
    ],
  ])('reads %j', (changes, record) => {
    expect(mapped('receivables', { ...INVOICE, ...changes })).toMatchObject({ outcome: 'receivable', record });
  });

  it.each([
    [{ amount: 1234.56 }, 'AMOUNT_MISSING'],
    [{ amount: '1.234,56' }, 'AMOUNT_UNREADABLE'],
    [{ amount: '1.005' }, 'AMOUNT_UNREADABLE'],
    [{ openAmount: '-1.00' }, 'AMOUNT_SIGN_UNKNOWN'],
    [{ currency: 'XXQ' }, 'UNKNOWN_CURRENCY'],
    [{ dueDate: '2026-02-30' }, 'BAD_DATE'],
    [{ dueDate: null }, 'DATE_MISSING'],
    [{ customerId: '' }, 'DEBTOR_MISSING'],
    [{ modifiedAt: 'yesterday' }, 'BAD_VERSION'],
  ])('keeps %j aside, by name', (changes, reason) => {
    expect(mapped('receivables', { ...INVOICE, ...changes })).toMatchObject({ outcome: 'rejected', sourceId: 'inv-1', reason }); // prettier-ignore
  });

  it('takes a deleted invoice for what it is, readable or not', () => {
    const gone = mapped('receivables', { ...INVOICE, deleted: true, amount: 'n/a' });
    expect(gone).toMatchObject({ outcome: 'tombstone', record: { object: 'receivables', sourceId: 'inv-1' } });
  });

  it('reads a customer, and a name alone as what it is', () => {
    expect(mapped('debtors', CUSTOMER)).toMatchObject({
      outcome: 'debtor',
      record: { email: 'info@acme.example', language: 'nl', country: 'BE', city: 'Gent', addressLine: 'Kerkstraat 1' },
    });
    expect(mapped('debtors', { id: 'ACME', name: 'Acme NV' })).toMatchObject({
      outcome: 'debtor',
      record: { sourceVersion: 0n, name: 'Acme NV', email: null, country: null },
    });
    expect(mapped('debtors', { id: 'ACME', name: '' })).toMatchObject({ outcome: 'rejected', reason: 'NAME_MISSING' });
  });

  it.each([
    ['BUSINESS', null, 'business'],
    ['CONSUMER', 'BE0403227515', 'consumer'],
    ['UNKNOWN', 'BE0403227515', 'business'],
    ['UNKNOWN', null, 'consumer'],
    [null, null, 'consumer'],
  ])('takes kind %s with VAT number %s for a %s', (kind, vatNumber, expected) => {
    expect(mapped('debtors', { ...CUSTOMER, kind, vatNumber })).toMatchObject({ record: { kind: expected } });
  });
});
