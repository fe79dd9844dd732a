import type { WriteIntent } from '../contract/index.js';
import type { AttachmentBody, DocumentBody, NoteBody, TaskBody } from './wire.js';
import { toWireDate } from './wire-values.js';

export type NoteIntent = Extract<WriteIntent, { kind: 'note' }>;
export type TaskIntent = Extract<WriteIntent, { kind: 'task' }>;
export type DocumentIntent = Extract<WriteIntent, { kind: 'document' }>;

/** Exact does not publish how long a subject may be; this much is safe, and the mark always fits. */
const MAX_SUBJECT = 200;

/**
 * What makes a record of ours recognisable: the intent's key at the end of the subject, in brackets so that one key is
 * never found inside another. Exact has no key against writing twice, so looking this up is how a repeat is avoided.
 */
export function markOf(intent: { readonly key: string }): string {
  return `[${intent.key}]`;
}

function subjectOf(intent: WriteIntent): string {
  const mark = markOf(intent);
  const room = MAX_SUBJECT - mark.length - 1;
  const subject = intent.subject.trim();
  return `${subject.length > room ? `${subject.slice(0, room - 1).trimEnd()}…` : subject} ${mark}`;
}

export function toNoteBody(intent: NoteIntent): NoteBody {
  return {
    Account: intent.debtorSourceId,
    Subject: subjectOf(intent),
    Notes: intent.text,
    Date: toWireDate(intent.date),
    ...(intent.documentRemoteId === null ? {} : { Document: intent.documentRemoteId }),
  };
}

/** `TaskType` 1: a call (activities/Tasks). */
const TASK_TYPES = { call: 1 } as const satisfies Record<TaskIntent['task'], number>;

export function toTaskBody(intent: TaskIntent): TaskBody {
  return {
    Account: intent.debtorSourceId,
    Description: subjectOf(intent),
    Notes: intent.text,
    ActionDate: toWireDate(intent.date),
    TaskType: TASK_TYPES[intent.task],
  };
}

export function toDocumentBody(intent: DocumentIntent, type: number): DocumentBody {
  return {
    Subject: subjectOf(intent),
    Type: type,
    Account: intent.debtorSourceId,
    DocumentDate: toWireDate(intent.date),
    Body: intent.text,
    ...(intent.entrySourceId === null ? {} : { FinancialTransactionEntryID: intent.entrySourceId }),
  };
}

export function toAttachmentBody(intent: DocumentIntent, document: string): AttachmentBody {
  return { Document: document, FileName: intent.fileName, Attachment: intent.file.toString('base64') };
}
