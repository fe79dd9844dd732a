import { applyBookCommand, type BookCommand } from '../books/index.js';
import { businessDateIn, type Clock } from '../../src/kernel/index.js';
import { ACCOUNT_FIELDS } from './fields/index.js';
import { DELETED_ENTITY, recordDeletion } from './resources/index.js';
import { putDebtor, putReceivable, type DivisionStore } from './store/index.js';
import { derivedGuid } from './wire/values.js';
import { toWallMs } from './wire/wall-time.js';

/** What this stand-in's books door takes besides the commands of the neutral books. */
export type LedgerCommand =
  | BookCommand
  /** A person edits a note in the ledger. */
  | { kind: 'edit-note'; note: string; text: string }
  /** A person edits fields of an account that the neutral books do not know, e.g. `{"Remarks": "…"}`. */
  | { kind: 'edit-account'; debtor: string; fields: Record<string, string | null> }
  /** The division moves to another database: every row version is made anew and `DivisionMoveDate` changes. */
  | { kind: 'move-division' }
  /** Exact forgets the division's subscriptions to webhooks, as it may without a word. */
  | { kind: 'forget-subscriptions' }
  /** The booking is edited: the term gets a new ID and EntryID and the old one is deleted; `TransactionID` stays. */
  | { kind: 'regenerate'; receivable: string };

/** Ids that a command changed or deleted, to show to whoever gave it. */
export interface CommandResult {
  readonly division: number;
  readonly changed: readonly string[];
  readonly deleted: readonly string[];
}

/** Plays a command on a division and moves row versions and the deletion log along. Throws what is wrong with it. */
export function playCommand(division: DivisionStore, command: LedgerCommand, clock: Clock): CommandResult {
  const now = clock.now().getTime();
  if (command.kind === 'edit-note') return editNote(division, command, now);
  if (command.kind === 'edit-account') return editAccount(division, command, now);
  if (command.kind === 'move-division') return moveDivision(division, now);
  if (command.kind === 'forget-subscriptions') return forgetSubscriptions(division);
  if (command.kind === 'regenerate') return regenerate(division, command.receivable, now);
  const change = applyBookCommand(division.book, command, businessDateIn(clock.now(), 'Europe/Amsterdam'));
  for (const id of change.debtors) {
    const debtor = division.book.debtors.find((each) => each.id === id);
    if (debtor !== undefined) putDebtor(division, debtor, now);
  }
  for (const id of change.receivables) {
    const receivable = division.book.receivables.find((each) => each.id === id);
    if (receivable !== undefined) putReceivable(division, receivable, now);
  }
  for (const id of change.deletedReceivables) deleteTerm(division, id, now);
  for (const id of change.deletedDebtors) {
    division.accounts.delete(id);
    recordDeletion({ division, now }, DELETED_ENTITY.account, id);
  }
  return {
    division: division.head.code,
    changed: [...change.debtors, ...change.receivables],
    deleted: [...change.deletedDebtors, ...change.deletedReceivables],
  };
}

function deleteTerm(division: DivisionStore, id: string, now: number): void {
  division.terms.delete(id);
  recordDeletion({ division, now }, DELETED_ENTITY.paymentTerm, id);
}

function editNote(division: DivisionStore, command: { note: string; text: string }, now: number): CommandResult {
  const row = division.notes.get(command.note);
  if (row === undefined) throw new Error(`no note ${command.note}`);
  const { record } = row;
  division.notes.put(row.key, { ...record, fields: { ...record.fields, Notes: command.text } }, { now });
  return { division: division.head.code, changed: [row.key], deleted: [] };
}

function editAccount(
  division: DivisionStore,
  command: { debtor: string; fields: Record<string, string | null> },
  now: number,
): CommandResult {
  const row = division.accounts.get(command.debtor);
  if (row === undefined) throw new Error(`no account ${command.debtor}`);
  const names = Object.keys(command.fields ?? {});
  const unknown = names.find((name) => !Object.hasOwn(ACCOUNT_FIELDS, name));
  if (names.length === 0 || unknown !== undefined)
    throw new Error(`fields holds fields of an account, got ${unknown ?? 'none'}`);
  division.accounts.put(row.key, { ...row.record, written: { ...row.record.written, ...command.fields } }, { now });
  return { division: division.head.code, changed: [row.key], deleted: [] };
}

function moveDivision(division: DivisionStore, now: number): CommandResult {
  for (const table of Object.values(division.tables)) table.renumber();
  division.changeHead({ ...division.head, movedAt: toWallMs(now) });
  return { division: division.head.code, changed: [], deleted: [] };
}

function forgetSubscriptions(division: DivisionStore): CommandResult {
  const deleted = [...division.subscriptions.values()].map(({ key }) => key);
  for (const key of deleted) division.subscriptions.delete(key);
  return { division: division.head.code, changed: [], deleted };
}

function regenerate(division: DivisionStore, reference: string, now: number): CommandResult {
  const receivable = division.book.receivables.find(
    ({ id, invoiceNumber, yourRef }) =>
      id === reference || String(invoiceNumber) === reference || yourRef === reference,
  );
  if (receivable === undefined) throw new Error(`no receivable ${reference}`);
  const old = receivable.id;
  receivable.id = derivedGuid(old, `again ${now}`);
  deleteTerm(division, old, now);
  putReceivable(division, receivable, now);
  return { division: division.head.code, changed: [receivable.id], deleted: [old] };
}
