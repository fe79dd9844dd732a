import type { WriteIntent } from '../contract/index.js';
import { DEBTOR_TYPE } from './dimensions.js';
import { element, elementAt, textOf, type XmlElement } from './xml.js';

export type NoteIntent = Extract<WriteIntent, { kind: 'note' }>;

const HEAD = '--- Openpost ---';
const FOOT = '--- einde Openpost ---';

/** How long a comment may be is not published. Our part of it stays short: the newest lines that fit. */
const MOST_CHARACTERS = 1_000;
const MOST_SUBJECT = 160;

/** One line of ours: a date, words, and the key of the intent in brackets, so that one key is never found inside another. */
const LINE = String.raw`\d{4}-\d{2}-\d{2} [^\n]*\[[^\]\n]+\]`;
const BLOCK = new RegExp(`(?:^|\\n)${HEAD}(?:\\n${LINE}(?=\\n|$))*(?:\\n${FOOT})?`);

export function markOf(intent: { readonly key: string }): string {
  return `[${intent.key}]`;
}

/** How a note of ours is called. Twinfield gives it no name: it is a line of a comment. */
export function remoteIdOf(intent: { readonly key: string; readonly debtorSourceId: string }): string {
  return `${intent.debtorSourceId}#${intent.key}`;
}

/** Whether the comment holds the intent's line, wherever somebody may have moved it. */
export function hasLine(comment: string, intent: { readonly key: string }): boolean {
  return comment.includes(markOf(intent));
}

/**
 * PURE. The comment with the intent's line on top of our block, which is made at the end when there is none. Everything
 * outside the block stays to the letter; so do lines inside that are not ours, which end it.
 */
export function withLine(comment: string, intent: NoteIntent): string {
  const text = comment.replaceAll('\r\n', '\n');
  const found = BLOCK.exec(text);
  if (found === null) return `${text === '' ? '' : `${text}\n`}${blockOf([lineOf(intent)])}`;
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  const lines = found[0].split('\n').filter((line) => new RegExp(`^${LINE}$`).test(line));
  return `${before}${found[0].startsWith('\n') ? '\n' : ''}${blockOf([lineOf(intent), ...lines])}${after}`;
}

function blockOf(lines: readonly string[]): string {
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    // The newest line is always kept: it is the one being written.
    if (kept.length > 0 && length > MOST_CHARACTERS) break;
    kept.push(line);
  }
  return [HEAD, ...kept, FOOT].join('\n');
}

function lineOf(intent: NoteIntent): string {
  const subject = intent.subject.replaceAll(/\s+/g, ' ').trim();
  const cut = subject.length > MOST_SUBJECT ? `${subject.slice(0, MOST_SUBJECT - 1).trimEnd()}…` : subject;
  return `${intent.date} ${cut} ${markOf(intent)}`;
}

/** Siblings of the comment that are sent back as they were read, so that no default can take their place. */
const KEPT = ['responsibleuser', 'basecreditlimit', 'sendreminder', 'reminderemail'] as const;

/**
 * The write of a comment: office, type, code and name are asked of every write of a dimension; `blocked` and the free
 * texts, which mean something else than they are called, are never sent.
 */
export function toDimensionWrite(office: string, dimension: XmlElement, comment: string): string {
  const own = (...path: readonly string[]): string => textOf(elementAt(dimension, ...path));
  const kept = KEPT.filter((name) => elementAt(dimension, 'creditmanagement', name) !== null).map((name) =>
    element(name, own('creditmanagement', name)),
  );
  const parts = [
    element('office', office),
    element('type', DEBTOR_TYPE),
    element('code', own('code')),
    element('name', own('name')),
    element('creditmanagement', [...kept, element('comment', comment)]),
  ];
  return element('dimensions', [element('dimension', parts)]);
}
