import * as fc from 'fast-check';
import { parseMoney } from '../../src/kernel/index.js';
import {
  buildDutchReference,
  buildEpcPayload,
  buildOgm,
  buildRf,
  findOgmDigits,
  formatBelgianEnterpriseNumber,
  formatDutchReference,
  formatIban,
  formatRf,
  isValidBelgianEnterpriseNumber,
  isValidBic,
  isValidDutchReference,
  isValidIban,
  isValidOgm,
  isValidRf,
  parseIban,
  type EpcInput,
} from '../../src/law/index.js';

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((each) => each.join(''));

describe('Belgian structured communication', () => {
  it.each([
    ['3124013980', '+++312/4013/98067+++'],
    ['0909337554', '+++090/9337/55493+++'],
    ['0123456789', '+++012/3456/78939+++'],
    ['0000000097', '+++000/0000/09797+++'],
    ['2026000123', '+++202/6000/12320+++'],
    ['1234567890', '+++123/4567/89002+++'],
    ['97', '+++000/0000/09797+++'],
  ])('%s → %s', (number, reference) => {
    expect(buildOgm(number)).toBe(reference);
    expect(isValidOgm(reference)).toBe(true);
    expect(isValidOgm(reference.replaceAll('+', '*'))).toBe(true);
    expect(findOgmDigits(reference)).toBe(reference.replace(/\D/g, ''));
  });

  it('notices any single wrong digit', () => {
    fc.assert(
      fc.property(digits(10, 10), fc.nat(11), fc.integer({ min: 1, max: 9 }), (number, position, shift) => {
        const right = findOgmDigits(buildOgm(number))!;
        const wrong = [...right]
          .map((digit, index) => (index === position ? (Number(digit) + shift) % 10 : digit))
          .join('');
        return isValidOgm(right) && !isValidOgm(wrong);
      }),
    );
  });

  it.each(['+++312/4013/98068+++', '+++312/4013/98067', '312401398067 ***', 'RF18539007547034', '', '31240139806'])(
    'refuses %s',
    (text) => expect(isValidOgm(text)).toBe(false),
  );

  it('is built from digits only', () => {
    expect(() => buildOgm('12345678901')).toThrow(/1 to 10 digits/);
    expect(() => buildOgm('12a')).toThrow(/1 to 10 digits/);
  });
});

describe('RF creditor reference', () => {
  it.each([
    ['2348231', 'RF712348231'],
    ['539007547034', 'RF18539007547034'],
    ['INV2026001', 'RF10INV2026001'],
    ['20260001', 'RF3120260001'],
    ['000000123', 'RF78000000123'],
    ['inv-2026/001', 'RF10INV2026001'],
  ])('%s → %s', (number, reference) => {
    expect(buildRf(number)).toBe(reference);
    expect(isValidRf(reference)).toBe(true);
    expect(isValidRf(formatRf(reference))).toBe(true);
  });

  it('refuses wrong check digits, lengths and characters', () => {
    expect(isValidRf('RF68539007547034')).toBe(false);
    expect(isValidRf('RF18')).toBe(false);
    expect(isValidRf(`RF18${'1'.repeat(22)}`)).toBe(false);
    expect(() => buildRf('é')).toThrow(/letters or digits/);
    expect(() => buildRf('1'.repeat(22))).toThrow(/1 to 21/);
  });

  it('reads in groups of four', () => {
    expect(formatRf('RF18539007547034')).toBe('RF18 5390 0754 7034');
  });
});

describe('Dutch payment reference', () => {
  it.each([
    ['000056789012345', '5000056789012345'],
    ['234534622567', '12234534622567'],
    ['1234567', '271234567'],
    ['20260001', '9820260001'],
    ['2026000123', '502026000123'],
    ['123456789012345', '0123456789012345'],
    ['000000000000001', '9000000000000001'],
    ['202600000000123', '6202600000000123'],
  ])('%s → %s', (number, reference) => {
    expect(buildDutchReference(number)).toBe(reference);
    expect(isValidDutchReference(reference)).toBe(true);
    expect(isValidDutchReference(formatDutchReference(reference))).toBe(true);
  });

  it('has 7, 9 to 14 or 16 digits', () => {
    expect(isValidDutchReference('1234567')).toBe(true);
    expect(isValidDutchReference('12345678')).toBe(false);
    expect(isValidDutchReference('123456789012345')).toBe(false);
    expect(isValidDutchReference('172234567')).toBe(false);
    expect(isValidDutchReference('5000056789012346')).toBe(false);
  });

  it('every built reference is valid', () => {
    fc.assert(fc.property(digits(1, 15), (number) => isValidDutchReference(buildDutchReference(number))));
  });
});

