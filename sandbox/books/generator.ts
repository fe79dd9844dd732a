import type { Draft } from './assemble.js';
import {
  AMOUNT_DEVIATION_EURO,
  DISPUTE_DELAY_DAYS,
  INVOICES_PER_DEBTOR,
  LEAST_AMOUNT_MINOR,
  MEAN_AMOUNT_EURO_BY_SHARE,
  NOISE_DAYS,
  DISPUTED_SHARE_BY_SHARE,
  PERIOD_DAYS,
  REGION_SHARES,
  TERM_DAYS,
  USUAL_DAYS_LATE_BY_SHARE,
} from './habits.js';
import type { Region } from './places.js';
import { createRandom, type Random } from './random.js';

export interface GeneratorOptions {
  size: number;
  debtors: number;
  seed: number;
  /** Epoch day of the newest invoice. */
  today: number;
}

/** One debtor's way of paying. */
interface Habit {
  key: string;
  /** Days after the due date, without disputes; negative pays early. */
  usualDaysLate: number;
  disputedShare: number;
  meanAmountEuro: number;
  invoices: number;
}

/** Debtors and invoices with the habits measured in `habits.ts`; the same for the same options. */
export function generateDrafts(options: GeneratorOptions): { debtors: Map<string, Region>; drafts: Draft[] } {
  const habits = makeHabits(options);
  const regions = createRandom(`${options.seed}|regions`);
  const debtors = new Map(habits.map((habit) => [habit.key, pickRegion(regions)]));
  const drafts: Draft[] = [];
  for (const habit of habits) {
    const random = createRandom(`${options.seed}|invoices|${habit.key}`);
    for (let index = 0; index < habit.invoices; index += 1)
      drafts.push(makeDraft(random, habit, { index, ...options }));
  }
  bringToToday(drafts, options.today);
  return { debtors, drafts };
}

function makeHabits({ size, debtors, seed }: GeneratorOptions): Habit[] {
  const random = createRandom(`${seed}|habits`);
  const [late, disputed, amount] = [strata(random, debtors), strata(random, debtors), strata(random, debtors)];
  const weights = Array.from({ length: debtors }, () => {
    const count = random.normal(INVOICES_PER_DEBTOR.mean, INVOICES_PER_DEBTOR.deviation);
    return Math.min(Math.max(count, INVOICES_PER_DEBTOR.least), INVOICES_PER_DEBTOR.most);
  });
  const counts = shareOut(size, weights);
  return counts.map((invoices, index) => ({
    key: `G${String(index + 1).padStart(6, '0')}`,
    usualDaysLate: quantile(USUAL_DAYS_LATE_BY_SHARE, late[index]!),
    disputedShare: quantile(DISPUTED_SHARE_BY_SHARE, disputed[index]!),
    meanAmountEuro: quantile(MEAN_AMOUNT_EURO_BY_SHARE, amount[index]!),
    invoices,
  }));
}

/** One number out of each of `count` equal slices of [0, 1), shuffled: even a hundred debtors show the whole spread. */
function strata(random: Random, count: number): number[] {
  const shares = Array.from({ length: count }, (_, index) => (index + random.next()) / count);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    [shares[last], shares[other]] = [shares[other]!, shares[last]!];
  }
  return shares;
}

/** The value at `share` of a table of equally spaced quantiles, straight lines between them. */
function quantile(table: readonly number[], share: number): number {
  const place = share * (table.length - 1);
  const below = Math.min(Math.floor(place), table.length - 2);
  return table[below]! + (table[below + 1]! - table[below]!) * (place - below);
}

/** Whole parts of `total` in proportion to the weights; their sum is exactly `total`. */
function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((left, right) => left + right, 0);
  let running = 0;
  let given = 0;
  return weights.map((weight, index) => {
    running += weight;
    const upTo = index === weights.length - 1 ? total : Math.round((total * running) / sum);
    const part = upTo - given;
    given = upTo;
    return part;
  });
}

function pickRegion(random: Random): Region {
  const at = random.next();
  if (at < REGION_SHARES.netherlands) return 'netherlands';
  return at < REGION_SHARES.netherlands + REGION_SHARES.flanders ? 'flanders' : 'wallonia';
}

function makeDraft(random: Random, habit: Habit, { index, today }: { index: number; today: number }): Draft {
  const invoiceDay = today - random.between(0, PERIOD_DAYS);
  const dueDay = invoiceDay + TERM_DAYS;
  const disputed = random.next() < habit.disputedShare;
  const daysLate = Math.round(habit.usualDaysLate + (disputed ? DISPUTE_DELAY_DAYS : 0) + random.normal(0, NOISE_DAYS));
  const amountMinor = Math.round(random.normal(habit.meanAmountEuro, AMOUNT_DEVIATION_EURO) * 100);
  return {
    debtorKey: habit.key,
    key: `${habit.key}|${index}`,
    yourRef: `PO-${random.between(100_000, 999_999)}`,
    invoiceDay,
    dueDay,
    // Nobody pays before there is an invoice.
    settledDay: Math.max(invoiceDay, dueDay + daysLate),
    amountMinor: Math.max(amountMinor, LEAST_AMOUNT_MINOR),
    disputed,
  };
}

/** The newest invoice is of today, as with a file whose dates are shifted: the newest one moves up. */
function bringToToday(drafts: readonly Draft[], today: number): void {
  const [first] = drafts;
  if (first === undefined) return;
  const newest = drafts.reduce((latest, draft) => (draft.invoiceDay > latest.invoiceDay ? draft : latest), first);
  const days = today - newest.invoiceDay;
  newest.invoiceDay += days;
  newest.dueDay += days;
  if (newest.settledDay !== null) newest.settledDay += days;
}
