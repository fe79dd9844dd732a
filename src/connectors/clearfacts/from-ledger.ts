import type { StateIntent, WriteIntent } from '../contract/index.js';
import type { Question } from './client.js';
import { ADD_NOTE, SET_DUNNING_STATUS, UPDATE_APP_INFO, UPLOAD_ARCHIVE_FILE } from './wire.js';

export type NoteIntent = Extract<WriteIntent, { kind: 'note' }>;
export type DocumentIntent = Extract<WriteIntent, { kind: 'document' }>;

/** The intent's key is ClearFacts' own key here: the same key is the same note. */
export function toNote(intent: NoteIntent): Question {
  const { administration: companyNumber, debtorSourceId: customerId, key: externalKey } = intent;
  const text = `${intent.subject.trim()}\n\n${intent.text}`;
  return { query: ADD_NOTE, variables: { companyNumber, customerId, text, externalKey } };
}

/** The archive has no comment and no key, so the key stands in the file name, for a person to find. */
export function fileNameOf({ fileName, key }: DocumentIntent): string {
  const [, stem = fileName, extension = ''] = /^(.*?)(\.\w{1,5})?$/s.exec(fileName) ?? [];
  return `${stem.slice(0, 120)} [${key}]${extension}`;
}

export function toArchiveFile(intent: DocumentIntent, category: string): Question {
  const variables = { vatnumber: intent.administration, filename: fileNameOf(intent), category };
  return { query: UPLOAD_ARCHIVE_FILE, variables };
}

const COLOURS = {
  calm: { textColor: '#ffffff', color: '#2e7d32' },
  warning: { textColor: '#000000', color: '#f9a825' },
  alarm: { textColor: '#ffffff', color: '#b71c1c' },
} as const;

export type ShownIntent = Extract<StateIntent, { kind: 'dunning-status' | 'badge' }>;

export function toState(intent: ShownIntent): Question {
  if (intent.kind === 'badge') {
    const badge = { text: intent.text, ...COLOURS[intent.tone] };
    return { query: UPDATE_APP_INFO, variables: { vatnumber: intent.administration, badge } };
  }
  const { administration: companyNumber, receivableSourceId: invoiceId, level, status, at, key: externalKey } = intent;
  return { query: SET_DUNNING_STATUS, variables: { companyNumber, invoiceId, level, status, at, externalKey } };
}
