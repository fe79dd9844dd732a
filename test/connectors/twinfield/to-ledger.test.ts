import * as fc from 'fast-check';
import type { MapContext } from '../../../src/connectors/contract/index.js';
import { twinfield } from '../../../src/connectors/twinfield/index.js';
import { parseXml } from '../../../src/connectors/twinfield/xml.js';
import { parseBusinessDate } from '../../../src/kernel/index.js';
import type { DebtorRecord, LedgerObject, ReceivableRecord } from '../../../src/ledger/domain/index.js';
import { dimensionXml, rowOf } from './support.js';

const map = (object: LedgerObject, raw: unknown, more: Partial<MapContext> = {}) =>
  // As it comes out of quarantine: through JSON.
  twinfield.map(JSON.parse(JSON.stringify(raw)), { object, currency: 'EUR', country: 'NL', ...more });

const receivable = (
  cells: Record<string, string | null>,
  key: { code?: string; line?: string } = {},
): ReceivableRecord => {
  // prettier-ignore
  const mapped = map('receivables', rowOf({ cells, ...key }));
  if (mapped.outcome !== 'receivable') throw new Error(JSON.stringify(mapped));
  return mapped.record;
};

describe('a line of the debtors’ ledger', () => {
  it('is a receivable, its codes with their zeros', () => {
    expect(receivable({})).toEqual({
      sourceId: 'VRK/201800017/1',
      sourceVersion: 201809240707440n,
      debtorSourceId: '001000',
      entrySourceId: 'VRK/201800017',
      transactionSourceId: null,
      invoiceNumber: '0017',
      yourRef: null,
      kind: 'invoice',
      invoiceDate: parseBusinessDate('2018-05-30'),
      dueDate: parseBusinessDate('2018-06-30'),
      currency: 'EUR',
      amount: 1_772_900n,
      openAmount: 670_802n,
      settledOn: null,
      lastPaymentOn: parseBusinessDate('2018-05-29'),
      description: null,
      paymentReference: null,
      directDebit: false,
    } satisfies ReceivableRecord);
  });

  it.each<[string, Record<string, string | null>, Partial<ReceivableRecord>]>([
    ['paid in full', { 'line.matchstatus': 'matched', 'line.openvaluesigned': '0.00' }, { openAmount: 0n, settledOn: '2018-05-29' as never }], // prettier-ignore
    ['in a payment proposal, and so not paid', { 'line.matchstatus': 'proposed' }, { openAmount: 670_802n, settledOn: null, directDebit: true }], // prettier-ignore
    ['never matched', { 'line.matchdate': '', 'line.matchnumber': '' }, { lastPaymentOn: null, settledOn: null }],
    ['a credit note', { 'line.valuesigned': '-121.00', 'line.openvaluesigned': '-21.5' }, { kind: 'credit-note', amount: -12_100n, openAmount: -2_150n }], // prettier-ignore
    ['money without a name', { 'line.invnumber': '', 'line.datedue': '', 'line.valuesigned': '-50.00', 'line.openvaluesigned': '-50.00' }, { kind: 'payment', dueDate: '2018-05-30' as never, invoiceNumber: '201800017' }], // prettier-ignore
    ['money that names an invoice', { 'line.datedue': '', 'line.valuesigned': '-50.00', 'line.openvaluesigned': '0.00', 'line.matchstatus': 'matched' }, { kind: 'payment', openAmount: 0n }], // prettier-ignore
    ['money paid back', { 'line.invnumber': '', 'line.datedue': '', 'line.valuesigned': '50.00', 'line.openvaluesigned': '50.00' }, { kind: 'payment', amount: 5_000n }], // prettier-ignore
    ['an invoice of nothing', { 'line.valuesigned': '0.00', 'line.openvaluesigned': '0.00' }, { kind: 'invoice', amount: 0n }], // prettier-ignore
    ['in another currency', { 'head.curcode': 'USD', 'line.valuesigned': '100.00', 'line.openvaluesigned': '40.00' }, { currency: 'USD', amount: 10_000n, openAmount: 4_000n }], // prettier-ignore
    ['in a currency without cents', { 'head.curcode': 'JPY', 'line.valuesigned': '100.00', 'line.openvaluesigned': '40' }, { currency: 'JPY', amount: 100n, openAmount: 40n }], // prettier-ignore
    ['shown only in the currency of the books', { 'line.valuesigned': null, 'line.openvaluesigned': null }, { amount: 1_772_900n, openAmount: 670_802n }], // prettier-ignore
    ['paid before it was written', { 'line.matchstatus': 'matched', 'line.openvaluesigned': '0.00', 'line.matchdate': '20180101' }, { settledOn: '2018-01-01' as never }], // prettier-ignore
  ])('%s', (_name, cells, expected) => {
    expect(receivable(cells)).toMatchObject(expected);
  });

  it('is known by daybook, number and line, whatever the invoice is called', () => {
    expect(receivable({}, { code: 'BNK', line: '12' }).sourceId).toBe('BNK/201800017/12');
  });

  it.each<[string, Record<string, string | null>, string]>([
    ['a currency nobody knows', { 'head.curcode': '???' }, 'UNKNOWN_CURRENCY'],
    ['no currency', { 'head.curcode': null }, 'UNKNOWN_CURRENCY'],
    ['an amount in words', { 'line.valuesigned': 'n/a' }, 'AMOUNT_NOT_A_NUMBER'],
    ['a comma in an amount', { 'line.valuesigned': '1.772,90' }, 'AMOUNT_NOT_A_NUMBER'],
    ['an exponent', { 'line.valuesigned': '1e5' }, 'AMOUNT_NOT_A_NUMBER'],
    ['more decimals than the currency has', { 'line.valuesigned': '1.005' }, 'AMOUNT_NOT_A_NUMBER'],
    ['no amount in a foreign currency', { 'head.curcode': 'USD', 'line.openvaluesigned': null }, 'AMOUNT_NOT_A_NUMBER'],
    ['a date in words', { 'line.datedue': 'onbekend' }, 'BAD_DATE'],
    ['a day that is none', { 'head.date': '20180231' }, 'BAD_DATE'],
    ['no date', { 'head.date': '' }, 'DATE_MISSING'],
    ['no debtor', { 'line.dim2': '' }, 'DEBTOR_MISSING'],
    ['no time of change', { 'line.modified': '' }, 'BAD_VERSION'],
    ['a status nobody knows', { 'line.matchstatus': 'perhaps' }, 'UNKNOWN_STATUS'],
    ['a match that leaves something open', { 'line.matchstatus': 'matched' }, 'OPEN_AMOUNT_CONTRADICTS'],
  ])('with %s is put aside under its name', (_name, cells, reason) => {
    const mapped = map('receivables', rowOf({ cells }));
    expect(mapped).toMatchObject({ outcome: 'rejected', sourceId: 'VRK/201800017/1', reason });
  });

  it.each<[string, unknown]>([
    ['a line that is never matched', rowOf({ cells: { 'line.matchstatus': 'notmatchable' } })],
    ['a difference that matching wrote off', rowOf({ code: 'AFLETTEREN', number: '1', cells: { 'line.matchstatus': 'matched', 'line.openvaluesigned': '0.00' } })], // prettier-ignore
  ])('is left out when it is %s', (_name, raw) => {
    expect(map('receivables', raw)).toEqual({ outcome: 'ignored' });
  });

  it('is an open item in the list of those', () => {
    expect(map('open-items', rowOf())).toEqual({
      outcome: 'open-item',
      record: {
        sourceId: 'VRK/201800017/1',
        debtorSourceId: '001000',
        invoiceNumber: '0017',
        currency: 'EUR',
        openAmount: 670_802n,
      },
    });
  });

  it('that was deleted outranks a change in the same second', () => {
    const mapped = map('deletions', { daybook: 'VRK', number: '201800017', line: 1, deletedAt: '20180924070744' });
    expect(mapped).toEqual({
      outcome: 'tombstone',
      record: { object: 'receivables', sourceId: 'VRK/201800017/1', sourceVersion: 201809240707441n },
    });
    expect(receivable({}).sourceVersion).toBe(201809240707440n);
  });
});

