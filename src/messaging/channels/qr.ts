import QRCode from 'qrcode';

/** Pixels across: 128 on screen at four times, 32 mm on paper at 400 dots an inch. */
const WIDTH = 512;
const QUIET_ZONE_MODULES = 4;

/**
 * The payment code as a PNG. Error correction M, as EPC069-12 prescribes; its 331 bytes then fit version 13, the
 * largest the standard allows.
 */
export async function qrPng(epcPayload: string): Promise<Buffer> {
  return QRCode.toBuffer([{ data: Buffer.from(epcPayload, 'utf8'), mode: 'byte' }], {
    type: 'png',
    errorCorrectionLevel: 'M',
    margin: QUIET_ZONE_MODULES,
    width: WIDTH,
  });
}
