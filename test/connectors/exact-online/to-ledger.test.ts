import * as fc from 'fast-check';
import { exactOnline } from '../../../src/connectors/exact-online/index.js';
import { formatMinor, fromEpochDay, toEpochDay, type BusinessDate } from '../../../src/kernel/index.js';
import type { LedgerObject, Mapped, ReceivableRecord } from '../../../src/ledger/domain/index.js';
import { account, ACCOUNT, ID, term, wireDate, type Changes } from './rows.js';

const map = (object: LedgerObject, raw: unknown): Mapped => exactOnline.map(raw, { object, currency: 'EUR', country: 'NL' }); // prettier-ignore
const mapTerm = (changes: Changes): Mapped => map('receivables', term(changes));

function receivable(changes: Changes = {}): ReceivableRecord {
  const mapped = mapTerm(changes);
  if (mapped.outcome !== 'receivable') throw new Error(JSON.stringify(mapped));
  return mapped.record;
}

describe('a payment term of Exact', () => {
  it('becomes a receivable in our words', () => {
    expect(receivable()).toEqual({
      sourceId: ID,
      // Beyond 2^53: a JSON number would have been off by one.
      sourceVersion: 9007199254740993n,
      debtorSourceId: ACCOUNT,
      entrySourceId: '6f0d2b5c-1f4e-4a55-9d8a-0d6a6a1f0003',
      transactionSourceId: '6f0d2b5c-1f4e-4a55-9d8a-0d6a6a1f0004',
      invoiceNumber: '26700123',
      yourRef: 'PO-77',
      kind: 'invoice',
      invoiceDate: '2026-09-01',
      dueDate: '2026-10-01',
      currency: 'EUR',
      amount: 12_100n,
      openAmount: 12_100n,
      settledOn: null,
      lastPaymentOn: null,
      description: 'Levering',
      paymentReference: null,
      directDebit: false,
    });
  });

  it.each<[string, Changes, bigint, bigint]>([
    ['an open invoice, amount turned', { AmountFC: -121 }, 12_100n, 12_100n],
    ['an open invoice on a site that does not turn it', { AmountFC: 121 }, 12_100n, 12_100n],
    ['a part-paid invoice', { AmountFC: -21.01 }, 12_100n, 2_101n],
    ['a credit note, amount turned', { TransactionType: 21, TransactionAmountFC: -50, AmountFC: 50 }, -5_000n, -5_000n],
    ['a credit note, not turned', { TransactionType: 21, TransactionAmountFC: -50, AmountFC: -50 }, -5_000n, -5_000n],
    ['money received', { TransactionType: 40, TransactionAmountFC: -99.99, AmountFC: 99.99 }, -9_999n, -9_999n],
    ['a matched invoice that keeps its amount', { Status: 50, AmountFC: -121 }, 12_100n, 0n],
    ['a matched invoice with no amount', { Status: 50, AmountFC: 0 }, 12_100n, 0n],
    ['fully paid while its status lags', { Status: 20, IsFullyPaid: true }, 12_100n, 0n],
    ['matched with a credit note, hence not "paid"', { Status: 50, IsFullyPaid: false }, 12_100n, 0n],
    ['selected for collection: still open', { Status: 30 }, 12_100n, 12_100n],
    ['collected, not yet matched: still open', { Status: 40 }, 12_100n, 12_100n],
    ['a cent', { TransactionAmountFC: 0.01, AmountFC: -0.01 }, 1n, 1n],
    [
      'a double that is no decimal',
      { TransactionAmountFC: 1.005e3 + 0.1 + 0.2, AmountFC: -1005.3 },
      100_530n,
      100_530n,
    ],
    ['a sale of nothing with something open', { TransactionAmountFC: 0, AmountFC: -5 }, 0n, 500n],
    ['a credit note of nothing with something open', { TransactionType: 21, TransactionAmountFC: 0, AmountFC: -5 }, 0n, -500n], // prettier-ignore
  ])('counts %s', (_name, changes, amount, openAmount) => {
    expect(receivable(changes)).toMatchObject({ amount, openAmount });
  });

  it.each<[string, Changes, boolean]>([
    ['an open item on credit', { Status: 20, PaymentMethod: 'B' }, false],
    ['an item of which the method is unknown', { Status: 20 }, false],
    ['an item selected for collection', { Status: 30, PaymentMethod: 'B' }, true],
    ['an item that was collected and not yet matched', { Status: 40, PaymentMethod: 'B' }, true],
    ['an item that will be collected', { Status: 20, PaymentMethod: 'I' }, true],
  ])('knows whether %s is collected from the bank', (_name, changes, directDebit) => {
    expect(receivable(changes)).toMatchObject({ directDebit });
  });

  it.each([
    ['USD', 100.5, 10_050n],
    ['usd ', 100.5, 10_050n],
    ['JPY', 1500, 1_500n],
    ['KWD', 1.234, 1_234n],
  ])("counts %s in the receivable's own currency", (currency, amount, minor) => {
    const changes = { Currency: currency, TransactionAmountFC: amount, AmountFC: -amount, AmountDC: -999, TransactionAmountDC: 999 }; // prettier-ignore
    expect(receivable(changes)).toMatchObject({
      currency: currency.trim().toUpperCase(),
      amount: minor,
      openAmount: minor,
    });
  });

  it.each<[string, Changes, string]>([
    ['a sales entry', { TransactionType: 20 }, 'invoice'],
    ['a credit note', { TransactionType: 21, TransactionAmountFC: -1 }, 'credit-note'],
    ['a negative sales entry', { TransactionType: 20, TransactionAmountFC: -1 }, 'credit-note'],
    ['a cash-flow entry', { TransactionType: 40, TransactionAmountFC: -1 }, 'payment'],
    ['money paid back and not matched', { TransactionType: 40, TransactionAmountFC: 1 }, 'payment'],
    ['an opening balance owed to us', { TransactionType: 10 }, 'invoice'],
    ['a general-journal entry owed by us', { TransactionType: 90, TransactionAmountFC: -1 }, 'credit-note'],
  ])('takes %s for what it is', (_name, changes, kind) => {
    expect(receivable(changes).kind).toBe(kind);
  });

  it.each<[string, Changes, string | null, string | null]>([
    ['still open, once part-paid', { LastPaymentDate: wireDate('2026-10-05') }, null, '2026-10-05'],
    ['paid', { Status: 50, LastPaymentDate: wireDate('2026-10-05'), EndDate: wireDate('2026-10-06') }, '2026-10-05', '2026-10-05'], // prettier-ignore
    ['credited', { Status: 50, EndDate: wireDate('2026-10-06') }, '2026-10-06', null],
    ['matched, Exact does not say when', { Status: 50 }, null, null],
  ])('knows when it was settled: %s', (_name, changes, settledOn, lastPaymentOn) => {
    expect(receivable(changes)).toMatchObject({ settledOn, lastPaymentOn });
  });

  it.each<[string, Changes, string]>([
    ['its own', {}, '26700123'],
    ['as text', { InvoiceNumber: '26700123 ' }, '26700123'],
    ['of a receipt that was matched with one', { InvoiceNumber: null }, 'PO-77'],
    ['of an entry', { InvoiceNumber: null, YourRef: null }, '26700123'],
    ['none at all', { InvoiceNumber: null, YourRef: ' ', EntryNumber: null }, ID],
  ])('has a number: %s', (_name, changes, expected) => {
    expect(receivable(changes).invoiceNumber).toBe(expected);
  });

  it('gives money received the day it was booked when it has no dates of its own', () => {
    const receipt = { TransactionType: 40, TransactionAmountFC: -1, AmountFC: 1, InvoiceDate: null, DueDate: null };
    expect(receivable(receipt)).toMatchObject({ invoiceDate: '2026-09-01', dueDate: '2026-09-01' });
  });

  it.each<[string, Changes, string]>([
    ['an unknown currency', { Currency: '???' }, 'UNKNOWN_CURRENCY'],
    ['no currency', { Currency: null }, 'UNKNOWN_CURRENCY'],
    ['no debtor', { Account: null }, 'DEBTOR_MISSING'],
    ['a debtor that is no identifier', { Account: '25' }, 'BAD_ID'],
    ['no identifier', { ID: null }, 'ID_MISSING'],
    ['a version that is a fraction', { Timestamp: 1.5 }, 'BAD_VERSION'],
    ['a version that JSON has rounded', { Timestamp: 2 ** 60 }, 'BAD_VERSION'],
    ['no version', { Timestamp: null }, 'BAD_VERSION'],
    ['an amount in words', { AmountFC: 'n/a' }, 'AMOUNT_NOT_A_NUMBER'],
    ['an amount as text', { AmountFC: '-121.00' }, 'AMOUNT_NOT_A_NUMBER'],
    ['no amount', { TransactionAmountFC: null }, 'AMOUNT_NOT_A_NUMBER'],
    ['an amount beyond all books', { TransactionAmountFC: 1e15 }, 'AMOUNT_NOT_A_NUMBER'],
    [
      'an amount of which nobody knows who owes it',
      { TransactionType: 90, TransactionAmountFC: 0 },
      'AMOUNT_SIGN_UNKNOWN',
    ],
    ['an unreadable due date', { DueDate: '/Date(onbekend)/' }, 'BAD_DATE'],
    ['a due date in another form', { DueDate: '2026-10-01T00:00:00' }, 'BAD_DATE'],
    ['a due date with an offset', { DueDate: '/Date(1790812800000+0200)/' }, 'BAD_DATE'],
    ['a due date in the year 9999', { DueDate: '/Date(253402214400000)/' }, 'BAD_DATE'],
    ['an unreadable payment date', { LastPaymentDate: 20261001 }, 'BAD_DATE'],
    ['no due date', { DueDate: null }, 'DATE_MISSING'],
    ['no invoice date', { InvoiceDate: null }, 'DATE_MISSING'],
    ['a line type nobody knows', { LineType: 21 }, 'UNKNOWN_LINE_TYPE'],
    ['no line type', { LineType: null }, 'UNKNOWN_LINE_TYPE'],
  ])('is rejected, not guessed, with %s', (_name, changes, reason) => {
    const mapped = mapTerm(changes);
    expect(mapped).toEqual({
      outcome: 'rejected',
      sourceId: changes['ID'] === null ? '9007199254740993' : ID,
      reason,
      message: expect.stringMatching(/^[A-Z].*[.?]$/) as string,
    });
  });

  it('is ignored when it is a payable, whatever else is wrong with it', () => {
    expect(mapTerm({ LineType: 22, Currency: '???' })).toEqual({ outcome: 'ignored' });
  });

  it.each([null, undefined, 'row', 1, [], [term()]])('rejects %j as no record at all', (raw) => {
    expect(map('receivables', raw)).toMatchObject({ outcome: 'rejected', reason: 'NOT_A_RECORD', sourceId: 'unknown' });
  });
});

