import { createInflateRaw } from 'node:zlib';
import { InputError } from '../../../kernel/index.js';
import { LIMITS } from './table.js';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const [STORED, DEFLATED] = [0, 8];

interface Entry {
  readonly method: number;
  readonly packed: Uint8Array;
}

/**
 * Unpacks every part of a ZIP file without keeping any, and refuses when they are more than {@link LIMITS} together:
 * what the file says of its own size may be a lie. Throws {@link InputError}.
 */
export async function weighZip(bytes: Buffer): Promise<void> {
  let left: number = LIMITS.unpackedBytes;
  for (const { method, packed } of entriesOf(bytes)) {
    if (method === STORED) left -= packed.length;
    else if (method === DEFLATED) left = await inflateWithin(packed, left);
    else throw unreadable();
    if (left < 0)
      throw new InputError('file', `at most ${LIMITS.unpackedBytes / 1_000_000} MB unpacked`, 'FILE_TOO_LARGE');
  }
}

function entriesOf(bytes: Buffer): Entry[] {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) throw unreadable();
  const count = bytes.readUInt16LE(end + 10);
  if (count > LIMITS.zipEntries) throw new InputError('file', `at most ${LIMITS.zipEntries} parts`, 'FILE_TOO_LARGE');
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw unreadable();
    entries.push(entryAt(bytes, at));
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function entryAt(bytes: Buffer, at: number): Entry {
  const [method, size, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL_HEADER) throw unreadable();
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (start + size > bytes.length) throw unreadable();
  return { method, packed: bytes.subarray(start, start + size) };
}

/** What is left of `limit` after unpacking; negative as soon as it is more. */
function inflateWithin(packed: Uint8Array, limit: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let left = limit;
    const inflate = createInflateRaw();
    inflate.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) {
        inflate.destroy();
        resolve(left);
      }
    });
    inflate.on('end', () => resolve(left));
    inflate.on('error', () => reject(unreadable()));
    inflate.end(packed);
  });
}

function unreadable(): InputError {
  return new InputError('file', 'a whole .xlsx file; this one is damaged', 'FILE_UNREADABLE');
}
