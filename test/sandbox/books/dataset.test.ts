import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBook, parseDataset, summariseBook, summariseDataset } from '../../../sandbox/books/index.js';
import { InputError } from '../../../src/kernel/index.js';

const HEADER =
  'countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate';
// Newest invoice 3/10/2024. Relative to it: A1 settled late, A2 settled on the very day, B1 the day after (open), B2 unsettled.
const LINES = [
  '391,AAAA,4/6/2013,9990243864,1/1/2024,1/31/2024,100.00,No,2/5/2024,Paper,35,5',
  '391,AAAA,4/6/2013,2,2/9/2024,3/10/2024,50.5,Yes,3/10/2024,Paper,30,0',
  '897,BBBB,4/6/2013,3,2/8/2024,3/9/2024,20,No,3/11/2024,Electronic,32,2',
  '897,BBBB,4/6/2013,4,3/10/2024,4/9/2024,-7.25,No,,Electronic,,',
];
const csv = (lines: readonly string[]): string => `${[HEADER, ...lines].join('\n')}\n`;

describe('books from a file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'books-'));
    await writeFile(join(folder, 'small.csv'), csv(LINES));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('moves every date by the same whole days, the newest invoice to today', async () => {
    const book = await createBook({ dataset: join(folder, 'small.csv'), today: '2026-11-22' });
    const byRef = new Map(book.receivables.map((receivable) => [receivable.yourRef, receivable]));
    expect(byRef.get('4')).toMatchObject({ invoiceDate: '2026-11-22', dueDate: '2026-12-22', settledOn: null });
    expect(byRef.get('9990243864')).toMatchObject({
      invoiceDate: '2026-09-14',
      dueDate: '2026-10-14',
      settledOn: '2026-10-19',
      lastPaymentDate: '2026-10-19',
      amountMinor: 10_000,
      openMinor: 0,
    });
  });

  it('is settled on the very day, open when the payment comes a day later', async () => {
    const book = await createBook({ dataset: join(folder, 'small.csv'), today: '2026-11-22' });
    const byRef = new Map(book.receivables.map((receivable) => [receivable.yourRef, receivable]));
    expect(byRef.get('2')).toMatchObject({ settledOn: '2026-11-22', openMinor: 0, disputed: true });
    expect(byRef.get('3')).toMatchObject({ settledOn: null, openMinor: 2_000, lastPaymentDate: null });
    expect(byRef.get('4')).toMatchObject({ kind: 'credit-note', amountMinor: -725, openMinor: -725 });
  });

  it('keeps the dates of the file when told to', async () => {
    const book = await createBook({ dataset: join(folder, 'small.csv'), today: '2026-11-22', shift: false });
    const third = book.receivables.find((receivable) => receivable.yourRef === '3')!;
    expect(third).toMatchObject({ invoiceDate: '2024-02-08', settledOn: '2024-03-11', openMinor: 0 });
  });

  it('numbers entries within 32 bits, whatever the file does, and keeps the file’s number as your-reference', async () => {
    const book = await createBook({ dataset: join(folder, 'small.csv'), today: '2026-11-22' });
    expect(book.receivables.map(({ invoiceNumber }) => invoiceNumber)).toEqual([
      20_000_001, 20_000_002, 20_000_003, 20_000_004,
    ]);
    expect(book.receivables.map(({ yourRef }) => yourRef)).toEqual(['9990243864', '3', '2', '4']);
  });

  it('tells apart two invoices that bear the same number', async () => {
    await writeFile(join(folder, 'twice.csv'), csv([LINES[0]!, LINES[0]!]));
    const book = await createBook({ dataset: join(folder, 'twice.csv'), today: '2026-11-22' });
    expect(new Set(book.receivables.map(({ id }) => id)).size).toBe(2);
  });

  it('makes the same ids on another day', async () => {
    const dataset = join(folder, 'small.csv');
    const [one, other] = [
      await createBook({ dataset, today: '2026-11-22' }),
      await createBook({ dataset, today: '2027-03-01' }),
    ];
    expect(other.receivables.map(({ id }) => id)).toEqual(one.receivables.map(({ id }) => id));
    expect(other.debtors.map(({ id, name }) => [id, name])).toEqual(one.debtors.map(({ id, name }) => [id, name]));
  });

  it('summarises rows and books alike', async () => {
    const book = await createBook({ dataset: join(folder, 'small.csv'), today: '2026-11-22' });
    const expected = {
      debtors: 2,
      receivables: 4,
      openCount: 2,
      openMinor: 1_275,
      lateShare: 0.5,
      overdueMinor: 2_000,
    };
    expect(summariseDataset(parseDataset(csv(LINES)))).toEqual(expected);
    expect(summariseBook(book, '2026-11-22')).toEqual(expected);
  });

  const line = (changes: Partial<Record<number, string>>): string =>
    LINES[0]!.split(',').map((cell, index) => changes[index] ?? cell).join(','); // prettier-ignore
  it.each([
    ['row 3, column InvoiceDate', csv([LINES[0]!, line({ 4: '13/1/2024' })])],
    ['row 3, column DueDate', csv([LINES[0]!, line({ 5: '12/31/2023' })])],
    ['row 2, column SettledDate', csv([line({ 8: '2/30/2024' })])],
    ['row 2, column InvoiceAmount', csv([line({ 6: '1,5' })]).replace('1,5', '1e5')],
    ['row 2, column InvoiceAmount', csv([line({ 6: '1.234' })])],
    ['row 2, column InvoiceAmount', csv([line({ 6: '0' })])],
    ['row 2, column Disputed', csv([line({ 7: 'Maybe' })])],
    ['row 2, column customerID', csv([line({ 1: ' ' })])],
    ['row 2, column invoiceNumber', csv([line({ 3: '' })])],
    ['row 2', csv(['391,AAAA'])],
    ['row 2', csv([])],
    ['row 1', ''],
    ['row 1, column Disputed', csv(LINES).replace('Disputed', 'Contested')],
  ])('names %s when it is wrong', (path, text) => {
    const attempt = (): unknown => parseDataset(text);
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(expect.objectContaining({ path }));
  });

  it('reads Windows line ends, a byte-order mark, quoted cells and reordered columns', () => {
    const text =
      '\ufeffDisputed,customerID,countryCode,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,SettledDate\r\n"No","A, B",391,1,2024-01-01,1/31/2024,"10.00",\r\n';
    expect(parseDataset(text)).toEqual([
      expect.objectContaining({
        line: 2,
        customerId: 'A, B',
        invoiceDate: '2024-01-01',
        amountMinor: 1_000,
        settledDate: null,
      }),
    ]);
  });

  it('names the file that is not there', async () => {
    await expect(createBook({ dataset: join(folder, 'absent.csv'), today: '2026-11-22' })).rejects.toThrow(
      /absent\.csv.*ENOENT/,
    );
  });
});
