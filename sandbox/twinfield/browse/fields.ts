import { ACCOUNTS, customerCodeOf, DAYBOOKS, type LedgerLine, type OfficeStore } from '../office/index.js';
import type { Language } from '../process/session.js';
import { toAmount, toBaseMinor, toWireDate, toWireTime } from '../xml/index.js';

export type BrowseType = 'String' | 'Decimal' | 'Value' | 'Date' | 'Datetime';

/** What a cell is made from. */
export interface CellSource {
  readonly office: OfficeStore;
  readonly line: LedgerLine;
  readonly language: Language;
}

/** A field of the browse screens: its type, its value, and for coded values the word a person reads. */
export interface BrowseField {
  readonly type: BrowseType;
  readonly nl: string;
  readonly en: string;
  value(source: CellSource): string;
  shown?(source: CellSource): string;
}

const STATUS = {
  final: { nl: 'Definitief', en: 'Final' },
  temporary: { nl: 'Voorlopig', en: 'Provisional' },
} as const;

const MATCH_STATUS = {
  available: { nl: 'Beschikbaar', en: 'Available' },
  matched: { nl: 'Afgeletterd', en: 'Matched' },
  proposed: { nl: 'Voorgesteld', en: 'Proposed' },
} as const;

function text(nl: string, en: string, value: (source: CellSource) => string): BrowseField {
  return { type: 'String', nl, en, value };
}

function amount(nl: string, en: string, minor: (line: LedgerLine) => string): BrowseField {
  return { type: 'Value', nl, en, value: ({ line }) => minor(line) };
}

function date(nl: string, en: string, day: (line: LedgerLine) => string | null): BrowseField {
  return {
    type: 'Date',
    nl,
    en,
    value: ({ line }) => toWireDate(day(line) ?? ''),
    shown: ({ line }) => (day(line) ?? '').split('-').reverse().join('/'),
  };
}

function moment(nl: string, en: string, ms: (line: LedgerLine) => number): BrowseField {
  return { type: 'Datetime', nl, en, value: ({ line }) => toWireTime(ms(line)) };
}

const base = (minor: number, line: LedgerLine): string => toAmount(toBaseMinor(minor, line.currency));
const written = ({ line }: CellSource, path: string, otherwise = ''): string =>
  line.customer.written[`creditmanagement/${path}`] ?? otherwise;

/** Every field these screens know, without its `fin.trs.`. */
export const FIELDS: Readonly<Record<string, BrowseField>> = {
  'head.office': text('Administratie', 'Company', ({ office }) => office.head.code),
  'head.officename': text('Naam', 'Name', ({ office }) => office.head.name),
  'head.year': text('Jaar', 'Year', ({ line }) => line.period.slice(0, 4)),
  'head.period': text('Periode', 'Period', ({ line }) => line.period.slice(5)),
  'head.yearperiod': text('Periode', 'Period', ({ line }) => line.period),
  'head.code': text('Dagboek', 'Transaction type', ({ line }) => line.code),
  'head.shortname': text('Naam', 'Name', ({ line }) => DAYBOOKS[line.code as keyof typeof DAYBOOKS]),
  'head.number': { type: 'Decimal', nl: 'Boekst.nr.', en: 'Trans. no.', value: ({ line }) => line.number },
  'head.status': {
    ...text('Status', 'Status', ({ line }) => line.status),
    shown: ({ line, language }) => STATUS[line.status][language],
  },
  'head.date': date('Boekdatum', 'Date', ({ date: day }) => day),
  'head.curcode': text('Valuta', 'Currency', ({ line }) => line.currency),
  'head.modified': moment('Gewijzigd', 'Modified', ({ headModified }) => headModified),
  'head.customer.respuser': text('Kredietbeheerder', 'Credit manager', (from) => written(from, 'responsibleuser')),
  'head.customer.respusername': text('Naam', 'Name', (from) => written(from, 'responsibleuser')),
  'head.customer.creditlimit': {
    type: 'Value',
    nl: 'Kredietlimiet',
    en: 'Credit limit',
    value: (from) => written(from, 'basecreditlimit', '0.00'),
  },
  'line.dim1': text('Grootboek', 'General ledger', () => ACCOUNTS.debtors[0]),
  'line.dim1name': text('Naam', 'Name', () => ACCOUNTS.debtors[1]),
  'line.dim2': text('Debiteur', 'Customer', ({ line }) => customerCodeOf(line.customer.debtor)),
  'line.dim2name': text('Naam', 'Name', ({ line }) => line.customer.debtor.name),
  'line.valuesigned': amount('Bedrag', 'Value', (line) => toAmount(line.valueMinor, line.currency)),
  'line.basevaluesigned': amount('Euro', 'Euro', (line) => base(line.valueMinor, line)),
  'line.repvaluesigned': amount('Rapportagevaluta', 'Reporting', (line) => base(line.valueMinor, line)),
  'line.openvaluesigned': amount('Openstaand', 'Open', (line) => toAmount(line.openMinor, line.currency)),
  'line.openbasevaluesigned': amount('Openstaand euro', 'Open euro', (line) => base(line.openMinor, line)),
  'line.invnumber': text('Factuurnr.', 'Inv. no.', ({ line }) => line.invoiceNumber),
  'line.datedue': date('Vervaldatum', 'Due date', ({ dueDate }) => dueDate),
  'line.matchstatus': {
    ...text('Betaalstatus', 'Match status', ({ line }) => line.matchStatus),
    shown: ({ line, language }) => MATCH_STATUS[line.matchStatus][language],
  },
  'line.matchnumber': text('Betaalnr.', 'Match no.', ({ line }) =>
    line.matches
      .map(({ matchNumber }) => matchNumber)
      .sort((left, right) => left - right)
      .join(', '),
  ),
  'line.matchdate': date('Betaaldatum', 'Match date', ({ matches }) =>
    matches.reduce<string | null>((last, match) => (last === null || match.date > last ? match.date : last), null),
  ),
  'line.availableforpayruns': text('Beschikbaar voor betaalrun', 'Available for payment run', () => 'true'),
  'line.payrun': text('Betaalrun', 'Payment run', () => ''),
  'line.modified': moment('Gewijzigd', 'Modified', ({ modified }) => modified),
  'line.freetext1': text('Vrij tekstveld 1', 'Free text 1', () => ''),
  'line.freetext2': text('Vrij tekstveld 2', 'Free text 2', () => ''),
  'line.freetext3': text('Vrij tekstveld 3', 'Free text 3', () => ''),
};
