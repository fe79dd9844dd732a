import { isRecord } from '../../kernel/index.js';
import {
  editBlock,
  SourceError,
  type ConnectorContext,
  type ProbeOutcome,
  type PushOutcome,
  type SourceResponse,
  type StateIntent,
  type WriteIntent,
} from '../contract/index.js';
import { callFunction, change, create, createdRow, listPath, readPage, textLiteral } from './client.js';
import { MAX_FILE_BYTES } from './declaration.js';
import { resolveDocumentType } from './document-type.js';
import { errorOf, exactText } from './errors.js';
import { markOf, toAttachmentBody, toDocumentBody, toNoteBody, toTaskBody, type DocumentIntent, type NoteIntent, type TaskIntent } from './from-ledger.js'; // prettier-ignore
import { readGuid } from './wire-values.js';

const NOTES = 'activities/CommunicationNotes';
const TASKS = 'activities/Tasks';
const ACCOUNTS = 'crm/Accounts';
const DOCUMENTS = 'documents/Documents';
const ATTACHMENTS = 'documents/DocumentAttachments';

/** Writes a note, a task, or a document with its file. */
export function push(
  context: ConnectorContext,
  intent: WriteIntent,
  known: { remoteId: string } | null,
): Promise<PushOutcome> {
  if (intent.kind === 'document') return pushDocument(context, intent, known);
  return intent.kind === 'note' ? pushNote(context, intent, known) : pushTask(context, intent, known);
}

function pushNote(
  context: ConnectorContext,
  intent: NoteIntent,
  known: { remoteId: string } | null,
): Promise<PushOutcome> {
  if (known !== null) return Promise.resolve({ outcome: 'applied', ...known });
  return post(context, intent.administration, { resource: NOTES, body: toNoteBody(intent) });
}

/** Tasks can be made and looked up, not changed: what becomes of one is the user's business. */
function pushTask(
  context: ConnectorContext,
  intent: TaskIntent,
  known: { remoteId: string } | null,
): Promise<PushOutcome> {
  if (known !== null) return Promise.resolve({ outcome: 'applied', ...known });
  return post(context, intent.administration, { resource: TASKS, body: toTaskBody(intent) });
}

/**
 * The account's remarks are read, our block is changed, and the whole is written back. Exact has no lock and no version
 * for this, so the time between is kept as short as two calls are; a block that somebody changed is left alone, and shown.
 */
export async function show(context: ConnectorContext, intent: StateIntent): Promise<PushOutcome> {
  if (intent.kind !== 'standing') return rejected('Exact Online has no place for this.', []);
  const { administration, debtorSourceId: id } = intent;
  const path = listPath(administration, ACCOUNTS, { select: ['ID', 'Remarks'], filter: `ID eq guid'${id}'` });
  const [row] = (await readPage(context, path)).rows;
  if (!isRecord(row)) return rejected('Exact Online does not show this account to the connected user.', ['ID']);
  const remarks = typeof row['Remarks'] === 'string' ? row['Remarks'] : '';
  const edit = editBlock(remarks, { standing: intent.text }, intent.part);
  if (edit.outcome === 'conflict') return edit;
  const applied = { outcome: 'applied', remoteId: id, left: edit.left } as const;
  if (edit.field === remarks) return applied;
  const call = { resource: ACCOUNTS, id, body: { Remarks: edit.field } };
  const answer = await answered(() => change(context, administration, call));
  if ('outcome' in answer) return answer;
  return answer.status >= 200 && answer.status < 300 ? applied : toOutcome(answer, context);
}

/** Two calls: the document, then its file. With `known` only the file is left to do. */
async function pushDocument(
  context: ConnectorContext,
  intent: DocumentIntent,
  known: { remoteId: string } | null,
): Promise<PushOutcome> {
  if (intent.file.length > MAX_FILE_BYTES) return rejected('The file is larger than the 10 MB that Exact takes.', ['Attachment']); // prettier-ignore
  if (known !== null) return attach(context, intent, known.remoteId);
  const document = await createDocument(context, intent);
  return document.outcome === 'applied' ? attachLater(context, intent, document.remoteId) : document;
}

async function createDocument(context: ConnectorContext, intent: DocumentIntent): Promise<PushOutcome> {
  try {
    const type = await resolveDocumentType(context, intent.administration);
    return await post(context, intent.administration, { resource: DOCUMENTS, body: toDocumentBody(intent, type) });
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'rejected') return rejected(error.message, error.fields);
    throw error;
  }
}

async function attach(context: ConnectorContext, intent: DocumentIntent, remoteId: string): Promise<PushOutcome> {
  const body = toAttachmentBody(intent, remoteId);
  const file = await post(context, intent.administration, { resource: ATTACHMENTS, body });
  return file.outcome === 'applied' ? { outcome: 'applied', remoteId } : file;
}

/**
 * The document exists by now. Whatever stops its file (a limit, an expired token) must not look like "nothing was
 * done", or the next attempt would make a second document: `unknown` sends the engine to `probe`, which finds it.
 */
