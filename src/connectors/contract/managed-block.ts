import { createHash } from 'node:crypto';
import { NEW_PART, type ManagedPart } from './intents.js';

const HEAD = '--- Openpost ---';
const FOOT = '--- einde Openpost ---';

/** How long a free text may be is rarely published. Our part of it stays short: the newest lines that fit. */
const MOST_CHARACTERS = 1_000;

/** A note of ours: a date, words, and the key of the intent in brackets, so that one key is never found inside another. */
const NOTE = /^\d{4}-\d{2}-\d{2} [^\n]*\[[^\]\n]+\]$/;
const STANDING = /^> ([^\n]*) \[#([0-9a-f]{8})\]$/;

/** One change to our block: a note on top of the others, or the line that says how things stand (null: none). */
export type BlockEdit = { readonly note: string } | { readonly standing: string | null };

export type EditedBlock =
  | { readonly outcome: 'edited'; readonly field: string; readonly left: string }
  | { readonly outcome: 'conflict'; readonly ours: string; readonly theirs: string; readonly before: string | null };

/**
 * PURE. The field with our block changed. The block is made at the end when there is none; everything outside it stays
 * to the letter, and so do lines inside that are not ours, which end it. A block that is not as we left it is a conflict
 * unless a person has seen it like that.
 */
export function editBlock(field: string, edit: BlockEdit, part: ManagedPart = NEW_PART): EditedBlock {
  const text = unixLines(field);
  const theirs = blockIn(text);
  const { left, seen } = part;
  const isChanged = left !== null && theirs !== left && theirs !== seen;
  const base = left !== null && (isChanged || part.restore) ? withBlock(text, left) : text;
  const edited = apply(base, edit);
  const ours = blockIn(edited);
  if (isChanged && theirs !== ours) return { outcome: 'conflict', ours, theirs, before: left };
  return { outcome: 'edited', field: edited, left: ours };
}

/** PURE. Our block from its first line to its last, with whatever anybody wrote in between; '' when there is none. */
export function blockIn(field: string): string {
  const lines = unixLines(field).split('\n');
  const start = lines.indexOf(HEAD);
  return start < 0 ? '' : lines.slice(start, endOf(lines, start)).join('\n');
}

/** PURE. The standing line of these words. The mark is made from the words: an edited line is no longer ours. */
export function standingLine(words: string): string {
  return `> ${words} [#${markOf(words)}]`;
}

function apply(text: string, edit: BlockEdit): string {
  const lines = text.split('\n');
  const start = lines.indexOf(HEAD);
  const own = start < 0 ? [] : ownLines(lines, start);
  const notes = own.filter((line) => NOTE.test(line));
  const standing = own.filter(isStanding);
  const block = 'note' in edit ? blockOf(standing, [oneLine(edit.note), ...notes]) : blockOf(edit.standing === null ? [] : [standingLine(oneLine(edit.standing))], notes); // prettier-ignore
  if (start < 0) return block.length === 0 ? text : [...(text === '' ? [] : [text]), ...block].join('\n');
  const after = start + 1 + own.length;
  const end = lines[after] === FOOT ? after + 1 : after;
  return [...lines.slice(0, start), ...block, ...lines.slice(end)].join('\n');
}

/** The lines after the head that are ours, up to the first that is not. */
function ownLines(lines: readonly string[], start: number): readonly string[] {
  const rest = lines.slice(start + 1);
  const foreign = rest.findIndex((line) => !NOTE.test(line) && !isStanding(line));
  return foreign < 0 ? rest : rest.slice(0, foreign);
}

function endOf(lines: readonly string[], start: number): number {
  const foot = lines.indexOf(FOOT, start);
  return foot < 0 ? start + 1 + ownLines(lines, start).length : foot + 1;
}

function withBlock(text: string, block: string): string {
  const lines = text.split('\n');
  const start = lines.indexOf(HEAD);
  const wanted = block === '' ? [] : block.split('\n');
  if (start < 0) return [...(text === '' ? [] : [text]), ...wanted].join('\n');
  return [...lines.slice(0, start), ...wanted, ...lines.slice(endOf(lines, start))].join('\n');
}

/** Nothing to say is no block. The newest note is always kept: it is the one being written. */
function blockOf(standing: readonly string[], notes: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let length = 0;
  for (const line of notes) {
    length += line.length + 1;
    if (kept.length > 0 && length > MOST_CHARACTERS) break;
    kept.push(line);
  }
  return standing.length + kept.length === 0 ? [] : [HEAD, ...standing, ...kept, FOOT];
}

function isStanding(line: string): boolean {
  const [, words = '', mark] = STANDING.exec(line) ?? [];
  return mark !== undefined && mark === markOf(words);
}

function markOf(words: string): string {
  return createHash('sha256').update(words).digest('hex').slice(0, 8);
}

/** One line, without the characters that XML and databases have no place for. */
const oneLine = (words: string): string => words.replaceAll(NOT_TEXT, '').replaceAll(/\s+/g, ' ').trim();
// oxlint-disable-next-line no-control-regex -- these are what is taken out
const NOT_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const unixLines = (text: string): string => text.replaceAll('\r\n', '\n');
