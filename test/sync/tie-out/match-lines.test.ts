import { matchLines, type ListedItem } from '../../../src/sync/tie-out/match-lines.js';

const item = (sourceId: string, invoiceNumber: string | null, open: bigint): ListedItem => ({
  sourceId,
  invoiceNumber,
  open,
});

describe('the lines of a debtor beside the source’s own', () => {
  it.each([
    ['the same ids', [item('a', '1', 100n)], [item('a', '1', 100n)]],
    [
      'ids that the list makes up',
      [item('a', '1', 100n), item('b', '2', 50n)],
      [item('7', '2', 50n), item('8', '1', 100n)],
    ],
    ['an invoice in two terms', [item('a', '1', 60n), item('b', '1', 40n)], [item('7', '1', 40n), item('8', '1', 60n)]],
    ['money without a number', [item('a', 'B12', -30n)], [item('7', null, -30n)]],
    ['nothing at all', [], []],
  ])('are the same with %s', (_name, ours, theirs) => {
    expect(matchLines({ ours, theirs })).toEqual([]);
  });

  it('names the line in which a cent was planted', () => {
    const ours = [item('a', '1', 100n), item('b', '2', 50n)];
    const theirs = [item('7', '2', 50n), item('8', '1', 101n)];
    expect(matchLines({ ours, theirs })).toEqual([{ kind: 'amount-differs', ours: ours[0], theirs: theirs[1] }]);
  });

  it('sees a changed amount under the same id, whatever the number says', () => {
    const [ours, theirs] = [item('a', '1', 100n), item('a', null, 90n)];
    expect(matchLines({ ours: [ours], theirs: [theirs] })).toEqual([{ kind: 'amount-differs', ours, theirs }]);
  });

  it('tells what is missing on which side, the largest first', () => {
    const ours = [item('a', '1', 100n)];
    const theirs = [item('7', '2', -500n), item('8', '3', 7n)];
    expect(matchLines({ ours, theirs })).toEqual([
      { kind: 'missing-here', ours: null, theirs: theirs[0] },
      { kind: 'missing-there', ours: ours[0], theirs: null },
      { kind: 'missing-here', ours: null, theirs: theirs[1] },
    ]);
  });

  it('does not let one line stand for two', () => {
    const theirs = [item('7', '1', 100n), item('8', '1', 100n)];
    expect(matchLines({ ours: [item('a', '1', 100n)], theirs })).toEqual([
      { kind: 'missing-here', ours: null, theirs: theirs[1] },
    ]);
  });
});
