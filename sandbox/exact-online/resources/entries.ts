import { randomUUID } from 'node:crypto';
import { ExactError } from '../wire/errors.js';
import type { EntryRecord, Row, VersionedTable } from '../store/index.js';
import type { FieldTable } from '../fields/index.js';
import type { Raw } from '../wire/values.js';
import type { Context, Read, Values } from './resource.js';
import { stamps } from './stamps.js';

/**
 * What notes, tasks and documents share: a record is the fields as posted, a human-readable number and stamps.
 * Business refusals: that Exact refuses these is certain, the words and the lengths are not recorded anywhere public.
 */
export const MAX_SUBJECT = 255;
export const MAX_TEXT = 32_000;

type ReadEntry = Read<EntryRecord>;

export const postedField =
  (name: string): ReadEntry =>
  (row) =>
    row.record.fields[name] ?? null;

/** Readers for every field of a table: posted values, stamps, the human-readable number, then the given ones. */
export function entryValues(table: FieldTable, own: Readonly<Record<string, ReadEntry>>): Record<string, ReadEntry> {
  const posted = Object.fromEntries(Object.keys(table).map((name) => [name, postedField(name)]));
  const author: ReadEntry = (_row, context) => context.userId;
  const authorName: ReadEntry = (_row, context) => context.user.fullName ?? context.user.userName;
  return {
    ...posted,
    ...stamps,
    Creator: author,
    CreatorFullName: authorName,
    Modifier: author,
    ModifierFullName: authorName,
    ID: (row) => row.key,
    HID: (row) => row.record.hid,
    AccountName: (row, context) => debtorOf(row.record.fields['Account'] ?? null, context)?.name ?? null,
    ...own,
  };
}

export function debtorOf(account: Raw, { division }: Context) {
  return division.accounts.get(String(account))?.record.debtor;
}

export function addEntry(table: VersionedTable<EntryRecord>, fields: Values, context: Context): Row<EntryRecord> {
  const hid = typeof fields['HID'] === 'number' ? fields['HID'] : context.division.nextHid();
  return table.put(String(fields['ID'] ?? randomUUID()), { hid, fields }, { now: context.now });
}

/** The checks a bookkeeping package makes on what another system hands it. */
export function checkReferences(fields: Values, context: Context): void {
  const account = fields['Account'] ?? null;
  if (account !== null && debtorOf(account, context) === undefined) throw notFound('Relatie');
  const document = fields['Document'] ?? null;
  if (document !== null && context.division.documents.get(String(document)) === undefined) throw notFound('Document');
}

export function checkLength(fields: Values, limits: Readonly<Record<string, number>>): void {
  for (const [name, limit] of Object.entries(limits)) {
    const value = fields[name];
    if (typeof value === 'string' && value.length > limit)
      throw new ExactError(400, `Maximum lengte overschreden: ${name} (${limit})`);
  }
}

export function required(fields: Values, names: Readonly<Record<string, string>>): void {
  for (const [name, label] of Object.entries(names)) {
    const value = fields[name] ?? null;
    if (value === null || value === '') throw new ExactError(400, `Verplicht: ${label}`);
  }
}

function notFound(what: string): ExactError {
  return new ExactError(400, `Ongeldige verwijzing: ${what}`);
}
