import { editBlock, type BlockEdit, type StateIntent, type WriteIntent } from '../contract/index.js';
import { DEBTOR_TYPE } from './dimensions.js';
import { element, elementAt, textOf, type XmlElement } from './xml.js';

export type NoteIntent = Extract<WriteIntent, { kind: 'note' }>;
export type StandingIntent = Extract<StateIntent, { kind: 'standing' }>;
export type FieldIntent = Extract<StateIntent, { kind: 'own-reminders' | 'reminder-email' }>;

const MOST_SUBJECT = 160;

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

/** PURE. The comment with the intent's line on top of our block. */
export function withLine(comment: string, intent: NoteIntent): string {
  const edited = editBlock(comment, { note: lineOf(intent) });
  return edited.outcome === 'edited' ? edited.field : comment;
}

/** PURE. What a note or a standing does to our block of the comment. */
export function toBlockEdit(intent: NoteIntent | StandingIntent): BlockEdit {
  return intent.kind === 'note' ? { note: lineOf(intent) } : { standing: intent.text };
}

function lineOf(intent: NoteIntent): string {
  const subject = intent.subject.replaceAll(/\s+/g, ' ').trim();
  const cut = subject.length > MOST_SUBJECT ? `${subject.slice(0, MOST_SUBJECT - 1).trimEnd()}…` : subject;
  return `${intent.date} ${cut} ${markOf(intent)}`;
}

/** What may be written of a debtor's credit management. */
export interface CreditChanges {
  readonly sendreminder?: string;
  readonly reminderemail?: string;
  readonly comment?: string;
}

/** Sent with every write as they were read, so that no default can take their place. */
const KEPT = ['responsibleuser', 'basecreditlimit', 'sendreminder', 'reminderemail', 'comment'] as const;

/**
 * The write of some of the credit management: office, type, code and name are asked of every write of a dimension;
 * `blocked` and the free texts, which mean something else than they are called, are never sent.
 */
export function toDimensionWrite(office: string, dimension: XmlElement, changes: CreditChanges): string {
  const own = (...path: readonly string[]): string => textOf(elementAt(dimension, ...path));
  const given: Readonly<Record<string, string | undefined>> = { ...changes };
  const sent = KEPT.filter((name) => given[name] !== undefined || elementAt(dimension, 'creditmanagement', name) !== null); // prettier-ignore
  const parts = [
    element('office', office),
    element('type', DEBTOR_TYPE),
    element('code', own('code')),
    element('name', own('name')),
    element(
      'creditmanagement',
      sent.map((name) => element(name, given[name] ?? own('creditmanagement', name))),
    ),
  ];
  return element('dimensions', [element('dimension', parts)]);
}
