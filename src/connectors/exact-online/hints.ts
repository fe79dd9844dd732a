import { isRecord, type JsonRecord } from '../../kernel/index.js';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ConnectorSettings, Heard, HintRefusal, HintRequest } from '../contract/index.js';
import { WEBHOOK_SECRET } from './hint-profile.js';
import { readText } from './wire-values.js';

const OPENING = Buffer.from('{"Content":');
const BEFORE_HASH = Buffer.from(',"HashCode":"');
const HASH_LENGTH = 64;
const CLOSING = /^"\s*\}\s*$/;

/**
 * What a POST to our address is. Exact signs the bytes of the Content object, braces included, with the app's webhook
 * secret (which is not its client secret): HMAC-SHA256, upper-case hex. The bytes are cut out as they came, for JSON
 * that was parsed and written again is other bytes. The empty POST by which Exact tries a new address has no signature.
 */
export function hear({ body }: HintRequest, settings: ConnectorSettings): Heard {
  if (body.length === 0) return { outcome: 'validation' };
  const secret = settings.extra[WEBHOOK_SECRET.setting] ?? '';
  if (secret === '') return refused('no-secret');
  const signed = cut(body);
  if (signed === null) return refused('unsigned');
  const expected = createHmac('sha256', secret).update(signed.content).digest();
  if (!timingSafeEqual(expected, signed.hash)) return refused('unsigned');
  return read(signed.content, settings, signed.hash);
}

/** The signed bytes and the signature that came with them; null when the body is not built that way. */
function cut(body: Buffer): { content: Buffer; hash: Buffer } | null {
  if (!body.subarray(0, OPENING.length).equals(OPENING)) return null;
  // The last one: a text inside Content may hold the same words.
  const end = body.lastIndexOf(BEFORE_HASH);
  if (end < OPENING.length) return null;
  const start = end + BEFORE_HASH.length;
  const hex = body.toString('latin1', start, start + HASH_LENGTH);
  if (!/^[0-9A-F]{64}$/.test(hex) || !CLOSING.test(body.toString('latin1', start + HASH_LENGTH))) return null;
  return { content: body.subarray(OPENING.length, end), hash: Buffer.from(hex, 'hex') };
}

function read(content: Buffer, { clientId }: ConnectorSettings, eventKey: Buffer): Heard {
  const fields = parse(content);
  const administration = fields === null ? null : readText(fields, 'Division');
  if (fields === null || administration === null || !/^\d{1,10}$/.test(administration)) return refused('malformed');
  const app = readText(fields, 'ClientId');
  if (app !== null && plain(app) !== plain(clientId)) return refused('foreign-app');
  return { outcome: 'hint', administration, topic: readText(fields, 'Topic') ?? 'unknown', eventKey };
}

function parse(content: Buffer): JsonRecord | null {
  try {
    const value: unknown = JSON.parse(content.toString('utf8'));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** Client ids are written with and without braces, in either case. */
function plain(id: string): string {
  return id.replace(/^\{|\}$/g, '').toLowerCase();
}

function refused(reason: HintRefusal): Heard {
  return { outcome: 'refused', reason };
}
