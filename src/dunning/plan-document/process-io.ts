import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { CommandIo } from './plan-command.js';

/** The command's input and output in a real process. */
export const processIo: CommandIo = {
  readFile: (path) => readFile(path, 'utf8'),
  readStdin: () => text(process.stdin),
  out: (written) => void process.stdout.write(written),
  err: (written) => void process.stderr.write(written),
};