describe('dates of Exact', () => {
  // Recorded: a POST at 14:16:40 GMT came back as this; read as UTC it is 16:16:40, the clock on the wall in Amsterdam.
  it.each([
    ['/Date(1782404200637)/', '2026-06-25'],
    // 23:30 on the wall in Amsterdam in summer is 21:30 in London: converting would change nothing here, but …
    ['/Date(1782430200000)/', '2026-06-25'],
    // … 00:30 on the wall is the day before in UTC, and must stay the day on the wall.
    ['/Date(1782347400000)/', '2026-06-25'],
    ['/Date(1774742400000)/', '2026-03-29'], // the day the clocks go forward
    ['/Date(1792886400000)/', '2026-10-25'], // the day they go back
    ['/Date(0)/', '1970-01-01'],
    ['/Date(-86400000)/', '1969-12-31'],
  ])('%s is %s', (wire, date) => {
    expect(receivable({ InvoiceDate: wire }).invoiceDate).toBe(date);
  });

  it('come back as they went, every day from 1900 to 2199', () => {
    const [first, last] = [toEpochDay('1900-01-01' as BusinessDate), toEpochDay('2199-12-31' as BusinessDate)];
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), fc.integer({ min: 0, max: 86_399_999 }), (day, time) => {
        const found = receivable({ DueDate: `/Date(${day * 86_400_000 + time})/` }).dueDate;
        expect(found).toBe(fromEpochDay(day));
      }),
    );
  });
});

