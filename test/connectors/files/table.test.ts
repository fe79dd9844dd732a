import { deflateRawSync } from 'node:zlib';
import excel from 'exceljs';
import { guessKind, proposeMapping, readTable } from '../../../src/connectors/files/index.js';
import { weighZip } from '../../../src/connectors/files/table/weigh-zip.js';

const csv = (text: string, encoding: BufferEncoding = 'utf8') => readTable(Buffer.from(text, encoding));

describe('tables', () => {
  it.each([';', ',', '\t', '|'])('finds the delimiter %p, with quotes and line breaks in cells', async (mark) => {
    const text = ['Factuurnummer', 'Naam', 'Openstaand'].join(mark) + '\n' + ['F-1', `"a${mark} ""b""\nc"`, '12'].join(mark) + '\n' + ['F-2', 'd', '3'].join(mark); // prettier-ignore
    expect(await csv(text)).toEqual({
      headers: ['Factuurnummer', 'Naam', 'Openstaand'],
      rows: [
        { line: 2, cells: ['F-1', `a${mark} "b"\nc`, '12'] },
        { line: 4, cells: ['F-2', 'd', '3'] },
      ],
    });
  });

  it('reads UTF-8 with and without its mark, Windows-1252, UTF-16, and the line of Excel that names the mark', async () => {
    const names = async (bytes: Buffer) => (await readTable(bytes)).rows[0]!.cells[0];
    const text = 'Naam;Plaats\nCafé € Brûlé;Liège\n';
    expect(await names(Buffer.from(text))).toBe('Café € Brûlé');
    expect(await names(Buffer.from(`\ufeff${text}`))).toBe('Café € Brûlé');
    expect(await names(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe('Café € Brûlé');
    expect(await names(Buffer.from(text.replace('€', '\u0080'), 'latin1'))).toBe('Café € Brûlé');
    expect((await csv('sep=|\nNaam|Plaats\na|b\n')).rows).toEqual([{ line: 3, cells: ['a', 'b'] }]);
  });

  it('passes over titles above the headers, and gives every column a name of its own', async () => {
    const { headers, rows } = await csv('Ouderdomsanalyse;;;\n;;;\nKlant;Factuurnr;Saldo;Saldo;\n1;2;3;4;5\n');
    expect(headers).toEqual(['Klant', 'Factuurnr', 'Saldo', 'Saldo (2)', 'Column 5']);
    expect(rows).toEqual([{ line: 4, cells: ['1', '2', '3', '4', '5'] }]);
  });

  it('reads a spreadsheet: numbers, dates, texts, and of formulas what was saved', async () => {
    const book = new excel.Workbook();
    const sheet = book.addWorksheet('Openstaand');
    sheet.addRow(['Openstaande posten per vandaag']);
    sheet.addRow(['Factuurnummer', 'Vervaldatum', 'Openstaand', 'Naam']);
    sheet.addRow([2026001, new Date('2026-10-31T00:00:00Z'), { formula: '1000+234.56', result: 1234.56 }, { richText: [{ text: 'Jan' }, { text: 'sen' }] }]); // prettier-ignore
    sheet.addRow(['F-2', '31-10-2026', { formula: 'HYPERLINK("http://x")' }, '=cmd()']);
    const table = await readTable(Buffer.from(await book.xlsx.writeBuffer()));
    expect(table.headers).toEqual(['Factuurnummer', 'Vervaldatum', 'Openstaand', 'Naam']);
    expect(table.rows).toEqual([
      { line: 3, cells: [2026001, '2026-10-31', 1234.56, 'Jansen'] },
      { line: 4, cells: ['F-2', '31-10-2026', '', '=cmd()'] },
    ]);
  });

  it.each([
    ['', 'FILE_EMPTY'],
    ['Naam;Plaats\n', 'FILE_EMPTY'],
    ['alleen een zin\nnog een\n', 'NO_HEADERS'],
    ['%PDF-1.7', 'FILE_UNREADABLE'],
    ['\u00d0\u00cf\u0011\u00e0 older Excel', 'FILE_UNREADABLE'],
  ])('refuses %p as %s', async (text, code) => {
    await expect(csv(text, 'latin1')).rejects.toMatchObject({ code });
  });

  it('refuses what unpacks to more than it says, without keeping it', async () => {
    const bomb = deflateRawSync(Buffer.alloc(250_000_000));
    await expect(weighZip(zipOf(bomb, 10))).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    await expect(weighZip(zipOf(deflateRawSync(Buffer.from('small')), 5))).resolves.toBeUndefined();
    await expect(weighZip(zipOf(Buffer.from('no deflate'), 5))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

/** A ZIP with one part, which says that it is `claimed` bytes long. */
function zipOf(packed: Buffer, claimed: number): Buffer {
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(claimed, 24);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(30 + packed.length, 16);
  return Buffer.concat([local, packed, entry, end]);
}

describe('proposed columns', () => {
  const propose = async (text: string) => {
    const table = await csv(text);
    const kind = guessKind('export.csv', table);
    return { kind, ...proposeMapping(kind, table) };
  };

  it('reads Dutch, French and English headers', async () => {
    expect(await propose('Relatiecode;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand saldo\n1;2;1-1-2026;31-1-2026;1.000,00;500,00\n')).toMatchObject({ kind: 'open-items', columns: { debtorCode: 'Relatiecode', invoiceNumber: 'Factuurnummer', openAmount: 'Openstaand saldo', amount: 'Bedrag' }, numbers: 'comma', dates: 'dmy' }); // prettier-ignore
    expect(await propose('Code client;N° facture;Date facture;Échéance;Solde dû;Montant TTC\n1;2;01/02/2026;28/02/2026;500,00;500,00\n')).toMatchObject({ kind: 'open-items', columns: { debtorCode: 'Code client', invoiceNumber: 'N° facture', invoiceDate: 'Date facture', dueDate: 'Échéance', amount: 'Montant TTC' } }); // prettier-ignore
    expect(await propose('Customer,Invoice No,Invoice Date,Due Date,Balance Due\nX,1,01/31/2026,02/28/2026,"1,500.00"\n')).toMatchObject({ kind: 'open-items', columns: { openAmount: 'Balance Due' }, numbers: 'point', dates: 'mdy' }); // prettier-ignore
    expect(await propose('Factuurnr;Betaaldatum;Bedrag\n1;1-1-2026;5,00\n')).toMatchObject({ kind: 'payments', columns: { paidAmount: 'Bedrag' } }); // prettier-ignore
    expect(await propose('Klantnummer;Naam;E-mailadres;Postcode\n1;X;a@b.nl;1234AB\n')).toMatchObject({ kind: 'debtors', columns: { debtorCode: 'Klantnummer', debtorName: 'Naam', email: 'E-mailadres' } }); // prettier-ignore
  });

  it('lets one odd date not turn all the others around', async () => {
    const rows = ['1;2;13-1-2026;31-1-2026;5,00', '1;3;14-1-2026;12-31-2026;5,00'];
    expect(await propose(`Klant;Factuurnr;Factuurdatum;Vervaldatum;Openstaand\n${rows.join('\n')}\n`)).toMatchObject({ dates: 'dmy' }); // prettier-ignore
  });
});