async function attachLater(context: ConnectorContext, intent: DocumentIntent, remoteId: string): Promise<PushOutcome> {
  try {
    return await attach(context, intent, remoteId);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { outcome: 'unknown', message: `The document is there, its file is not yet: ${error.message}` };
  }
}

async function post(
  context: ConnectorContext,
  division: string,
  call: { resource: string; body: unknown },
): Promise<PushOutcome> {
  const answer = await answered(() => create(context, division, call));
  return 'outcome' in answer ? answer : toOutcome(answer, context);
}

/** A call whose answer may be lost on the way. */
async function answered(send: () => Promise<SourceResponse>): Promise<SourceResponse | Unknown> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'outcome_unknown')
      return { outcome: 'unknown', message: error.message };
    throw error;
  }
}

type Unknown = Extract<PushOutcome, { outcome: 'unknown' }>;

const BUSINESS_REFUSALS = [400, 404, 409, 413, 500];

/**
 * 201 with the record: applied. Exact refuses with 400 and also with 500, in its own words; a 500 without any of its
 * own, or a gateway's 502, 503 or 504, does not say whether the record was made. 401, 403 and 429 come before
 * anything is done and are thrown.
 */
function toOutcome(response: SourceResponse, context: ConnectorContext): PushOutcome {
  const { status } = response;
  if (status >= 200 && status < 300) return toApplied(response);
  const text = exactText(response.body);
  if (BUSINESS_REFUSALS.includes(status) && (status !== 500 || isBusinessText(text)))
    return rejected(text ?? `Exact Online answered ${status}.`, []);
  if (status >= 500 || status === 408)
    return { outcome: 'unknown', message: text ?? `Exact Online answered ${status}.` };
  throw errorOf(response, context.clock) ?? new SourceError('bug', `No meaning for status ${status}.`);
}

function isBusinessText(text: string | null): boolean {
  return text !== null && !/an error (has )?occurred|internal server error|unexpected error|time-?out/i.test(text);
}

function toApplied(response: SourceResponse): PushOutcome {
  const row = createdRow(response);
  const remoteId = row === null ? null : readGuid(row, 'ID');
  if (remoteId !== null) return { outcome: 'applied', remoteId };
  return { outcome: 'unknown', message: 'Exact Online took it, but its answer does not name the record.' };
}

function rejected(message: string, fields: readonly string[]): PushOutcome {
  return { outcome: 'rejected', message, fields };
}

/** Looks for the intent's mark among the debtor's notes, tasks or documents, and for a document's file. */
export async function probe(context: ConnectorContext, intent: WriteIntent): Promise<ProbeOutcome> {
  const remoteId = await findMarked(context, intent);
  if (remoteId === null) return { outcome: 'absent' };
  if (intent.kind !== 'document') return { outcome: 'applied', remoteId };
  const filter = `Document eq guid'${remoteId}'`;
  const files = await find(context, intent.administration, { resource: ATTACHMENTS, filter });
  return { outcome: files.length > 0 ? 'applied' : 'partial', remoteId };
}

const MARKED = {
  note: { resource: NOTES, field: 'Subject' },
  document: { resource: DOCUMENTS, field: 'Subject' },
  task: { resource: TASKS, field: 'Description' },
} as const satisfies Record<WriteIntent['kind'], { resource: string; field: string }>;

async function findMarked(context: ConnectorContext, intent: WriteIntent): Promise<string | null> {
  const { resource, field } = MARKED[intent.kind];
  const mark = textLiteral(markOf(intent));
  const filter = `Account eq guid'${intent.debtorSourceId}' and substringof(${mark},${field}) eq true`;
  const [row] = await find(context, intent.administration, { resource, filter });
  return isRecord(row) ? readGuid(row, 'ID') : null;
}

/** Exact answers an empty list to a user who may not read it: before "not there" is believed, the right is checked. */
async function find(
  context: ConnectorContext,
  division: string,
  query: { resource: string; filter: string },
): Promise<readonly unknown[]> {
  const path = listPath(division, query.resource, { select: ['ID'], filter: query.filter });
  const { rows } = await readPage(context, path);
  if (rows.length > 0 || (await hasRight(context, division, { resource: query.resource, action: 'GET' }))) return rows;
  throw new SourceError('scope_missing', `The connected user may not read ${query.resource} in Exact Online.`);
}

/** `users/UserHasRights?endpoint='…'&action='…'`. Throws SourceError when Exact does not answer the question. */
export async function hasRight(
  context: ConnectorContext,
  division: string,
  right: { resource: string; action: 'GET' | 'POST' | 'PUT' },
): Promise<boolean> {
  const query = { endpoint: right.resource, action: right.action };
  const answer = await callFunction(context, division, { resource: 'users/UserHasRights', query });
  if (isRecord(answer) && typeof answer['UserHasRights'] === 'boolean') return answer['UserHasRights'];
  throw new SourceError('contract_changed', 'Exact Online did not say whether the user has the right.');
}