describe('amounts of Exact', () => {
  it.each(['EUR', 'JPY', 'KWD'])(
    'come back to the last minor unit of %s, and keep the sign of the transaction',
    (currency) => {
      const minor = fc.bigInt({ min: -999_999_999_999n, max: 999_999_999_999n }).filter((value) => value !== 0n);
      fc.assert(
        fc.property(minor, fc.boolean(), (value, isTurned) => {
          const amount = Number(formatMinor(value, currency));
          const found = receivable({
            Currency: currency,
            TransactionAmountFC: amount,
            AmountFC: isTurned ? -amount : amount,
          });
          expect([found.amount, found.openAmount]).toEqual([value, value]);
        }),
      );
    },
  );
});

describe('an account of Exact', () => {
  const debtor = (changes: Changes = {}) => {
    const mapped = map('debtors', account(changes));
    if (mapped.outcome !== 'debtor') throw new Error(JSON.stringify(mapped));
    return mapped.record;
  };

  it('becomes a debtor in our words', () => {
    expect(debtor()).toEqual({
      sourceId: ACCOUNT,
      sourceVersion: 493_115n,
      code: '0000002',
      name: 'Lindeboom BV',
      contactName: null,
      email: 'boekhouding@lindeboom.example',
      phone: null,
      language: 'nl',
      country: 'NL',
      kind: 'business',
      addressLine: 'Kade 1',
      postcode: '1011 AB',
      city: 'Amsterdam',
      vatNumber: 'NL001234567B01',
      chamberOfCommerce: null,
      paymentCondition: '30',
      blockedInLedger: false,
      directDebit: false,
      creditLimit: 500_050n,
    });
  });

  it.each<[Changes, string]>([
    [{ VATNumber: 'NL1', ChamberOfCommerce: null }, 'business'],
    [{ VATNumber: ' ', ChamberOfCommerce: '12345678' }, 'business'],
    [{ VATNumber: '', ChamberOfCommerce: '' }, 'consumer'],
    [{ VATNumber: null, ChamberOfCommerce: null, Name: 'Bakker BV' }, 'consumer'],
  ])('with %j is a %s', (changes, kind) => {
    expect(debtor(changes).kind).toBe(kind);
  });

  it.each(['C', 'P', 'S', 'A'])('with status %s is a debtor', (status) => {
    expect(debtor({ Status: status }).sourceId).toBe(ACCOUNT);
  });

  it.each([null, '', ' ', undefined])('with status %j is a supplier and ignored', (status) => {
    expect(map('debtors', account({ Status: status, Name: null }))).toEqual({ outcome: 'ignored' });
  });

  it.each([
    ['Language', 'fr', 'language', 'fr'],
    ['Language', 'Nederlands', 'language', null],
    ['Country', 'be', 'country', 'BE'],
    ['Country', 'België', 'country', null],
    ['AddressLine2', 'bus 4', 'addressLine', 'Kade 1, bus 4'],
    ['AddressLine1', null, 'addressLine', null],
    ['CreditLineSales', null, 'creditLimit', null],
    ['CreditLineSales', 0, 'creditLimit', 0n],
    ['Blocked', true, 'blockedInLedger', true],
    ['Email', '  ', 'email', null],
  ] as const)('with %s %j has %s %j', (field, value, name, expected) => {
    expect(debtor({ [field]: value })[name]).toBe(expected);
  });

  it.each<[Changes, string]>([
    [{ Name: null }, 'NAME_MISSING'],
    [{ Code: '   ' }, 'CODE_MISSING'],
    [{ ID: undefined }, 'ID_MISSING'],
    [{ Timestamp: 'x' }, 'BAD_VERSION'],
    [{ CreditLineSales: 'veel' }, 'AMOUNT_NOT_A_NUMBER'],
  ])('with %j is rejected as %s', (changes, reason) => {
    expect(map('debtors', account(changes))).toMatchObject({ outcome: 'rejected', reason });
  });
});