describe('accounts and enterprise numbers', () => {
  it.each([
    'NL91ABNA0417164300',
    'NL02ABNA0123456789',
    'NL20INGB0001234567',
    'NL86INGB0002445588',
    'BE68539007547034',
    'BE71096123456769',
    'DE89370400440532013000',
    'nl91 abna 0417 1643 00',
  ])('%s is an IBAN', (iban) => expect(isValidIban(iban)).toBe(true));

  it.each(['NL91ABNA0417164301', 'NL91ABNA041716430', 'BE6853900754703', 'XX68539007547034', ''])(
    '%s is none',
    (iban) => {
      expect(isValidIban(iban)).toBe(false);
      expect(() => parseIban(iban, '$.sender.iban')).toThrow(/\$\.sender\.iban/);
    },
  );

  it('is read and written in groups of four', () => {
    expect(parseIban('nl91 abna 0417 1643 00')).toBe('NL91ABNA0417164300');
    expect(formatIban('NL91ABNA0417164300')).toBe('NL91 ABNA 0417 1643 00');
    expect([isValidBic('KREDBEBB'), isValidBic('KREDBEBB1')]).toEqual([true, false]);
  });

  it.each(['0566988259', '0403227515', '0417497106', 'BE 0403.227.515', '403227515'])(
    '%s is an enterprise number',
    (text) => expect(isValidBelgianEnterpriseNumber(text)).toBe(true),
  );

  it.each(['0566988258', '566988', '2566988259', 'BE', ''])('%s is none', (text) =>
    expect(isValidBelgianEnterpriseNumber(text)).toBe(false),
  );

  it('writes an enterprise number with dots', () => {
    expect(formatBelgianEnterpriseNumber('BE403227515')).toBe('0403.227.515');
  });
});

describe('EPC payment code', () => {
  const base: EpcInput = { name: 'Acme BV', iban: 'NL91ABNA0417164300' };
  const euro = (amount: string) => parseMoney(amount, 'EUR');

  it.each<[EpcInput, string, number]>([
    [
      { ...base, amount: euro('1234.56'), remittance: 'Factuur 2026-00123' },
      'BCD\n002\n1\nSCT\n\nAcme BV\nNL91ABNA0417164300\nEUR1234.56\n\n\nFactuur 2026-00123',
      73,
    ],
    [
      {
        name: 'Acme BV',
        bic: 'KREDBEBB',
        iban: 'BE68 5390 0754 7034',
        amount: euro('250'),
        remittance: 'RF18 5390 0754 7034',
      },
      'BCD\n002\n1\nSCT\nKREDBEBB\nAcme BV\nBE68539007547034\nEUR250\n\nRF18539007547034',
      72,
    ],
    [
      { name: 'Café Noir SRL', iban: 'BE68539007547034', amount: euro('99.9'), remittance: '***090/9337/55493***' },
      'BCD\n002\n1\nSCT\n\nCafé Noir SRL\nBE68539007547034\nEUR99.9\n\n\n+++090/9337/55493+++',
      77,
    ],
  ])('is exact', (input, payload, bytes) => {
    expect(buildEpcPayload(input)).toBe(payload);
    expect(Buffer.byteLength(payload)).toBe(bytes);
  });

  it('ends at the last filled element', () => {
    expect(buildEpcPayload(base)).toBe('BCD\n002\n1\nSCT\n\nAcme BV\nNL91ABNA0417164300');
    expect(buildEpcPayload({ ...base, purpose: 'GDDS', note: 'Dank' }).split('\n')).toHaveLength(12);
  });

  it('leaves twelve bare digits alone: they may be a Dutch payment reference', () => {
    expect(buildEpcPayload({ ...base, remittance: '090933755493' }).split('\n')[10]).toBe('090933755493');
  });

  it.each<[string, EpcInput]>([
    ['$.bic', { ...base, version: '001' }],
    ['$.bic', { ...base, bic: 'KRED' }],
    ['$.name', { ...base, name: 'x'.repeat(71) }],
    ['$.name', { ...base, name: ' ' }],
    ['$.name', { ...base, name: 'Acme\nNL00' }],
    ['$.iban', { ...base, iban: 'NL91ABNA0417164301' }],
    ['$.amount', { ...base, amount: euro('0') }],
    ['$.amount', { ...base, amount: euro('-1') }],
    ['$.amount', { ...base, amount: euro('1000000000') }],
    ['$.amount', { ...base, amount: parseMoney('1', 'USD') }],
    ['$.purpose', { ...base, purpose: 'GOODS' }],
    ['$.remittance', { ...base, remittance: 'x'.repeat(141) }],
    ['$.note', { ...base, note: 'x'.repeat(71) }],
  ])('refuses %s', (path, input) => {
    expect(() => buildEpcPayload(input)).toThrow(expect.objectContaining({ path }));
  });

  it('accepts each element at its limit but never more than 331 bytes', () => {
    expect(buildEpcPayload({ ...base, amount: euro('999999999.99') })).toContain('EUR999999999.99');
    expect(
      Buffer.byteLength(buildEpcPayload({ ...base, name: 'x'.repeat(70), remittance: 'x'.repeat(140) })),
    ).toBeLessThanOrEqual(331);
    const long = { ...base, name: 'é'.repeat(70), remittance: 'é'.repeat(140) };
    expect(() => buildEpcPayload(long)).toThrow(/331 bytes/);
  });
});
