/** One part of a `multipart/form-data` body. */
export interface Part {
  readonly name: string;
  readonly fileName: string | null;
  readonly data: Buffer;
}

/** Reads a `multipart/form-data` body; null when it is not one (no boundary, or cut short). */
export function parseMultipart(body: Buffer, contentType: string): readonly Part[] | null {
  const match = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return null;
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let at = body.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length;
    if (body.subarray(start, start + 2).toString() === '--') return parts;
    const end = body.indexOf(Buffer.concat([Buffer.from('\r\n'), mark]), start);
    if (end < 0) return null;
    const part = parsePart(body.subarray(start + 2, end));
    if (part !== null) parts.push(part);
    at = end + 2;
  }
  return null;
}

function parsePart(raw: Buffer): Part | null {
  const cut = raw.indexOf('\r\n\r\n');
  if (cut < 0) return null;
  const head = raw.subarray(0, cut).toString('utf8');
  const name = /;\s*name="([^"]*)"/i.exec(head)?.[1];
  const fileName = /;\s*filename="([^"]*)"/i.exec(head)?.[1] ?? null;
  return name === undefined ? null : { name, fileName, data: raw.subarray(cut + 4) };
}
