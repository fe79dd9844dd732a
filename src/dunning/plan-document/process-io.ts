import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Writable } from 'node:stream';
import type { CommandIo } from './command-io.js';

/** The command's input and output in a real process. */
export const processIo: CommandIo = {
  readFile: (path) => readFile(path, 'utf8'),
  readStdin: () => text(process.stdin),
  out: (written) => write(process.stdout, written),
  err: (written) => write(process.stderr, written),
};

function write(stream: Writable, written: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(written, (error) => (error ? reject(error) : resolve()));
  });
}
