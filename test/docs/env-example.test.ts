import { readFileSync } from 'node:fs';
import { codeOf, tableRows } from './tables.js';

const source = readFileSync('src/settings/environment.ts', 'utf8');
const example = readFileSync('.env.example', 'utf8');

/** The properties of the class that the environment is read into: one variable each. */
const properties = /^class Environment \{\n([\s\S]*?)^\}/m.exec(source)?.[1] ?? '';
const read = [...properties.matchAll(/\b([A-Z][A-Z0-9_]+)\??(?:: \w+)?(?:;| = )/g)].map(([, name]) => name!).sort();

describe('the variables that operators read about', () => {
  it('are found in the code at all', () => {
    expect(read).toEqual(expect.arrayContaining(['PORT', 'DATABASE_URL', 'LOG_LEVEL', 'CLEARFACTS_CLIENT_SECRET']));
    expect(read.length).toBeGreaterThanOrEqual(22);
  });

  it('stand in .env.example, all of them and no other, commented out and empty', () => {
    const lines = [...example.matchAll(/^# ([A-Z][A-Z0-9_]+)=(.*)$/gm)];
    expect(lines.map(([, name]) => name).sort()).toEqual(read);
    expect(lines.filter(([, , value]) => value !== '')).toEqual([]);
    expect(example.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it('each have a line in .env.example that says what they are', () => {
    const bare = [...example.matchAll(/^(.*)\n# ([A-Z][A-Z0-9_]+)=$/gm)].filter(
      ([, before]) => !/^# .{10,}/.test(before!),
    );
    expect(bare).toEqual([]);
  });

  it('stand in the settings table of docs/operators.md, all of them and no other', () => {
    const named = tableRows('docs/operators.md', '## Settings').flatMap(([first]) => codeOf(first) ?? []);
    expect(named.sort()).toEqual(read);
  });
});
