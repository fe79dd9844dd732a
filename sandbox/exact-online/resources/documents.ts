import { randomUUID } from 'node:crypto';
import { DOCUMENT_ATTACHMENT_FIELDS, DOCUMENT_FIELDS, DOCUMENT_TYPE_FIELDS } from '../fields/index.js';
import type { AttachmentRecord, EntryRecord } from '../store/index.js';
import { ExactError } from '../wire/errors.js';
import { padCode } from '../wire/values.js';
import { DELETED_ENTITY, recordDeletion } from './deleted.js';
import { addEntry, checkLength, checkReferences, debtorOf, entryValues, MAX_SUBJECT, required } from './entries.js';
import { defineResource, type Context, type Values } from './resource.js';
import { divisionGuid } from './stamps.js';

interface DocumentType {
  readonly id: number;
  readonly description: string;
  readonly creatable: boolean;
}

/** 10 is recorded; 55 and 20 are remembered, not sourced. Clients must look the codes up, as they must in life. */
const TYPES: readonly DocumentType[] = [
  { id: 10, description: 'Verkoopfactuur', creatable: true },
  { id: 20, description: 'Inkoopfactuur', creatable: true },
  { id: 33, description: 'E-mail', creatable: true },
  { id: 55, description: 'Diversen', creatable: true },
  { id: 183, description: 'Aanmaning', creatable: false },
];

const typeOf = (id: unknown): DocumentType | undefined => TYPES.find((type) => type.id === id);
const account = (fields: Values, context: Context) => debtorOf(fields['Account'] ?? null, context);

/** Filters of which one is wanted, as everywhere where a sync twin exists (the list itself is not published). */
const MANDATORY = Object.keys(DOCUMENT_FIELDS);

/** The only write that can point at the financial entry, and the only one that can be changed and taken back. */
export const documents = defineResource<EntryRecord>({
  path: 'documents/Documents',
  typeName: 'Exact.Web.Api.Models.Documents.Document',
  fields: DOCUMENT_FIELDS,
  key: 'ID',
  pageSize: 60,
  scope: 'organization.documents',
  rows: ({ division }) => division.documents.byKey(),
  find: ({ division }, key) => division.documents.get(String(key)),
  values: entryValues(DOCUMENT_FIELDS, {
    AccountCode: (row, context) => {
      const debtor = account(row.record.fields, context);
      return debtor === undefined ? null : padCode(debtor.code);
    },
    Category: (row, context) => row.record.fields['Category'] ?? divisionGuid(context, 'document category customers'),
    CategoryDescription: (row) => row.record.fields['CategoryDescription'] ?? 'Klanten',
    DocumentViewUrl: (row, context) =>
      `${context.origin}/docs/DocView.aspx?DocumentID=${row.key}&_Division_=${context.division.head.code}`,
    HasEmptyBody: (row) => (row.record.fields['Body'] ?? '') === '',
    TypeDescription: (row) => typeOf(row.record.fields['Type'])?.description ?? null,
  }),
  filter: { atLeastOne: MANDATORY },
  post: (fields, context) => {
    required(fields, { Subject: 'Onderwerp', Type: 'Type' });
    checkDocument(fields, context);
    return addEntry(context.division.documents, fields, context);
  },
  put: (row, changes, context) => {
    const fields = { ...row.record.fields, ...changes };
    required(fields, { Subject: 'Onderwerp', Type: 'Type' });
    checkDocument(changes, context);
    context.division.documents.put(row.key, { ...row.record, fields }, { now: context.now });
  },
  remove: (row, context) => {
    for (const attachment of attachmentsOf(row.key, context)) removeAttachment(attachment, context);
    context.division.documents.delete(row.key);
    recordDeletion(context, DELETED_ENTITY.document, row.key);
  },
});

function checkDocument(fields: Values, context: Context): void {
  checkLength(fields, { Subject: MAX_SUBJECT });
  checkReferences({ Account: fields['Account'] ?? null }, context);
  if (fields['Type'] !== undefined && typeOf(fields['Type'])?.creatable !== true)
    throw new ExactError(400, 'Ongeldige verwijzing: Type');
  const entry = fields['FinancialTransactionEntryID'] ?? null;
  // A reference to an entry that is not there cannot hold; the ledger's own words are unverified.
  if (entry !== null && !context.division.entries.has(String(entry)))
    throw new ExactError(400, 'Ongeldige verwijzing: FinancialTransactionEntryID');
}

function attachmentsOf(document: string, { division }: Context): string[] {
  return [...division.attachments.values()].filter((row) => row.record.document === document).map((row) => row.key);
}

function removeAttachment(key: string, context: Context): void {
  context.division.attachments.delete(key);
  recordDeletion(context, DELETED_ENTITY.attachment, key);
}

/** Measured on the file itself, not on its base64. */
const MAX_ATTACHMENT_BYTES = 10_000_000;

export const documentAttachments = defineResource<AttachmentRecord>({
  path: 'documents/DocumentAttachments',
  typeName: 'Exact.Web.Api.Models.Documents.DocumentAttachment',
  fields: DOCUMENT_ATTACHMENT_FIELDS,
  key: 'ID',
  pageSize: 60,
  scope: 'organization.documents',
  rows: ({ division }) => division.attachments.byKey(),
  find: ({ division }, key) => division.attachments.get(String(key)),
  values: {
    ID: (row) => row.key,
    // Never echoed: the file comes from Url.
    Attachment: () => null,
    Document: (row) => row.record.document,
    FileName: (row) => row.record.fileName,
    FileSize: (row) => row.record.bytes,
    Url: (row, { origin, division }) =>
      `${origin}/docs/SysAttachment.aspx?ID=${row.key}&_Division_=${division.head.code}`,
  },
  filter: { atLeastOne: ['ID', 'Document', 'FileName', 'FileSize'] },
  post: (fields, context) => {
    required(fields, { Attachment: 'Bijlage', Document: 'Document', FileName: 'Bestandsnaam' });
    checkReferences({ Document: fields['Document'] ?? null }, context);
    const base64 = String(fields['Attachment']);
    const bytes = Buffer.from(base64, 'base64').length;
    if (bytes > MAX_ATTACHMENT_BYTES) throw new ExactError(400, 'Bestand is te groot: maximaal 10 MB');
    const record = { document: String(fields['Document']), fileName: String(fields['FileName']), base64, bytes };
    return context.division.attachments.put(String(fields['ID'] ?? randomUUID()), record, { now: context.now });
  },
  remove: (row, context) => removeAttachment(row.key, context),
});

export const documentTypes = defineResource<DocumentType>({
  path: 'documents/DocumentTypes',
  typeName: 'Exact.Web.Api.Models.Documents.DocumentType',
  fields: DOCUMENT_TYPE_FIELDS,
  key: 'ID',
  pageSize: 60,
  scope: 'organization.documents',
  rows: () => TYPES.map(toRow),
  find: (_context, key) => TYPES.map(toRow).find((row) => row.record.id === key),
  values: {
    ID: (row) => row.record.id,
    Created: () => 0,
    Modified: () => 0,
    Description: (row) => row.record.description,
    DocumentIsCreatable: (row) => row.record.creatable,
    DocumentIsDeletable: (row) => row.record.creatable,
    DocumentIsUpdatable: (row) => row.record.creatable,
    DocumentIsViewable: () => true,
    TypeCategory: () => 1,
  },
});

function toRow(type: DocumentType) {
  return { key: String(type.id), timestamp: type.id, created: 0, modified: 0, record: type, dead: false };
}
