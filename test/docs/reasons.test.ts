import { REASONS } from '../../src/dunning/domain/index.js';
import { OUTCOMES } from '../../src/dunning/runs/outcomes.js';
import { codeOf, tableRows } from './tables.js';

/** Rows whose first cell is one code: [code, …the other cells]. */
const coded = (page: string, heading: string): string[][] =>
  tableRows(page, heading).flatMap(([first, ...rest]) => {
    const code = codeOf(first);
    return code === null ? [] : [[code, ...rest]];
  });

const reasons = Object.entries(REASONS).map(([code, { outcome, text }]) => [code, outcome, text]);

describe('the reasons that people read about', () => {
  it.each([
    ['docs/users.md', '### Why a receivable steps or waits'],
    ['docs/planner.md', '## The answer'],
  ])('are those of the planner, word for word: %s', (page, heading) => {
    expect(coded(page, heading)).toEqual(reasons);
  });

  it('and so are the outcomes of approved receivables', () => {
    expect(coded('docs/users.md', '### What became of an approved receivable')).toEqual(Object.entries(OUTCOMES));
  });
});
