#!/usr/bin/env node
// `npm run new-connector NAME`: a connector that works from its first minute, with a stand-in to talk to and its contract
// test, for the author to replace piece by piece. Everything is worked out first: a refusal writes nothing.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { readNames, Refusal } from './new-connector/names.mjs';
import { registrations } from './new-connector/registrations.mjs';

const home = dirname(fileURLToPath(import.meta.url));
const templates = join(home, 'new-connector', 'templates');
const root = join(home, '..');

const ROOMS = [
  { from: 'connector', to: (names) => join('src', 'connectors', names.kebab) },
  { from: 'stand-in', to: (names) => join('sandbox', names.kebab) },
];

/** Every file of the new connector: its path below the root, and its text. */
function newFiles(names) {
  const files = ROOMS.flatMap(({ from, to }) =>
    readdirSync(join(templates, from)).map((name) => ({
      path: join(to(names), name.replace(/\.txt$/, '')),
      text: fill(readFileSync(join(templates, from, name), 'utf8'), names),
    })),
  );
  const contract = fill(readFileSync(join(templates, 'test', 'contract.test.ts.txt'), 'utf8'), names);
  return [...files, { path: join('test', 'contract', `${names.kebab}.test.ts`), text: contract }];
}

function fill(text, names) {
  return text
    .replaceAll('sample-ledger', names.kebab)
    .replaceAll('SampleLedger', names.pascal)
    .replaceAll('Sample Ledger', names.title);
}

function changedFiles(names) {
  return registrations(names).map(({ path, change }) => {
    const before = readFileSync(join(root, path), 'utf8');
    const text = change(before);
    if (text === null || text === before) throw new Refusal(`${path} has changed shape: its list was not found`);
    return { path, text };
  });
}

/** Line breaks depend on how long the name is. */
async function formatted(file) {
  if (!file.path.endsWith('.ts')) return file;
  const options = JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8'));
  return { ...file, text: await format(file.text, { ...options, parser: 'typescript' }) };
}

async function main([name, ...rest]) {
  if (rest.length > 0) throw new Refusal(`one name, got ${rest.length + 1}`);
  const names = readNames(name);
  const added = newFiles(names);
  const taken = [...ROOMS.map(({ to }) => to(names)), ...added.map(({ path }) => path)].find((path) =>
    existsSync(join(root, path)),
  );
  if (taken !== undefined) throw new Refusal(`"${names.kebab}" is taken: ${taken} is there already`);
  const files = await Promise.all([...added, ...changedFiles(names)].map(formatted));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  console.log(`${names.title}: ${added.length} files made, ${files.length - added.length} changed.

  npm test -- test/contract/${names.kebab}     the contract suite, which passes now
  npx openpost connector check ${names.kebab}  the declaration
  npx openpost sandbox ${names.kebab}          its stand-in, to record a conversation with

docs/connectors.md goes on from here, piece by piece.`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`new-connector: ${error.message}. Nothing was written.`);
  process.exitCode = 2;
}
