import { WRITING_KINDS, type Declaration, type WritingKind } from '../connectors/contract/index.js';

/** What an administration chooses per kind of write-back; the names of the API. */
export const CHOICE_OF = {
  note: 'note',
  document: 'document',
  task: 'task',
  'dunning-status': 'dunningStatus',
  badge: 'badge',
  standing: 'standing',
  'own-reminders': 'ownReminders',
  'reminder-email': 'reminderEmail',
} as const satisfies Record<WritingKind, string>;

export type WritebackChoice = (typeof CHOICE_OF)[WritingKind];
export type WritebackChoices = Readonly<Record<WritebackChoice, boolean>>;

/** PURE. What a package takes back, by its own declaration. */
export function offeredBy(declaration: Pick<Declaration, 'objects'>): WritebackChoices {
  const offered = new Set<string>(operationsOf(declaration).map(({ operation }) => operation));
  return choicesWhere((kind) => offered.has(kind));
}

/** PURE. What a new administration starts with: everything that is offered and shows up in nobody else's work. */
export function defaultsOf(declaration: Pick<Declaration, 'objects'>): WritebackChoices {
  const operations = operationsOf(declaration);
  return choicesWhere((kind) => operations.some(({ operation, optIn }) => operation === kind && optIn !== true));
}

/** PURE. Stored choices in full; what was never chosen is off. */
export function inFull(stored: Partial<Record<string, unknown>>): WritebackChoices {
  return choicesWhere((kind) => stored[CHOICE_OF[kind]] === true);
}

function operationsOf({ objects }: Pick<Declaration, 'objects'>): Declaration['objects'][number]['writeOperations'] {
  return objects.flatMap((row) => row.writeOperations);
}

function choicesWhere(test: (kind: WritingKind) => boolean): WritebackChoices {
  return Object.fromEntries(WRITING_KINDS.map((kind) => [CHOICE_OF[kind], test(kind)])) as Record<WritebackChoice, boolean>; // prettier-ignore
}
