import { isRecord } from '../../kernel/index.js';
import {
  SourceError,
  type ConnectorContext,
  type ProbeOutcome,
  type PushOutcome,
  type SourceResponse,
  type StateIntent,
  type WriteIntent,
} from '../contract/index.js';
import { findCategory, NO_CATEGORY } from './archive.js';
import { read, upload, write } from './client.js';
import { MAX_FILE_BYTES } from './declaration.js';
import { errorOf, hasOwnWords, isPartRefused, messageOf } from './errors.js';
import { fileNameOf, toArchiveFile, toNote, toState, type DocumentIntent, type NoteIntent } from './from-ledger.js';
import type { Profile } from './profile.js';
import { FIND_NOTE } from './wire.js';
import { readText } from './wire-values.js';

const NO_PLACE = 'ClearFacts has no place for this.';

/** Writes a note or a document. A task is refused without a call. */
export function push(context: ConnectorContext, intent: WriteIntent, profile: Profile): Promise<PushOutcome> {
  if (intent.kind === 'task') return Promise.resolve(rejected(NO_PLACE, []));
  return intent.kind === 'note' ? pushNote(context, intent, profile) : pushDocument(context, intent);
}

/** One call; the same key is the same note, so repeating it does no harm. */
async function pushNote(context: ConnectorContext, intent: NoteIntent, profile: Profile): Promise<PushOutcome> {
  if (profile === 'public') return rejected('The public API of ClearFacts has no notes.', []);
  return outcomeOf(context, () => write(context, toNote(intent)), { field: 'addNote', id: 'id' });
}

/** The category is looked up, then the file goes in one call. */
async function pushDocument(context: ConnectorContext, intent: DocumentIntent): Promise<PushOutcome> {
  if (intent.file.length > MAX_FILE_BYTES) return rejected('The file is larger than 10 MB.', ['file']);
  const category = await findCategory(context, intent.administration);
  if (category === null) return rejected(NO_CATEGORY, ['category']);
  const file = { fileName: fileNameOf(intent), file: intent.file };
  const send = () => upload(context, toArchiveFile(intent, category), file);
  return outcomeOf(context, send, { field: 'uploadArchiveFile', id: 'uuid' });
}

/** Shows a dunning status or a badge. Said again it is the same state. */
export async function show(context: ConnectorContext, intent: StateIntent, profile: Profile): Promise<PushOutcome> {
  if (intent.kind !== 'badge' && intent.kind !== 'dunning-status') return rejected(NO_PLACE, []);
  if (intent.kind === 'badge') {
    const outcome = await outcomeOf(context, () => write(context, toState(intent)), {
      field: 'updateAppInfo',
      id: null,
    });
    return outcome.outcome === 'applied' ? { ...outcome, remoteId: intent.administration } : outcome;
  }
  if (profile === 'public') return rejected('The public API of ClearFacts has no place for a dunning status.', []);
  return outcomeOf(context, () => write(context, toState(intent)), { field: 'setDunningStatus', id: 'id' });
}

/** Where an answer names what was made. */
interface Made {
  readonly field: string;
  /** null: the answer is there or not, and has no id. */
  readonly id: string | null;
}

async function outcomeOf(
  context: ConnectorContext,
  send: () => Promise<SourceResponse>,
  made: Made,
): Promise<PushOutcome> {
  try {
    return toOutcome(await send(), context, made);
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'outcome_unknown')
      return { outcome: 'unknown', message: error.message };
    throw error;
  }
}

/**
 * A whole answer with the record: applied. A message in ClearFacts' own words: rejected. "Internal server error", half
 * an answer or a gateway's status: unknown. What comes before anything is done (401, 403, 429, a field or a scope that
 * is missing) is thrown.
 */
function toOutcome(response: SourceResponse, context: ConnectorContext, made: Made): PushOutcome {
  const error = errorOf(response, context.clock);
  if (error === null) return toApplied(response, made);
  const message = messageOf(response.body);
  if (error.kind === 'rejected' || (response.status === 500 && hasOwnWords(message)))
    return rejected(message ?? error.message, []);
  if (error.kind === 'source_down' || error.kind === 'timeout_read')
    return { outcome: 'unknown', message: error.message };
  if (response.status === 400 && message !== null) return rejected(message, []);
  throw error;
}

function toApplied(response: SourceResponse, { field, id }: Made): PushOutcome {
  const data = isRecord(response.body) ? response.body['data'] : null;
  const row = isRecord(data) ? data[field] : null;
  const remoteId = isRecord(row) ? (id === null ? '' : readText(row, id)) : null;
  if (remoteId !== null) return { outcome: 'applied', remoteId };
  return { outcome: 'unknown', message: 'ClearFacts took it, but its answer does not name the record.' };
}

function rejected(message: string, fields: readonly string[]): PushOutcome {
  return { outcome: 'rejected', message, fields };
}

/**
 * A note is found by its key; where it cannot be asked for, "absent" is safe because the key makes a repeat harmless.
 * An archived file cannot be found at all: that is said, and a person decides.
 */
export async function probe(context: ConnectorContext, intent: WriteIntent): Promise<ProbeOutcome> {
  if (intent.kind === 'task') return { outcome: 'absent' };
  if (intent.kind === 'document')
    throw new SourceError(
      'outcome_unknown',
      `ClearFacts cannot be asked what its archive holds. Look there for "${fileNameOf(intent)}".`,
    );
  const variables = { companyNumber: intent.administration, externalKey: intent.key };
  try {
    const { note } = await read(context, { query: FIND_NOTE, variables });
    const remoteId = isRecord(note) && note['externalKey'] === intent.key ? readText(note, 'id') : null;
    return remoteId === null ? { outcome: 'absent' } : { outcome: 'applied', remoteId };
  } catch (error) {
    if (isPartRefused(error)) return { outcome: 'absent' };
    throw error;
  }
}
