#!/usr/bin/env node
// `npm test`: everything that needs no service of yours. Arguments go to jest, e.g. `npm test -- test/law`.
// `npm run test:full` (`--full`): every suite, with the numbers that are scaled down otherwise at their full size.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const isFull = process.argv.includes('--full');
const given = process.argv.slice(2).filter((argument) => argument !== '--full');
// The slower suites (processes killed on purpose, a real browser) have their own commands; see .ci/run.
const slower = isFull ? [] : ['/test/chaos/', '/test/browser/'];
const suites = given.length > 0 ? given : ['--testPathIgnorePatterns', '/node_modules/', '/dist/', ...slower];
const child = spawn(process.execPath, ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', ...suites], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(isFull && { OPENPOST_FULL_TESTS: '1' }),
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --no-warnings`.trim(),
  },
});
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
