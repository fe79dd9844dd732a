/** One open item of ours or of the source's own list. Amounts in minor units of the one currency that is compared. */
export interface ListedItem {
  readonly sourceId: string;
  readonly invoiceNumber: string | null;
  readonly open: bigint;
  /** Ours only. */
  readonly receivableId?: string;
}

export type LineKind = 'missing-here' | 'missing-there' | 'amount-differs';

/** A line that is not the same on both sides. */
export interface DifferingLine {
  readonly kind: LineKind;
  readonly ours: ListedItem | null;
  readonly theirs: ListedItem | null;
}

interface Sides {
  readonly ours: readonly ListedItem[];
  readonly theirs: readonly ListedItem[];
}

/**
 * PURE. What differs between our open items of one debtor and the source's, largest first. Lines are the same when the
 * source's id is; Exact's list numbers its lines anew each time, so after that the invoice number and the amount decide,
 * then the number alone (the amount differs), then the amount alone (money received has no number).
 */
export function matchLines(sides: Sides): DifferingLine[] {
  const byId = pair(sides, ({ sourceId }) => sourceId);
  const whole = pair(byId.rest, ({ invoiceNumber, open }) => invoiceNumber && `${invoiceNumber}\n${open}`);
  const byNumber = pair(whole.rest, ({ invoiceNumber }) => invoiceNumber);
  const byAmount = pair(byNumber.rest, ({ open }) => String(open));
  const changed = [...byId.pairs, ...byNumber.pairs]
    .filter(({ ours, theirs }) => ours.open !== theirs.open)
    .map((both): DifferingLine => ({ kind: 'amount-differs', ...both }));
  const onlyThere = byAmount.rest.theirs.map((theirs): DifferingLine => ({ kind: 'missing-here', ours: null, theirs }));
  const onlyHere = byAmount.rest.ours.map((ours): DifferingLine => ({ kind: 'missing-there', ours, theirs: null }));
  return [...changed, ...onlyThere, ...onlyHere].sort((left, right) => Number(sizeOf(right) - sizeOf(left)));
}

function sizeOf({ ours, theirs }: DifferingLine): bigint {
  const difference = (ours?.open ?? 0n) - (theirs?.open ?? 0n);
  return difference < 0n ? -difference : difference;
}

/** Pairs lines of the same key one to one, in order; `rest` is what found no partner or has no key. */
function pair(
  { ours, theirs }: Sides,
  keyOf: (item: ListedItem) => string | null,
): { pairs: { ours: ListedItem; theirs: ListedItem }[]; rest: Sides } {
  const waiting = new Map<string, ListedItem[]>();
  for (const item of ours) {
    const key = keyOf(item);
    if (key !== null && key !== '') waiting.set(key, [...(waiting.get(key) ?? []), item]);
  }
  const pairs: { ours: ListedItem; theirs: ListedItem }[] = [];
  const alone: ListedItem[] = [];
  for (const item of theirs) {
    const partner = waiting.get(keyOf(item) ?? '')?.shift();
    if (partner === undefined) alone.push(item);
    else pairs.push({ ours: partner, theirs: item });
  }
  const paired = new Set(pairs.map((both) => both.ours));
  return { pairs, rest: { ours: ours.filter((item) => !paired.has(item)), theirs: alone } };
}
