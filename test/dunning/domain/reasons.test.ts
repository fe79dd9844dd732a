import { readFileSync } from 'node:fs';
import { REASONS } from '../../../src/dunning/domain/index.js';

const page = readFileSync(new URL('../../../docs/planner.md', import.meta.url), 'utf8');

describe('the reasons', () => {
  it('each says in one sentence what it means', () => {
    for (const { text } of Object.values(REASONS)) expect(text).toMatch(/^[A-Z][^.]*\.$/);
  });

  it('are the documented list, no more and no less', () => {
    const rows = Object.entries(REASONS).map(([code, { outcome, text }]) => `| \`${code}\` | ${outcome} | ${text} |`);
    expect(page.split('\n').filter((line) => /^\| `[A-Z_]+` \|/.test(line))).toEqual(rows);
  });
});