const rawDebtor = (xml: string) => parseXml(xml).node;
const debtor = (xml: string): DebtorRecord => {
  const mapped = map('debtors', rawDebtor(xml));
  if (mapped.outcome !== 'debtor') throw new Error(JSON.stringify(mapped));
  return mapped.record;
};

describe('a dimension', () => {
  it('is a debtor', () => {
    expect(debtor(dimensionXml())).toEqual({
      sourceId: '001000',
      sourceVersion: 4n,
      code: '001000',
      name: 'Waardedijk & Zn',
      contactName: 't.a.v. Administratie',
      email: 'info@waardedijk.example',
      phone: '030 123',
      language: null,
      country: 'NL',
      kind: 'business',
      addressLine: 'Oudegracht 1',
      postcode: '3511 AB',
      city: 'Utrecht',
      vatNumber: 'NL001234567B01',
      chamberOfCommerce: '01234567',
      paymentCondition: '30',
      blockedInLedger: false,
      directDebit: false,
      creditLimit: 250_000n,
    } satisfies DebtorRecord);
  });

  it.each<[string, (xml: string) => string, Partial<DebtorRecord>]>([
    ['reminded at another address', (xml) => xml.replace('<reminderemail/>', '<reminderemail>rem@x.example</reminderemail>'), { email: 'rem@x.example' }], // prettier-ignore
    ['with only an address for invoices', (xml) => xml.replace(/<email>.*?<\/email>/, '<email/>'), { email: 'facturen@waardedijk.example' }], // prettier-ignore
    ['without numbers', (xml) => xml.replace('NL001234567B01', '').replace('01234567', ''), { kind: 'consumer', vatNumber: null, chamberOfCommerce: null }], // prettier-ignore
    ['with words where the register’s number goes', (xml) => xml.replace('NL001234567B01', '').replace('01234567', 'bel eerst'), { kind: 'consumer', chamberOfCommerce: null }], // prettier-ignore
    ['with an obsolete VAT number', (xml) => xml.replace('NL001234567B01', '').replace('<vatnumber/>', '<vatnumber>NL9</vatnumber>'), { vatNumber: 'NL9' }], // prettier-ignore
    ['on direct debit', (xml) => xml.replace('<payavailable>false', '<payavailable>true'), { directDebit: true }],
    ['blocked in time and expenses', (xml) => xml.replace('>false</blocked>', '>true</blocked>'), { blockedInLedger: false }], // prettier-ignore
    ['without a limit', (xml) => xml.replace('2500.00', '0.00'), { creditLimit: null }],
    ['without credit management', (xml) => xml.replace(/<creditmanagement>.*<\/creditmanagement>/, ''), { creditLimit: null }], // prettier-ignore
    ['without addresses', (xml) => xml.replace(/<addresses>.*<\/addresses>/, ''), { country: null, addressLine: null, email: 'facturen@waardedijk.example' }], // prettier-ignore
    ['whose default address is none in particular', (xml) => xml.replace('default="true"', 'default="false"'), { country: 'BE', city: 'Gent' }], // prettier-ignore
    ['whose credit management comes twice', (xml) => xml.replace('<comment>', '<basecreditlimit>9.00</basecreditlimit><comment>'), { creditLimit: 250_000n }], // prettier-ignore
    ['that counts no changes', (xml) => xml.replace('<touched>4</touched>', ''), { sourceVersion: 20211013203053n }],
  ])('%s', (_name, change, expected) => {
    const xml = dimensionXml();
    expect(change(xml)).not.toBe(xml);
    expect(debtor(change(xml))).toMatchObject(expected);
  });

  it('that is the template of new ones is left out', () => {
    const template = '<dimension status="active"><code>DEB</code><name/><behaviour>template</behaviour></dimension>';
    expect(map('debtors', rawDebtor(template))).toEqual({ outcome: 'ignored' });
  });

  it('that was deleted is gone', () => {
    const mapped = map('debtors', rawDebtor(dimensionXml().replace('status="active"', 'status="deleted"')));
    expect(mapped).toEqual({ outcome: 'tombstone', record: { object: 'debtors', sourceId: '001000', sourceVersion: 4n } }); // prettier-ignore
  });

  it.each<[string, (xml: string) => string, string, string]>([
    ['no code', (xml) => xml.replace('<code>001000</code>', '<code/>'), 'CODE_MISSING', 'unknown'],
    ['no name', (xml) => xml.replace(/<name>.*?<\/name>/, '<name/>'), 'NAME_MISSING', '001000'],
    ['no count of changes', (xml) => xml.replace(/<modified>.*<\/touched>/, ''), 'BAD_VERSION', '001000'],
    ['a limit in words', (xml) => xml.replace('2500.00', 'veel'), 'AMOUNT_NOT_A_NUMBER', '001000'],
  ])('with %s is put aside', (_name, change, reason, sourceId) => {
    expect(map('debtors', rawDebtor(change(dimensionXml())))).toMatchObject({ outcome: 'rejected', reason, sourceId });
  });
});

describe('whatever comes', () => {
  it('is never thrown at anybody, however it is spoiled', () => {
    const objects = fc.constantFrom<LedgerObject>('debtors', 'receivables', 'deletions', 'open-items');
    const spoiled = fc.oneof(
      fc.anything(),
      fc.record({ key: fc.anything(), cells: fc.dictionary(fc.string(), fc.anything()) }),
      fc.dictionary(fc.constantFrom(...Object.keys(rowOf().cells)), fc.anything()).map((cells) => ({ key: rowOf().key, cells })), // prettier-ignore
      fc.dictionary(fc.constantFrom('code', 'name', 'touched', 'addresses', 'creditmanagement', '@status'), fc.anything()), // prettier-ignore
    );
    fc.assert(
      fc.property(objects, spoiled, (object, raw) => {
        const { outcome } = twinfield.map(raw, { object, currency: 'EUR', country: 'NL' });
        expect(outcome).toMatch(/^[a-z-]+$/);
      }),
    );
  });
});
