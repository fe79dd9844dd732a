import {
  SourceError,
  type ConnectorContext,
  type ProbeOutcome,
  type PushOutcome,
  type WriteIntent,
} from '../contract/index.js';
import { processXml } from './client.js';
import { commentOf, dimensionIn, lostBetween, readDimension } from './dimensions.js';
import { isBusinessText } from './errors.js';
import { hasLine, remoteIdOf, toDimensionWrite, withLine, type NoteIntent } from './from-ledger.js';
import { refusalIn } from './soap.js';
import type { XmlElement } from './xml.js';

const NO_DOCUMENTS =
  'Twinfield takes no documents: the file stays here, and the debtor’s comment says that it was sent.';

/** Writes a note. A document is refused without a call, because Twinfield has no place for one. */
export function push(
  context: ConnectorContext,
  intent: WriteIntent,
  known: { readonly remoteId: string } | null,
): Promise<PushOutcome> {
  if (intent.kind === 'document') return Promise.resolve({ outcome: 'rejected', message: NO_DOCUMENTS, fields: [] });
  if (known !== null) return Promise.resolve({ outcome: 'applied', ...known });
  return pushNote(context, intent);
}

/**
 * The comment is read, our line is added, and the whole is written back: there is no lock, so the time between is kept
 * as short as two calls are. Then it is read once more, because Twinfield does not promise what a partial write leaves
 * alone.
 */
async function pushNote(context: ConnectorContext, intent: NoteIntent): Promise<PushOutcome> {
  const { dimension, message } = await readDimension(context, intent.administration, intent.debtorSourceId);
  if (dimension === null) return { outcome: 'rejected', message, fields: ['code'] };
  const comment = commentOf(dimension);
  if (hasLine(comment, intent)) return { outcome: 'applied', remoteId: remoteIdOf(intent) };
  const written = await write(context, intent, toDimensionWrite(intent.administration, dimension, withLine(comment, intent))); // prettier-ignore
  return written.outcome === 'applied' ? inspect(context, intent, dimension) : written;
}

async function write(context: ConnectorContext, intent: NoteIntent, request: string): Promise<PushOutcome> {
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

/** Whether the write changed more than it should. If that cannot be looked at now, the write stands as it is. */
async function inspect(context: ConnectorContext, intent: NoteIntent, before: XmlElement): Promise<PushOutcome> {
  const applied: PushOutcome = { outcome: 'applied', remoteId: remoteIdOf(intent) };
  const after = await lookAgain(context, intent);
  const lost = after === null ? [] : lostBetween(before, after);
  if (lost.length === 0) return applied;
  const message = `The comment of debtor ${intent.debtorSourceId} was written, but other fields changed with it: ${lost.join(', ')}. Please compare them in Twinfield.`; // prettier-ignore
  return { outcome: 'rejected', message, fields: lost };
}

async function lookAgain(context: ConnectorContext, intent: NoteIntent): Promise<XmlElement | null> {
  try {
    return (await readDimension(context, intent.administration, intent.debtorSourceId)).dimension;
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}

/** Looks for the intent's key in the debtor's comment. A debtor that may not be read is an error, never "not there". */
export async function probe(context: ConnectorContext, intent: WriteIntent): Promise<ProbeOutcome> {
  if (intent.kind === 'document') return { outcome: 'absent' };
  const { dimension } = await readDimension(context, intent.administration, intent.debtorSourceId);
  const isThere = dimension !== null && hasLine(commentOf(dimension), intent);
  return isThere ? { outcome: 'applied', remoteId: remoteIdOf(intent) } : { outcome: 'absent' };
}
