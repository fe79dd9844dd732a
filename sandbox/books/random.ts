import { createHash, hash } from 'node:crypto';

/** A seeded stream of numbers. The same seed gives the same stream on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  /** Normally distributed (Box-Muller). */
  normal(mean: number, deviation: number): number;
}

/** A stream of its own for every key, so that one debtor's numbers do not move when another is added. */
export function createRandom(key: string): Random {
  const next = sfc32(createHash('sha256').update(key).digest());
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    pick: (items) => items[between(0, items.length - 1)]!,
    normal: (mean, deviation) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/** Chris Doty-Humphrey's sfc32 (public domain): 128 bits of state, quick, good enough for books. */
function sfc32(seed: Buffer): () => number {
  let [a, b, c, d] = [0, 4, 8, 12].map((offset) => seed.readInt32LE(offset)) as [number, number, number, number];
  return () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 4_294_967_296;
  };
}

/**
 * Three lower-case GUIDs out of a key, in the shape of random (version 4) ones. One hash gives all three that a
 * receivable needs (its own, its entry's, its transaction's), so a million receivables cost a million hashes.
 */
export function guidsOf(key: string): readonly [string, string, string] {
  const hex = hash('sha512', key, 'hex');
  return [toGuid(hex, 0), toGuid(hex, 32), toGuid(hex, 64)];
}

function toGuid(hex: string, at: number): string {
  const variant = '89ab'[Number.parseInt(hex[at + 16]!, 16) & 3]!;
  const part = (from: number, to: number): string => hex.slice(at + from, at + to);
  const guid = `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-${variant}${part(17, 20)}-${part(20, 32)}`;
  // A string pieced together keeps all its pieces and the whole hash alive; a copy is 36 bytes. It halves a large book.
  return Buffer.from(guid, 'latin1').toString('latin1');
}
