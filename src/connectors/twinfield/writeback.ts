import {
  blockIn,
  editBlock,
  SourceError,
  type ConnectorContext,
  type Echo,
  type ProbeOutcome,
  type PushOutcome,
  type StateIntent,
  type WriteIntent,
} from '../contract/index.js';
import { processXml } from './client.js';
import { commentOf, creditFieldOf, dimensionIn, lostBetween, readDimension } from './dimensions.js';
import { isBusinessText } from './errors.js';
import {
  hasLine,
  remoteIdOf,
  toBlockEdit,
  toDimensionWrite,
  type CreditChanges,
  type FieldIntent,
  type NoteIntent,
  type StandingIntent,
} from './from-ledger.js';
import { refusalIn } from './soap.js';
import type { XmlElement } from './xml.js';

const NO_DOCUMENTS =
  'Twinfield takes no documents: the file stays here, and the debtor’s comment says that it was sent.';
const NO_TASKS = 'Twinfield takes no tasks: they stay on the list here.';
const NO_PLACE = 'Twinfield has no place for this.';

/** Writes a note. A document or a task is refused without a call, because Twinfield has no place for one. */
export function push(
  context: ConnectorContext,
  intent: WriteIntent,
  known: { readonly remoteId: string } | null,
): Promise<PushOutcome> {
  if (intent.kind === 'document') return Promise.resolve(rejected(NO_DOCUMENTS));
  if (intent.kind === 'task') return Promise.resolve(rejected(NO_TASKS));
  if (known !== null) return Promise.resolve({ outcome: 'applied', ...known });
  return writeBlock(context, intent);
}

/** Shows how the debtor stands in the comment, or keeps Twinfield's own reminders out of our way. */
export function show(context: ConnectorContext, intent: StateIntent): Promise<PushOutcome> {
  if (intent.kind === 'dunning-status' || intent.kind === 'badge') return Promise.resolve(rejected(NO_PLACE));
  return intent.kind === 'standing' ? writeBlock(context, intent) : writeField(context, intent);
}

const rejected = (message: string): PushOutcome => ({ outcome: 'rejected', message, fields: [] });

/**
 * The comment is read, our block is changed, and the whole is written back: there is no lock, so the time between is
 * kept as short as two calls are. A block that somebody changed is left alone, and shown.
 */
async function writeBlock(context: ConnectorContext, intent: NoteIntent | StandingIntent): Promise<PushOutcome> {
  const { dimension, message } = await readDimension(context, intent.administration, intent.debtorSourceId);
  if (dimension === null) return { outcome: 'rejected', message, fields: ['code'] };
  const comment = commentOf(dimension);
  const applied = { outcome: 'applied', remoteId: remoteIdOf(intent) } as const;
  if (intent.kind === 'note' && hasLine(comment, intent)) return { ...applied, left: blockIn(comment) };
  const edit = editBlock(comment, toBlockEdit(intent), intent.part);
  if (edit.outcome === 'conflict') return edit;
  const { field, left } = edit;
  if (field === comment) return { ...applied, left };
  return change(context, intent, { dimension, changes: { comment: field }, seen: { left } });
}

/** One value that is the bookkeeper's too: what somebody set since we did is left alone, and shown. */
async function writeField(context: ConnectorContext, intent: FieldIntent): Promise<PushOutcome> {
  const { dimension, message } = await readDimension(context, intent.administration, intent.debtorSourceId);
  if (dimension === null) return { outcome: 'rejected', message, fields: ['code'] };
  const name = intent.kind === 'own-reminders' ? 'sendreminder' : 'reminderemail';
  const theirs = creditFieldOf(dimension, name);
  const { left, found, seen } = intent.part;
  const ours = wantedOf(intent);
  // The first time, an address that is there already is somebody's; switching reminders off is what was asked for.
  const isFree = left === null ? intent.kind === 'own-reminders' || theirs === '' : theirs === left;
  if (theirs !== ours && theirs !== seen && !isFree) return { outcome: 'conflict', ours, theirs, before: left };
  const parts = { left: ours, ...(found === null ? { found: theirs } : {}) };
  if (theirs === ours) return { outcome: 'applied', remoteId: remoteIdOf(intent), ...parts };
  return change(context, intent, { dimension, changes: { [name]: ours }, seen: parts });
}

