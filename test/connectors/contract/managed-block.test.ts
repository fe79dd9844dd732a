import * as fc from 'fast-check';
import {
  blockIn,
  editBlock,
  NEW_PART,
  standingLine,
  type ManagedPart,
} from '../../../src/connectors/contract/index.js';

const block = (...lines: string[]) => ['--- Openpost ---', ...lines, '--- einde Openpost ---'].join('\n');
const NOTE = '2026-11-20 Eerste herinnering [op:1]';
const edited = (field: string, edit: Parameters<typeof editBlock>[1], part: ManagedPart = NEW_PART): string => {
  const outcome = editBlock(field, edit, part);
  if (outcome.outcome !== 'edited') throw new Error(`a conflict: ${JSON.stringify(outcome)}`);
  expect(outcome.left).toBe(blockIn(outcome.field));
  return outcome.field;
};

describe('our block in a field of free text', () => {
  it.each<[string, string, string | null, string]>([
    ['nothing yet', '', 'Niveau 1', block(standingLine('Niveau 1'))],
    ['words of others', 'Jan belt.', 'Niveau 1', `Jan belt.\n${block(standingLine('Niveau 1'))}`],
    ['notes of ours', block(NOTE), 'Niveau 1', block(standingLine('Niveau 1'), NOTE)],
    ['another standing', `a\n${block(standingLine('Niveau 1'), NOTE)}\nb`, 'Niveau 2', `a\n${block(standingLine('Niveau 2'), NOTE)}\nb`], // prettier-ignore
    ['a standing that ends', `a\n${block(standingLine('Niveau 1'))}\nb`, null, 'a\nb'],
    ['a standing that ends, beside notes', block(standingLine('Niveau 1'), NOTE), null, block(NOTE)],
    ['nothing to take out', 'Jan belt.', null, 'Jan belt.'],
  ])('a standing goes into %s', (_name, before, words, after) => {
    expect(edited(before, { standing: words })).toBe(after);
  });

  it('a standing that somebody edited is theirs, and stays beside the next', () => {
    const theirs = block(standingLine('Niveau 1').replace('Niveau 1', 'Niveau 1, Jan belt'), NOTE);
    const after = edited(theirs, { standing: 'Niveau 2' }, { ...NEW_PART, left: theirs });
    expect(after).toContain('> Niveau 1, Jan belt [');
    expect(after).toContain(NOTE);
    expect(after.startsWith(block(standingLine('Niveau 2')))).toBe(true);
  });

  it('a block that is not as we left it is a conflict, until a person has seen it', () => {
    const left = block(NOTE);
    const theirs = block(NOTE, 'Jan: klopt niet');
    const note = { note: '2026-11-21 Aanmaning [op:2]' };
    const ours = block('2026-11-21 Aanmaning [op:2]', NOTE);
    const part = { ...NEW_PART, left };
    expect(editBlock(`x\n${theirs}`, note, part)).toEqual({ outcome: 'conflict', ours, theirs, before: left });
    expect(edited(`x\n${theirs}`, note, { ...part, seen: theirs, restore: true })).toBe(`x\n${ours}`);
    expect(editBlock(`x\n${theirs}!`, note, { ...part, seen: theirs, restore: true }).outcome).toBe('conflict');
    expect(editBlock('x', note, part)).toEqual({ outcome: 'conflict', ours, theirs: '', before: left });
    expect(edited('x', note, { ...part, seen: '', restore: true })).toBe(`x\n${ours}`);
  });

  it('what others write around it is no conflict, and line ends of Windows are none either', () => {
    const left = block(NOTE);
    const part = { ...NEW_PART, left };
    expect(editBlock(`voor\r\n${left.replaceAll('\n', '\r\n')}\r\nna`, { standing: 'Niveau 1' }, part).outcome).toBe('edited'); // prettier-ignore
  });

  it('an answer that was lost is no conflict: what we were about to write may stand there already', () => {
    const left = block(standingLine('Niveau 1'));
    const after = edited(left, { standing: 'Niveau 2' }, { ...NEW_PART, left });
    expect(edited(after, { standing: 'Niveau 2' }, { ...NEW_PART, left })).toBe(after);
  });

  it('never changes a letter of what stands outside it, whatever is written in whatever order', () => {
    const words = fc.string({ unit: 'grapheme-ascii' }).filter((text) => !text.includes('\r') && !text.includes('Openpost')); // prettier-ignore
    const edit = fc.oneof(
      words.map((text) => ({ note: `2026-11-20 ${text.replaceAll(/[^\w ]/g, '')} [op:9]` })),
      fc.option(words, { nil: null }).map((standing) => ({ standing })),
    );
    fc.assert(
      fc.property(words, words, fc.array(edit, { minLength: 1, maxLength: 8 }), (before, after, edits) => {
        const start = `${before}\n${block(NOTE)}\n${after}`;
        let [field, left] = [start, blockIn(start)];
        for (const each of edits) {
          field = edited(field, each, { ...NEW_PART, left });
          left = blockIn(field);
        }
        expect(field).toBe(`${before}\n${left}\n${after}`);
      }),
    );
  });
});
