import { InputError } from '../../kernel/index.js';
import { FIELDS, TABLE_KINDS, type Field, type Mapping, type TableKind } from './fields.js';
import type { Table } from './table/index.js';
import { simple } from './values.js';

/** PURE. What the headers and the first rows suggest; a person corrects and confirms it. */
export function proposeMapping(kind: TableKind, table: Table): Mapping {
  const columns = proposeColumns(FIELDS[kind], table.headers);
  return { columns, numbers: guessNumbers(kind, columns, table), dates: guessDates(columns, table) };
}

/** Names that fit exactly win over names that only begin alike; each column means one thing. */
function proposeColumns(fields: readonly Field[], headers: readonly string[]): Record<string, string> {
  const columns: Record<string, string> = {};
  const free = new Map(headers.map((header) => [header, simple(header.replace(/ \(\d+\)$/, ''))]));
  const take = (key: string, header: string | undefined): void => {
    if (header === undefined) return;
    columns[key] = header;
    free.delete(header);
  };
  for (const { key, names } of fields) {
    const ranked = [...free].map(([header, name]) => ({ header, rank: names.indexOf(name) })).filter(({ rank }) => rank >= 0); // prettier-ignore
    take(key, ranked.toSorted((left, right) => left.rank - right.rank)[0]?.header);
  }
  for (const { key, names } of fields) {
    if (columns[key] !== undefined) continue;
    const long = names.filter((name) => name.length >= 6);
    take(key, [...free].find(([, name]) => long.some((each) => name.includes(each)))?.[0]);
  }
  return columns;
}

const AMOUNTS = ['openAmount', 'amount', 'paidAmount'];
const DATES = ['dueDate', 'invoiceDate', 'paymentDate'];

function textsIn(
  keys: readonly string[],
  columns: Readonly<Record<string, string>>,
  { headers, rows }: Table,
): string[] {
  const places = keys.map((key) => headers.indexOf(columns[key] ?? '')).filter((place) => place >= 0);
  return rows.flatMap(({ cells }) =>
    places.flatMap((place) => (typeof cells[place] === 'string' && cells[place] !== '' ? [cells[place]] : [])),
  );
}

/** A mark with one, two or more than three digits behind it ends the whole part; the last of two marks does too. */
function guessNumbers(kind: TableKind, columns: Readonly<Record<string, string>>, table: Table): Mapping['numbers'] {
  if (kind === 'debtors') return 'comma';
  const votes = { comma: 0, point: 0 };
  for (const text of textsIn(AMOUNTS, columns, table)) {
    const marks = text.replaceAll(/[^\d.,]/g, '');
    const [comma, point] = [marks.lastIndexOf(','), marks.lastIndexOf('.')];
    const last = Math.max(comma, point);
    if (last < 0 || (Math.min(comma, point) < 0 && marks.length - last - 1 === 3)) continue;
    votes[last === comma ? 'comma' : 'point'] += 1;
  }
  return votes.point > votes.comma ? 'point' : 'comma';
}

/** A number above 12 can only be a day: most of them decide. Without any, the day comes first, as it does here. */
function guessDates(columns: Readonly<Record<string, string>>, table: Table): Mapping['dates'] {
  const votes = { dmy: 0, mdy: 0 };
  for (const text of textsIn(DATES, columns, table)) {
    const [, first, second] = /^(\d{1,2})[-/.](\d{1,2})[-/.]/.exec(text) ?? [];
    if (Number(first) > 12) votes.dmy += 1;
    if (Number(second) > 12) votes.mdy += 1;
  }
  return votes.mdy > votes.dmy ? 'mdy' : 'dmy';
}

/** Throws {@link InputError} that names the field: an unknown one, a column that is not there, one that is needed. */
export function checkMapping(kind: TableKind, mapping: Mapping, headers: readonly string[]): void {
  const fields = FIELDS[kind];
  for (const [key, header] of Object.entries(mapping.columns)) {
    if (!fields.some((each) => each.key === key))
      throw new InputError(`mapping.columns.${key}`, `one of ${fields.map((each) => each.key).join(', ')}`);
    if (!headers.includes(header))
      throw new InputError(`mapping.columns.${key}`, `a column of this file, got ${JSON.stringify(header)}`);
  }
  for (const { key, label, required } of fields)
    if (required && mapping.columns[key] === undefined)
      throw new InputError(`mapping.columns.${key}`, `the column of "${label}"`, 'COLUMN_NOT_CHOSEN');
  const names = ['debtorCode', 'debtorName'].filter((key) => mapping.columns[key] !== undefined);
  if (kind === 'open-items' && names.length === 0)
    throw new InputError(
      'mapping.columns.debtorCode',
      'the column of the debtor, by number or by name',
      'COLUMN_NOT_CHOSEN',
    );
}

const NAME_HINTS: readonly (readonly [TableKind, RegExp])[] = [
  ['payments', /betal|ontvang|payment|receipt|paiement|reglement/],
  ['open-items', /open|factu|invoice|receivable|ageing|aging|postes|echeanc|ouderdom/],
  ['debtors', /debit|klant|relatie|customer|debtor|client|contact/],
];

/** PURE. What a table seems to be, by its headers and its name; a person may say otherwise. */
export function guessKind(fileName: string, table: Table): TableKind {
  const name = simple(fileName);
  const complete = TABLE_KINDS.filter((kind) => {
    const { columns } = proposeMapping(kind, table);
    return FIELDS[kind].every(({ key, required }) => !required || columns[key] !== undefined);
  });
  const hinted = NAME_HINTS.find(([kind, pattern]) => pattern.test(name) && complete.includes(kind))?.[0];
  if (hinted !== undefined) return hinted;
  return (['open-items', 'payments', 'debtors'] as const).find((kind) => complete.includes(kind)) ?? 'open-items';
}
