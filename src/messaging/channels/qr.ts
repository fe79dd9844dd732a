import { crc32, deflateSync } from 'node:zlib';
import QRCode from 'qrcode';

/** At least this many pixels across: 136 on screen nearly four times, 30 mm on paper at 400 dots an inch. */
const MINIMUM_WIDTH = 480;
const QUIET_ZONE_MODULES = 4;

/**
 * The payment code as a PNG. Error correction M, as EPC069-12 prescribes; its 331 bytes then fit version 13, the
 * largest the standard allows. Written here as one bit per pixel: a run sends hundreds, and a true-colour image of the
 * same size takes a hundred times as long.
 */
export async function qrPng(epcPayload: string): Promise<Buffer> {
  const { modules } = QRCode.create([{ data: Buffer.from(epcPayload, 'utf8'), mode: 'byte' }], {
    errorCorrectionLevel: 'M',
  });
  const across = modules.size + 2 * QUIET_ZONE_MODULES;
  const scale = Math.ceil(MINIMUM_WIDTH / across);
  const isDark = (row: number, column: number) =>
    isInside(row, modules.size) && isInside(column, modules.size) && modules.get(row, column) !== 0;
  const rows: Buffer[] = [];
  for (let row = -QUIET_ZONE_MODULES; row < modules.size + QUIET_ZONE_MODULES; row += 1) {
    const line = scanLine(across, scale, (column) => isDark(row, column - QUIET_ZONE_MODULES));
    for (let copy = 0; copy < scale; copy += 1) rows.push(line);
  }
  return bitImage(across * scale, Buffer.concat(rows));
}

function isInside(index: number, size: number): boolean {
  return index >= 0 && index < size;
}

/** One line of pixels, most significant bit first, 1 = white, after the filter byte 0 ("as is"). */
function scanLine(across: number, scale: number, isDark: (column: number) => boolean): Buffer {
  const line = Buffer.alloc(1 + Math.ceil((across * scale) / 8), 0xff);
  line[0] = 0;
  for (let pixel = 0; pixel < across * scale; pixel += 1) {
    if (isDark(Math.floor(pixel / scale))) line[1 + (pixel >> 3)]! &= ~(0x80 >> (pixel & 7));
  }
  return line;
}

/** A square greyscale PNG of bit depth 1 (ISO/IEC 15948). */
function bitImage(width: number, scanLines: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header[8] = 1;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(scanLines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
