import { COMMUNICATION_NOTE_FIELDS, TASK_FIELDS } from '../fields/index.js';
import type { EntryRecord } from '../store/index.js';
import { toWallMs } from '../wire/wall-time.js';
import {
  addEntry,
  checkLength,
  checkReferences,
  entryValues,
  MAX_SUBJECT,
  MAX_TEXT,
  postedField,
  required,
} from './entries.js';
import { defineResource, type Context, type Read } from './resource.js';

const OPEN = 20;
const user: Read<EntryRecord> = (row, context) => row.record.fields['User'] ?? context.userId;
const userName: Read<EntryRecord> = (_row, context) => context.user.fullName ?? context.user.userName;
const documentSubject: Read<EntryRecord> = (row, { division }) =>
  division.documents.get(String(row.record.fields['Document'] ?? ''))?.record.fields['Subject'] ?? null;

const status: Readonly<Record<string, Read<EntryRecord>>> = {
  // The status a note starts with is not documented; open is what a task starts with.
  Status: () => OPEN,
  StatusDescription: () => 'Open',
  User: user,
  UserFullName: userName,
  DocumentSubject: documentSubject,
};

/** Notes on a relation: GET and POST only. What is written stays; there is no key against writing twice. */
export const communicationNotes = defineResource<EntryRecord>({
  path: 'activities/CommunicationNotes',
  typeName: 'Exact.Web.Api.Models.Activities.CommunicationNote',
  fields: COMMUNICATION_NOTE_FIELDS,
  key: 'ID',
  pageSize: 60,
  scope: 'organization.workflow',
  rows: ({ division }) => division.notes.byKey(),
  find: ({ division }, key) => division.notes.get(String(key)),
  values: entryValues(COMMUNICATION_NOTE_FIELDS, {
    ...status,
    Date: (row) => row.record.fields['Date'] ?? midnight(row.created),
  }),
  post: (fields, context) => {
    checkLength(fields, { Subject: MAX_SUBJECT, Notes: MAX_TEXT });
    required(fields, { Subject: 'Onderwerp' });
    checkReferences(fields, context);
    return addEntry(context.division.notes, fields, context);
  },
});

const TASK_TYPES = [
  'Overig',
  'Bellen',
  'Informatieverzoek',
  'Onderzoeken',
  'Correspondentie',
  'Afspraak maken',
  'Offerte maken',
];

export const tasks = defineResource<EntryRecord>({
  path: 'activities/Tasks',
  typeName: 'Exact.Web.Api.Models.Activities.Task',
  fields: TASK_FIELDS,
  key: 'ID',
  pageSize: 60,
  scope: 'organization.workflow',
  rows: ({ division }) => division.tasks.byKey(),
  find: ({ division }, key) => division.tasks.get(String(key)),
  values: entryValues(TASK_FIELDS, {
    ...status,
    // Both types are write-only.
    TaskType: () => null,
    CustomTaskType: () => null,
    TaskTypeDescription: (row) => TASK_TYPES[Number(row.record.fields['TaskType'] ?? 0)] ?? null,
    Description: postedField('Description'),
  }),
  post: (fields, context: Context) => {
    checkLength(fields, { Description: MAX_SUBJECT, Notes: MAX_TEXT });
    required(fields, { Description: 'Omschrijving' });
    checkReferences(fields, context);
    return addEntry(context.division.tasks, fields, context);
  },
});

function midnight(utcMs: number): number {
  const wall = toWallMs(utcMs);
  return wall - (wall % 86_400_000);
}
