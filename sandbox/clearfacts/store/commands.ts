import { businessDateIn } from '../../../src/kernel/index.js';
import { applyBookCommand, type BookCommand } from '../../books/index.js';
import type { AdministrationStore } from './administration-store.js';
import type { DocumentRecord } from './records.js';

/** What this stand-in's books door takes besides the commands of the neutral books. */
export type ClearFactsCommand =
  | BookCommand
  /** The accountant marks an uploaded document, e.g. as PAID. */
  | { kind: 'mark-document'; document: string; paymentState: string }
  /** A person edits a note. */
  | { kind: 'edit-note'; note: string; text: string }
  /** The accountant makes an archive category (a list `various` or `permanent`), or takes one away. */
  | { kind: 'archive-category'; name: string; list?: 'various' | 'permanent'; remove?: boolean }
  /** Shown now, with the moment of change of so many seconds ago. */
  | { kind: 'late'; seconds: number; command: BookCommand };

interface Stage {
  readonly store: AdministrationStore;
  readonly documents: Map<string, DocumentRecord>;
  readonly now: number;
}

/** Plays a command and moves the moments of change along. Throws what is wrong with it. */
export function playCommand(stage: Stage, command: ClearFactsCommand): unknown {
  if (command.kind === 'mark-document') return markDocument(stage, command);
  if (command.kind === 'edit-note') return editNote(stage, command);
  if (command.kind === 'archive-category') return changeArchive(stage, command);
  if (command.kind !== 'late') return playBook(stage, command, { now: stage.now, late: false });
  return playBook(stage, command.command, { now: stage.now - 1_000 * command.seconds, late: true });
}

function playBook({ store }: Stage, command: BookCommand, { now, late }: { now: number; late: boolean }): unknown {
  const before = { debtors: store.book.debtors, receivables: store.book.receivables };
  const change = applyBookCommand(store.book, command, businessDateIn(new Date(now), 'Europe/Brussels'));
  const changed = new Set([...change.debtors, ...change.receivables]);
  const gone = new Set([...change.deletedDebtors, ...change.deletedReceivables]);
  for (const debtor of store.book.debtors) if (changed.has(debtor.id)) store.putCustomer(debtor, now, { late });
  for (const receivable of store.book.receivables)
    if (changed.has(receivable.id)) store.putInvoice(receivable, now, { late });
  for (const debtor of before.debtors) if (gone.has(debtor.id)) store.putCustomer(debtor, now, { deleted: true, late });
  for (const receivable of before.receivables)
    if (gone.has(receivable.id)) store.putInvoice(receivable, now, { deleted: true, late });
  return { administration: store.companyNumber, changed: [...changed], deleted: [...gone] };
}

function markDocument({ documents }: Stage, command: { document: string; paymentState: string }): unknown {
  const document = documents.get(command.document);
  if (document === undefined) throw new Error(`no document ${command.document}`);
  documents.set(document.uuid, { ...document, paymentState: command.paymentState });
  return { changed: [document.uuid], deleted: [] };
}

function editNote({ store }: Stage, command: { note: string; text: string }): unknown {
  const note = [...store.notes.values()].find(({ id }) => id === command.note);
  if (note === undefined) throw new Error(`no note ${command.note}`);
  store.notes.set(note.externalKey, { ...note, text: command.text });
  return { changed: [note.id], deleted: [] };
}

function changeArchive(
  { store }: Stage,
  { name, list = 'various', remove = false }: { name: string; list?: 'various' | 'permanent'; remove?: boolean },
): unknown {
  const others = store.archive[list].filter((category) => category.name !== name);
  const id = String(100 + others.length);
  store.archive = { ...store.archive, [list]: remove ? others : [...others, { id, name }] };
  return { changed: [name], deleted: [] };
}
