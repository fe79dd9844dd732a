import { isRecord } from '../../kernel/index.js';
import { SourceError, type ConnectorContext, type SourceHttp } from '../contract/index.js';
import { listPath, readAll } from './client.js';
import { DOCUMENT_TYPE_FIELDS } from './wire.js';
import { readText } from './wire-values.js';

/**
 * "Miscellaneous". Remembered by people, written down nowhere public: used only when Exact lists no types at all (a
 * missing right looks like that) or lists this one.
 */
const MISCELLANEOUS = 55;

/** Descriptions are in the language of the books; the first that fits, in this order. */
const WANTED = [
  /^(aanmaning|herinnering|betalingsherinnering|reminder|payment reminder|rappel|mahnung|recordatorio)/i,
  /^(correspondentie|correspondence|correspondance|korrespondenz)/i,
  /^(diversen|miscellaneous|divers|verschiedenes|varios|overige?|other)/i,
];

export interface DocumentType {
  readonly id: number;
  readonly description: string;
}

/** Types found, for as long as the engine keeps using the same way out: sixty calls a minute are soon spent on asking. */
const FOUND = new WeakMap<SourceHttp, Map<string, number>>();

/**
 * The type under which a message is filed. `documentType` of the settings goes before everything. Types are looked up
 * because Exact publishes no list of their numbers. Throws SourceError `rejected` when none fits: filing it under an
 * invoice type would put it among the invoices.
 */
export async function resolveDocumentType(context: ConnectorContext, division: string): Promise<number> {
  const chosen = context.settings.extra['documentType'];
  if (chosen !== undefined && /^\d{1,9}$/.test(chosen)) return Number(chosen);
  const found = FOUND.get(context.http) ?? new Map<string, number>();
  const type = found.get(division) ?? (await lookUp(context, division));
  FOUND.set(context.http, found.set(division, type));
  return type;
}

async function lookUp(context: ConnectorContext, division: string): Promise<number> {
  const rows = await readAll(context, listPath(division, 'documents/DocumentTypes', { select: DOCUMENT_TYPE_FIELDS }));
  const type = pickDocumentType(rows);
  if (type !== null) return type;
  throw new SourceError(
    'rejected',
    'This administration has no document type for correspondence; choose one by its number (setting documentType).',
    { fields: ['Type'] },
  );
}

/** PURE choice out of the listed types; null when none fits. */
export function pickDocumentType(rows: readonly unknown[]): number | null {
  if (rows.length === 0) return MISCELLANEOUS;
  const types = rows.map(toType).filter((type) => type !== null);
  for (const words of WANTED) {
    const found = types.find(({ description }) => words.test(description));
    if (found !== undefined) return found.id;
  }
  return types.some(({ id }) => id === MISCELLANEOUS) ? MISCELLANEOUS : null;
}

function toType(row: unknown): DocumentType | null {
  if (!isRecord(row) || typeof row['ID'] !== 'number' || row['DocumentIsCreatable'] === false) return null;
  return { id: row['ID'], description: readText(row, 'Description') ?? '' };
}
