import { applyBookCommand, type BookChange, type BookCommand, type BookReceivable } from '../books/index.js';
import { businessDateIn, type Clock } from '../../src/kernel/index.js';
import { setElement } from './customers/written.js';
import {
  bookReceivable,
  deleteBooking,
  matchCreditNote,
  matchMoney,
  undoMoney,
  type OfficeStore,
} from './office/index.js';

type AddInvoice = Extract<BookCommand, { kind: 'add-invoice' }>;

/** What this stand-in's books door takes besides the commands of the neutral books. */
export type TwinfieldCommand =
  | Exclude<BookCommand, AddInvoice>
  /** `provisional` books it as such: only such a booking can be deleted by a client. */
  | (AddInvoice & { provisional?: boolean })
  /** A person edits a field of a customer, e.g. `{"creditmanagement/comment": "…"}`. */
  | { kind: 'edit-customer'; debtor: string; elements: Record<string, string> }
  /** An invoice is taken up in a proposal to collect, or (`proposed` false) out of it again. */
  | { kind: 'propose'; receivable: string; proposed?: boolean }
  /** A small difference is written off while matching (daybook AFLETTEREN). */
  | { kind: 'write-off'; receivable: string; amount: string; on?: string }
  /** Shown now, with the time of change of so many seconds ago: Twinfield had not finished it before. */
  | { kind: 'late'; seconds: number; command: PlayedCommand };

/** Who does by hand what comes through this door. */
const BOOKKEEPER = 'BOEKHOUDER';

/** Ids that a command changed or deleted, to show to whoever gave it. */
export interface CommandResult {
  readonly office: string;
  readonly changed: readonly string[];
  readonly deleted: readonly string[];
}

/** Plays a command on an office and moves stamps, payments and the list of deletions along. Throws what is wrong with it. */
export function playCommand(office: OfficeStore, command: TwinfieldCommand, clock: Clock): CommandResult {
  if (command.kind !== 'late') return play(office, command, clock.now());
  return play(office, command.command, new Date(clock.now().getTime() - 1_000 * command.seconds));
}

type PlayedCommand = Exclude<TwinfieldCommand, { kind: 'late' }>;

function play(office: OfficeStore, command: PlayedCommand, now: Date): CommandResult {
  if (command.kind === 'edit-customer') return editCustomer(office, command, now.getTime());
  if (command.kind === 'propose') return propose(office, command, now.getTime());
  const before = new Map(office.book.receivables.map((each) => [each.id, { ...each }]));
  const today = businessDateIn(now, 'Europe/Amsterdam');
  const change = applyBookCommand(office.book, toNeutral(command), today);
  const moment = { before, today, now: now.getTime(), command };
  for (const id of change.debtors) touchCustomer(office, id, moment.now);
  for (const id of change.receivables) moveReceivable(office, id, { ...moment, change });
  for (const id of change.deletedReceivables)
    deleteBooking(office, id, { reason: 'Verwijderd', user: BOOKKEEPER, now: moment.now });
  for (const id of change.deletedDebtors) {
    const customer = office.customers.get(id);
    if (customer !== undefined) office.customers.put(id, { ...customer, status: 'deleted', modified: moment.now });
  }
  return {
    office: office.head.code,
    changed: [...change.debtors, ...change.receivables],
    deleted: [...change.deletedDebtors, ...change.deletedReceivables],
  };
}

/** To the neutral books a write-off is a payment, and a provisional invoice is an invoice. */
function toNeutral(command: Exclude<PlayedCommand, { kind: 'edit-customer' | 'propose' }>): BookCommand {
  if (command.kind === 'write-off') return { ...command, kind: 'part-pay' };
  if (command.kind !== 'add-invoice') return command;
  const { provisional: _provisional, ...neutral } = command;
  return neutral;
}

interface Moment {
  readonly before: ReadonlyMap<string, BookReceivable>;
  readonly today: string;
  readonly now: number;
  readonly command: PlayedCommand;
  readonly change: BookChange;
}

function touchCustomer(office: OfficeStore, id: string, now: number): void {
  const customer = office.customers.get(id);
  if (customer !== undefined) office.customers.put(id, { ...customer, touched: customer.touched + 1, modified: now });
}

/** What happened to a receivable is read off its amounts before and after. */
function moveReceivable(office: OfficeStore, id: string, moment: Moment): void {
  const { command, now, before, today } = moment;
  const receivable = office.book.receivables.find((each) => each.id === id);
  if (receivable === undefined) return;
  const booking = office.bookings.get(id);
  const old = before.get(id);
  if (booking === undefined || old === undefined) {
    const provisional = command.kind === 'add-invoice' && command.provisional === true;
    bookReceivable(office, receivable, { at: now, status: provisional ? 'temporary' : 'final' });
    return;
  }
  office.bookings.put(id, { ...booking, modified: now });
  if (command.kind === 'unmatch') return undoMoney(office, id, { reason: 'Storno', user: BOOKKEEPER, now });
  const amountMinor = old.openMinor - receivable.openMinor;
  if (amountMinor === 0) return;
  const date = ('on' in command ? command.on : undefined) ?? today;
  const creditNoteId = moment.change.receivables.find((each) => each !== id);
  if (command.kind === 'credit' && creditNoteId !== undefined)
    matchCreditNote(office, receivable, { amountMinor, date, at: now, creditNoteId });
  else matchMoney(office, receivable, { amountMinor, date, at: now, writtenOff: command.kind === 'write-off' });
}

function editCustomer(
  office: OfficeStore,
  command: { debtor: string; elements: Record<string, string> },
  now: number,
): CommandResult {
  const customer = office.customers.get(command.debtor) ?? office.customerByCode(command.debtor.padStart(6, '0'));
  if (customer === undefined) throw new Error(`no customer ${command.debtor}`);
  const entries = Object.entries(command.elements ?? {});
  if (entries.length === 0) throw new Error('elements holds at least one element to change');
  const changed = entries.reduce((each, [path, text]) => setElement(office, each, { path, text }), customer);
  office.customers.put(customer.debtor.id, { ...changed, touched: customer.touched + 1, modified: now });
  return { office: office.head.code, changed: [customer.debtor.id], deleted: [] };
}

function propose(
  office: OfficeStore,
  { receivable: name, proposed = true }: { receivable: string; proposed?: boolean },
  now: number,
): CommandResult {
  const named = office.book.receivables.find(({ id, invoiceNumber }) => id === name || String(invoiceNumber) === name);
  const booking = named && office.bookings.get(named.id);
  if (named === undefined || booking === undefined) throw new Error(`no receivable ${name}`);
  office.bookings.put(named.id, { ...booking, proposed, modified: now });
  return { office: office.head.code, changed: [named.id], deleted: [] };
}