function wantedOf(intent: FieldIntent): string {
  if (intent.kind === 'reminder-email') return intent.email ?? intent.part.found ?? '';
  return intent.wanted === 'off' ? 'false' : intent.part.found || 'true';
}

type Written = NoteIntent | StandingIntent | FieldIntent;

interface Change {
  readonly dimension: XmlElement;
  readonly changes: CreditChanges;
  readonly seen: { readonly left: string; readonly found?: string };
}

/** Then it is read once more, because Twinfield does not promise what a partial write leaves alone. */
async function change(
  context: ConnectorContext,
  intent: Written,
  { dimension, changes, seen }: Change,
): Promise<PushOutcome> {
  const written = await write(context, intent, toDimensionWrite(intent.administration, dimension, changes));
  if (written.outcome !== 'applied') return written;
  return { ...(await inspect(context, intent, { before: dimension, names: Object.keys(changes) })), ...seen };
}

async function write(context: ConnectorContext, intent: Written, request: string): Promise<PushOutcome> {
  try {
    const { root } = await processXml(context, intent.administration, request, 'write');
    const refusal = refusalIn(root);
    if (refusal !== null) return { outcome: 'rejected', ...refusal };
    if (dimensionIn(root) !== null) return { outcome: 'applied', remoteId: remoteIdOf(intent) };
    return { outcome: 'unknown', message: 'Twinfield answered the write with something else than a debtor.' };
  } catch (error) {
    return outcomeOf(error);
  }
}

/**
 * A 5xx says nothing about whether it was written, unless it is a fault in words about the data. Refusals of the token,
 * of a right or for too many calls come before anything is done, and are thrown; so is a connection that never was.
 */
function outcomeOf(error: unknown): PushOutcome {
  if (!(error instanceof SourceError)) throw error;
  if (error.kind === 'outcome_unknown') return { outcome: 'unknown', message: error.message };
  if (error.kind === 'contract_changed' && error.status !== null)
    return { outcome: 'rejected', message: plain(error.message), fields: error.fields };
  if (error.kind !== 'source_down' || error.status === null) throw error;
  const text = plain(error.message);
  const isRefusal = error.status === 500 && isBusinessText(text) && !/^answered \d+/i.test(text);
  return isRefusal
    ? { outcome: 'rejected', message: text, fields: [] }
    : { outcome: 'unknown', message: error.message };
}

const plain = (message: string): string => message.replace(/^Twinfield:? /, '');

type Looked = Extract<PushOutcome, { outcome: 'applied' | 'rejected' }>;

/** Whether the write changed more than it should. If that cannot be looked at now, the write stands as it is. */
async function inspect(
  context: ConnectorContext,
  intent: Written,
  { before, names }: { before: XmlElement; names: readonly string[] },
): Promise<Looked> {
  const after = await lookAgain(context, intent);
  const lost = after === null ? [] : lostBetween(before, { after, written: names });
  if (lost.length === 0) return { outcome: 'applied', remoteId: remoteIdOf(intent), ...echoOf(before, after, names) };
  const message = `The ${names.join(', ')} of debtor ${intent.debtorSourceId} was written, but other fields changed with it: ${lost.join(', ')}. Please compare them in Twinfield.`; // prettier-ignore
  return { outcome: 'rejected', message, fields: lost };
}

/** The address for reminders is also what a debtor's e-mail is read from; nothing else that we write is read. */
function echoOf(before: XmlElement, after: XmlElement | null, names: readonly string[]): { readonly echo?: Echo } {
  if (after === null || !names.includes('reminderemail')) return {};
  return { echo: { object: 'debtors', before, after, fields: ['email'] } };
}

async function lookAgain(context: ConnectorContext, intent: Written): Promise<XmlElement | null> {
  try {
    return (await readDimension(context, intent.administration, intent.debtorSourceId)).dimension;
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}

/** Looks for the intent's key in the debtor's comment. A debtor that may not be read is an error, never "not there". */
export async function probe(context: ConnectorContext, intent: WriteIntent): Promise<ProbeOutcome> {
  if (intent.kind !== 'note') return { outcome: 'absent' };
  const { dimension } = await readDimension(context, intent.administration, intent.debtorSourceId);
  if (dimension === null || !hasLine(commentOf(dimension), intent)) return { outcome: 'absent' };
  return { outcome: 'applied', remoteId: remoteIdOf(intent), left: blockIn(commentOf(dimension)) };
}
