import { transform } from '@swc/core';
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';

// `node --import ./test/sandbox/typescript-loader.mjs` runs the sources in a process of their own, without a build:
// for tests that send signals. The thread that loads modules gets the two hooks below from this same file.
if (!import.meta.url.endsWith('?hooks')) register(`${import.meta.url}?hooks`);

const OPTIONS = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2023',
  },
  module: { type: 'es6' },
};

/** A relative `.js` that is not there is the `.ts` of the same name. */
export async function resolve(specifier, context, next) {
  const ours = /^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL?.endsWith('.ts');
  return next(ours ? specifier.replace(/\.js$/, '.ts') : specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const path = fileURLToPath(url);
  const { code } = await transform(await readFile(path, 'utf8'), { ...OPTIONS, filename: path, sourceMaps: 'inline' });
  return { format: 'module', source: code, shortCircuit: true };
}
