import { readdirSync, readFileSync } from 'node:fs';
import { LINES } from '../architecture/import-table.mjs';
import { tableRows } from './tables.js';

const migrations = readdirSync('migrations')
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(`migrations/${name}`, 'utf8'))
  .join('\n');

/** The values that a check constraint of the schema lets through; the newest migration wins. */
function allowedBy(constraint: string): string[] {
  const found = [...migrations.matchAll(new RegExp(`constraint ${constraint} check \\(\\w+ in\\s*\\(([^)]*)\\)`, 'g'))];
  return [...(found.at(-1)?.[1] ?? '').matchAll(/'([^']+)'/g)].map(([, value]) => value!);
}

const CONSTRAINTS: Readonly<Record<string, string>> = {
  sync: 'sync_state_known',
  run: 'dunning_run_state_known',
  message: 'message_state_known',
  'write-back': 'writeback_state_known',
  connection: 'connection_state_known',
  block: 'block_kind_known',
  task: 'task_state_known',
};

describe('closed sets', () => {
  const states = tableRows('docs/users.md', '## States').slice(1);

  it('are all described', () => {
    expect(states.map(([what]) => what)).toEqual(Object.keys(CONSTRAINTS));
  });

  it.each(Object.entries(CONSTRAINTS))('%s: the page and the schema allow the same', (what, constraint) => {
    const row = states.find(([name]) => name === what);
    const said = [...(row?.[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, value]) => value!);
    expect(said.length).toBeGreaterThan(0);
    expect(said.sort()).toEqual(allowedBy(constraint).sort());
  });

  it('the kinds of failure of a source, with their owners', () => {
    const text = readFileSync('src/connectors/contract/errors.ts', 'utf8');
    const kinds = [...text.matchAll(/^ {2}\| '(\w+)';? \/\/ (.+)$/gm)].map(([, kind, owner]) => [`\`${kind}\``, owner]);
    const said = tableRows('docs/connectors.md', '### Error kinds').filter(([kind]) => kind!.startsWith('`'));
    expect(kinds.length).toBeGreaterThan(10);
    expect(said).toEqual(kinds);
  });

  it('the lines of the import table', () => {
    const page = readFileSync('docs/architecture.md', 'utf8');
    const said = [...page.matchAll(/^L\d {2}(.+)$/gm)].map(([, rooms]) => rooms!.trim().split(/\s+/));
    expect(said).toEqual(LINES);
  });
});