describe('the deletion log of Exact', () => {
  const line = (EntityType: unknown) => ({ Timestamp: '77', EntityType, EntityKey: ID.toUpperCase() });

  it.each([
    [2, 'debtors'],
    [10, 'receivables'],
  ])('entity type %d is a tombstone of our %s', (type, object) => {
    expect(map('deletions', line(type))).toEqual({
      outcome: 'tombstone',
      record: { object, sourceId: ID, sourceVersion: 77n },
    });
  });

  it.each([1, 3, 4, 5, 6, 13, 48])('entity type %d is none of ours', (type) => {
    expect(map('deletions', line(type))).toEqual({ outcome: 'ignored' });
  });

  it.each([
    [line('10'), 'UNKNOWN_ENTITY'],
    [{ ...line(10), EntityKey: null }, 'ID_MISSING'],
    [{ ...line(10), Timestamp: null }, 'BAD_VERSION'],
  ])('%j is rejected as %s', (raw, reason) => {
    expect(map('deletions', raw)).toMatchObject({ outcome: 'rejected', reason });
  });
});

describe('the open-items list of Exact', () => {
  const row = { HID: '12', AccountId: ACCOUNT, CurrencyCode: 'EUR', Amount: 121.5, InvoiceNumber: 1 };

  it.each([
    [{ row, sign: 1 }, 12_150n],
    [{ row: { ...row, Amount: -121.5 }, sign: -1 }, 12_150n],
    [{ row: { ...row, Amount: 50 }, sign: -1 }, -5_000n],
  ])('%j has %s open', (raw, openAmount) => {
    const record = { sourceId: '12', debtorSourceId: ACCOUNT, invoiceNumber: '1', currency: 'EUR', openAmount };
    expect(map('open-items', raw)).toEqual({ outcome: 'open-item', record });
  });

  it.each([
    [row, 'NOT_A_RECORD'],
    [{ row, sign: 0 }, 'NOT_A_RECORD'],
    [{ row: { ...row, CurrencyCode: '???' }, sign: 1 }, 'UNKNOWN_CURRENCY'],
    [{ row: { ...row, AccountId: null }, sign: 1 }, 'DEBTOR_MISSING'],
    [{ row: { ...row, Amount: 'n/a' }, sign: 1 }, 'AMOUNT_NOT_A_NUMBER'],
  ])('%j is rejected as %s', (raw, reason) => {
    expect(map('open-items', raw)).toMatchObject({ outcome: 'rejected', reason, sourceId: '12' });
  });
});
