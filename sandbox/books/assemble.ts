import { fromEpochDay, type BusinessDate } from '../../src/kernel/index.js';
import { belgianReference, creditorReference } from './check-digits.js';
import { createIdentities } from './identity.js';
import type { Book, BookDebtor, BookReceivable } from './model.js';
import type { Region } from './places.js';
import { createRandom, guidsOf } from './random.js';

/** One invoice on its way into the books, from a file or a generator. Days are epoch days. */
export interface Draft {
  debtorKey: string;
  /** Unique within the book, and the same however the dates are shifted: the ids are made of it. */
  key: string;
  yourRef: string;
  invoiceDay: number;
  dueDay: number;
  settledDay: number | null;
  amountMinor: number;
  disputed: boolean;
}

/** Everything of the books that does not come from the invoices. */
export interface BookFrame {
  code: number;
  name: string;
  country: 'NL' | 'BE';
  seed: number;
  /** Epoch day: what is settled later is still open. */
  today: number;
}

/** Well-known sample accounts with valid check digits, nobody's and certainly not a tax office's. */
const ACCOUNTS = {
  NL: { iban: 'NL91ABNA0417164300', bic: 'ABNANL2A' },
  BE: { iban: 'BE68539007547034', bic: 'KREDBEBB' },
} as const;

/** Entries are numbered without a gap in order of invoice date, whatever today is; all fit a 32-bit integer. */
export const FIRST_ENTRY_NUMBER = 20_000_001;

const DESCRIPTIONS = [
  'Levering',
  'Materialen',
  'Dienstverlening',
  'Onderhoud',
  'Huur materieel',
  'Nalevering',
] as const;

/** Puts drafts and debtor keys (in code order, with where each debtor lives) together into books. */
export function assembleBook(frame: BookFrame, debtors: ReadonlyMap<string, Region>, drafts: Draft[]): Book {
  drafts.sort((left, right) => left.invoiceDay - right.invoiceDay || (left.key < right.key ? -1 : 1));
  const byKey = makeDebtors(frame, debtors, drafts);
  const dates = createDateCache();
  return {
    code: frame.code,
    name: frame.name,
    country: frame.country,
    currency: 'EUR',
    ...ACCOUNTS[frame.country],
    debtors: [...byKey.values()],
    receivables: drafts.map((draft, rank) =>
      toReceivable(frame, draft, { rank, dates, debtor: byKey.get(draft.debtorKey)! }),
    ),
  };
}

function makeDebtors(
  frame: BookFrame,
  regions: ReadonlyMap<string, Region>,
  drafts: readonly Draft[],
): Map<string, BookDebtor> {
  const identify = createIdentities(frame.seed);
  const oldest = new Map<string, Draft>();
  // The drafts are in order of date, so the first one met is a debtor's oldest.
  for (const draft of drafts) if (!oldest.has(draft.debtorKey)) oldest.set(draft.debtorKey, draft);
  const made = new Map<string, BookDebtor>();
  for (const [key, region] of regions) {
    const first = oldest.get(key);
    const acquaintanceDays = createRandom(`${frame.seed}|since|${key}`).between(20, 900);
    made.set(key, {
      ...identify(key, region),
      paymentDays: first === undefined ? 30 : first.dueDay - first.invoiceDay,
      createdOn: fromEpochDay((first?.invoiceDay ?? frame.today) - acquaintanceDays),
    });
  }
  return made;
}

interface Setting {
  rank: number;
  debtor: BookDebtor;
  dates: (day: number) => BusinessDate;
}

function toReceivable(frame: BookFrame, draft: Draft, { rank, debtor, dates }: Setting): BookReceivable {
  const [id, entryId, transactionId] = guidsOf(`${frame.seed}|receivable|${draft.key}`);
  const number = FIRST_ENTRY_NUMBER + rank;
  const settled = draft.settledDay !== null && draft.settledDay <= frame.today;
  const settledOn = settled ? dates(draft.settledDay!) : null;
  const invoice = draft.amountMinor > 0;
  return {
    id,
    debtorId: debtor.id,
    entryId,
    transactionId,
    entryNumber: number,
    invoiceNumber: number,
    yourRef: draft.yourRef,
    kind: invoice ? 'invoice' : 'credit-note',
    invoiceDate: dates(draft.invoiceDay),
    dueDate: dates(draft.dueDay),
    currency: 'EUR',
    amountMinor: draft.amountMinor,
    openMinor: settled ? 0 : draft.amountMinor,
    lastPaymentDate: settledOn,
    settledOn,
    disputed: draft.disputed,
    description: DESCRIPTIONS[rank % DESCRIPTIONS.length]!,
    paymentReference: invoice ? paymentReferenceOf(frame.country, number) : null,
  };
}

/** What the payer is asked to quote: the Belgian structured communication, or an RF reference for Dutch books. */
export function paymentReferenceOf(country: 'NL' | 'BE', invoiceNumber: number): string {
  return country === 'BE' ? belgianReference(invoiceNumber) : creditorReference(invoiceNumber);
}

/** Two years have 700 days and a million receivables: one string per day, not one per field. */
function createDateCache(): (day: number) => BusinessDate {
  const dates = new Map<number, BusinessDate>();
  return (day) => {
    const known = dates.get(day) ?? fromEpochDay(day);
    dates.set(day, known);
    return known;
  };
}
