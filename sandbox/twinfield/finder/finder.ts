import { customerCodeOf, DAYBOOKS, type OfficeStore } from '../office/index.js';
import { userCodeOf } from '../oidc/index.js';
import { shownCustomers } from '../customers/read-customers.js';
import type { Session } from '../process/session.js';
import { SoapFault, type FINDER_ERRORS } from '../soap/index.js';
import { childOf, element, fromWireTime, leaf, textIn, wildcard, type XmlNode } from '../xml/index.js';

type ErrorCode = (typeof FINDER_ERRORS)[number];

/** Ends a search with an error message. */
class FinderError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly parameters: readonly string[] = [],
  ) {
    super(code);
  }
}

type Options = ReadonlyMap<string, string>;
type Row = readonly string[];

interface FinderType {
  readonly columns: { readonly nl: readonly string[]; readonly en: readonly string[] };
  readonly options: readonly string[];
  rows(session: Session, options: Options): Row[];
}

/** Column names are in the user's language. Credit-management codes and reminder scenarios are never set up here. */
const TYPES: Readonly<Record<string, FinderType>> = {
  DIM: {
    columns: { nl: ['Code', 'Naam'], en: ['Code', 'Name'] },
    options: ['office', 'dimtype', 'level', 'section', 'group', 'matchtype', 'modifiedsince'],
    rows: customers,
  },
  OFF: {
    columns: { nl: ['Code', 'Naam', 'Land'], en: ['Code', 'Name', 'Country'] },
    options: [],
    rows: ({ offices }) => [...offices.values()].map(({ head }) => [head.code, head.name, head.country]),
  },
  TRS: {
    columns: { nl: ['Code', 'Naam'], en: ['Code', 'Name'] },
    options: ['office', 'hidden'],
    rows: () => Object.entries(DAYBOOKS).map(([code, name]) => [code, name]),
  },
  USR: {
    columns: { nl: ['Code', 'Naam'], en: ['Code', 'Name'] },
    options: ['office'],
    rows: ({ user }) => [[userCodeOf(user), user.fullName ?? user.userName]],
  },
  CDA: { columns: { nl: ['Code', 'Naam'], en: ['Code', 'Name'] }, options: ['office'], rows: () => [] },
  RMD: { columns: { nl: ['Code', 'Naam'], en: ['Code', 'Name'] }, options: ['office'], rows: () => [] },
};

/** `Search`: codes and names by pattern, a slice of them at a time. The rows served are told to `seen`. */
export function search(session: Session, request: XmlNode, seen: (codes: readonly string[]) => void): string {
  try {
    const { type, rows, first, most } = find(session, request);
    const slice = rows.slice(first - 1, first - 1 + most);
    seen(slice.map((row) => row[0]!));
    const items = slice.map((row) => element('ArrayOfString', {}, strings(row))).join('');
    const data =
      leaf('TotalRows', rows.length) +
      element('Columns', {}, strings(type.columns[session.language])) +
      (items === '' ? '' : element('Items', {}, items));
    return respond('<SearchResult/>', data);
  } catch (error) {
    if (!(error instanceof FinderError)) throw error;
    const { code, parameters } = error;
    const text = parameters.length === 0 ? code : `${code}: ${parameters.join(', ')}`;
    const message =
      leaf('Type', 'Error') + leaf('Text', text) + leaf('Code', code) + element('Parameters', {}, strings(parameters));
    return respond(element('SearchResult', {}, element('MessageOfErrorCodes', {}, message)), leaf('TotalRows', 0));
  }
}

function respond(result: string, data: string): string {
  return element('SearchResponse', { xmlns: 'http://www.twinfield.com/' }, result + element('data', {}, data));
}

function strings(texts: readonly string[]): string {
  return texts.map((text) => leaf('string', text)).join('');
}

interface Found {
  readonly type: FinderType;
  readonly rows: readonly Row[];
  readonly first: number;
  readonly most: number;
}

function find(session: Session, request: XmlNode): Found {
  const name = textIn(request, 'type');
  const type = TYPES[name];
  if (type === undefined) throw new FinderError('InvalidFinderType', [name]);
  const options = optionsOf(request);
  const stranger = [...options.keys()].find((option) => !type.options.includes(option));
  if (stranger !== undefined) throw new FinderError('OptionNotAllowed', [stranger]);
  const at = columnsOf(numberIn(request, 'field', 0));
  const pattern = wildcard(textIn(request, 'pattern') || '*');
  const first = numberIn(request, 'firstRow', 1);
  const most = numberIn(request, 'maxRows', 1);
  const rows = type.rows(session, options).filter((row) => at.some((index) => pattern.test(row[index] ?? '')));
  return { type, rows, first, most };
}

/** Which columns the pattern is held against: code and name, one of them, or (3, 4) bank account and address, not kept here. */
function columnsOf(field: number): readonly number[] {
  const columns = [[0, 1], [0], [1], [], []][field];
  if (columns === undefined) throw new FinderError('ParameterOutOfRange', ['field']);
  return columns;
}

function numberIn(request: XmlNode, name: string, least: number): number {
  const value = Number(textIn(request, name));
  if (!Number.isInteger(value)) throw new FinderError('ParameterOutOfRange', [name]);
  if (value < least) throw new FinderError('ParameterTooSmall', [name]);
  return value;
}

function optionsOf(request: XmlNode): Options {
  const pairs = childOf(request, 'options')?.children ?? [];
  return new Map(pairs.map(({ children }) => [children[0]?.text ?? '', children[1]?.text ?? '']));
}

function customers(session: Session, options: Options): Row[] {
  const office = officeOf(session, options);
  const type = options.get('dimtype');
  if (type === undefined) throw new FinderError('OptionMandatory', ['dimtype']);
  const since = sinceOf(options.get('modifiedsince'));
  // Other kinds of dimension exist in every office; of these books only the customers are told.
  if (type !== 'DEB') return [];
  return shownCustomers(office)
    .filter(({ modified }) => Math.floor(modified / 1_000) * 1_000 >= since)
    .map(({ debtor }) => [customerCodeOf(debtor), debtor.name]);
}

function officeOf(session: Session, options: Options): OfficeStore {
  const code = options.get('office');
  if (code === undefined) {
    if (session.company === null) throw new SoapFault(359, session.language);
    return session.company;
  }
  const office = session.offices.get(code);
  if (office === undefined) throw new FinderError('NoAccessToOffice', [code]);
  return office;
}

/** At or after that second, or that day. */
function sinceOf(text: string | undefined): number {
  if (text === undefined) return 0;
  if (text.length !== 8 && text.length !== 14) throw new FinderError('InvalidDateTimeOptionLength', ['modifiedsince']);
  const since = fromWireTime(text);
  if (since === null) throw new FinderError('InvalidDateTimeOptionValue', ['modifiedsince']);
  return since;
}
