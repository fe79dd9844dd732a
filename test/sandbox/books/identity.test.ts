import { createBook, type Book } from '../../../sandbox/books/index.js';
import {
  belgianEnterpriseNumber,
  belgianReference,
  creditorReference,
  dutchRsin,
} from '../../../sandbox/books/check-digits.js';
import { isUuid } from '../../../src/kernel/index.js';

const today = '2026-11-22';

describe('the debtors of the books', () => {
  let book: Book;
  beforeAll(async () => {
    book = await createBook({ today, size: 2_000, debtors: 1_000 });
  });

  it('have lower-case GUIDs in the shape of random ones', () => {
    for (const { id } of [...book.debtors, ...book.receivables]) {
      expect(isUuid(id)).toBe(true);
      expect(id).toMatch(/^[0-9a-f-]{14}4[0-9a-f]{3}-[89ab]/);
    }
  });

  it('live in the Netherlands and Belgium, with a postcode of their country', () => {
    const dutch = book.debtors.filter(({ country }) => country === 'NL');
    const belgian = book.debtors.filter(({ country }) => country === 'BE');
    expect(dutch.length + belgian.length).toBe(1_000);
    expect(belgian.length).toBeGreaterThan(200);
    expect(dutch.filter(({ postcode }) => !/^[1-9]\d{3} [A-Z]{2}$/.test(postcode))).toEqual([]);
    expect(belgian.filter(({ postcode }) => !/^[1-9]\d{3}$/.test(postcode))).toEqual([]);
    expect(dutch.filter(({ city, postcode }) => city === 'Rotterdam' && !postcode.startsWith('30'))).toEqual([]);
    expect(dutch.some(({ city }) => city === 'Rotterdam')).toBe(true);
    expect(belgian.find(({ city }) => city === 'Gent')!.postcode).toBe('9000');
  });

  it('speak French in Wallonia', () => {
    const walloon = book.debtors.filter(({ city }) =>
      ['Liège', 'Namur', 'Charleroi', 'Mons', 'Tournai'].includes(city),
    );
    expect(walloon.length).toBeGreaterThan(20);
    expect(walloon.filter(({ language }) => language !== 'fr')).toEqual([]);
    expect(book.debtors.filter(({ language, country }) => language === 'fr' && country === 'NL')).toEqual([]);
  });

  it('have numbers with the right check digits, private persons none', () => {
    const businesses = book.debtors.filter(({ consumer }) => !consumer);
    for (const { country, vatNumber, chamberOfCommerce } of businesses) {
      if (country === 'BE') {
        expect(vatNumber).toBe(`BE${chamberOfCommerce}`);
        expect(97 - (Number(chamberOfCommerce!.slice(0, 8)) % 97)).toBe(Number(chamberOfCommerce!.slice(8)));
      } else {
        expect(vatNumber).toMatch(/^NL\d{9}B01$/);
        const digits = Array.from(vatNumber!.slice(2, 11), Number);
        const sum = digits.reduce((total, digit, index) => total + digit * (index === 8 ? -1 : 9 - index), 0);
        expect(sum % 11).toBe(0);
        expect(chamberOfCommerce).toMatch(/^\d{8}$/);
      }
    }
    const consumers = book.debtors.filter(({ consumer }) => consumer);
    expect(consumers.length).toBeGreaterThan(40);
    expect(
      consumers.filter(({ vatNumber, chamberOfCommerce }) => vatNumber !== null || chamberOfCommerce !== null),
    ).toEqual([]);
  });

  it('have mailboxes only where nobody can receive mail, and three in a hundred have none', async () => {
    const addresses = book.debtors.flatMap(({ email }) => email ?? []);
    expect(addresses.filter((address) => !/^[a-z0-9.-]+@[a-z0-9.-]+\.(nl|be)\.example$/.test(address))).toEqual([]);
    const hundred = await createBook({ today });
    expect(hundred.debtors.filter(({ email }) => email === null)).toHaveLength(3);
  });

  it('are known before their first invoice', () => {
    const created = new Map(book.debtors.map(({ id, createdOn }) => [id, createdOn]));
    expect(book.receivables.filter(({ debtorId, invoiceDate }) => created.get(debtorId)! >= invoiceDate)).toEqual([]);
  });
});

describe('the books’ own accounts and references', () => {
  it('use a sample account of the country and a reference its banks understand', async () => {
    const [dutch, belgian] = await Promise.all(
      (['NL', 'BE'] as const).map((country) => createBook({ today, country, size: 5, debtors: 1 })),
    );
    expect(dutch).toMatchObject({ iban: 'NL91ABNA0417164300', country: 'NL' });
    expect(belgian).toMatchObject({ iban: 'BE68539007547034', country: 'BE' });
    expect(dutch!.receivables[0]!.paymentReference).toMatch(/^RF\d{2}20000001$/);
    expect(belgian!.receivables[0]!.paymentReference).toMatch(/^\+{3}002\/0000\/001\d{2}\+{3}$/);
  });

  it('computes check digits as published', () => {
    expect(belgianEnterpriseNumber(4_032_275)).toBe('0403227515');
    expect(belgianEnterpriseNumber(5_669_882)).toBe('0566988259');
    expect(belgianReference(3_124_013_980)).toBe('+++312/4013/98067+++');
    expect(belgianReference(97)).toBe('+++000/0000/09797+++');
    expect(creditorReference(2_348_231)).toBe('RF712348231');
    expect(creditorReference(539_007_547_034)).toBe('RF18539007547034');
    expect(dutchRsin(11_122_233)).toBe('111222333');
    // The base 00000005 would need the check digit ten, which does not exist: the next base is taken.
    expect(dutchRsin(5)).toBe('000000061');
  });
});
