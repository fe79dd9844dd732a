/** Book periods as Twinfield compares them: `2026/00` (opening) … `2026/12`, `2026/13`, `2026/55` (year end). */
export interface Slice {
  readonly from: string;
  readonly to: string;
  /** Only what is still open: what is older than this reaches has been paid long ago, and is not read. */
  readonly openOnly: boolean;
}

const FIRST_PERIOD = '00';
const LAST_PERIOD = '55';
const FAR_AHEAD = 2099;
const LONG_AGO = 1980;
/** Whole book years, besides the running one and the one before, that are read paid and open. */
const WHOLE_YEARS = 8;

/** Every book period there is: for questions about what changed, not about when it was booked. */
export const ALL_PERIODS: readonly [string, string] = [`${LONG_AGO}/${FIRST_PERIOD}`, `${FAR_AHEAD}/${LAST_PERIOD}`];

/** The book period of a moment, by the calendar: a book year that runs otherwise only moves where slices are cut. */
export function periodOf(now: Date): string {
  return `${now.getUTCFullYear()}/${String(now.getUTCMonth() + 1).padStart(2, '0')}`;
}

/**
 * PURE. The slices of a first reading, newest first, without a gap or an overlap: the running month and all that is
 * booked ahead, each month back to the start of last year, eight whole years, and what is open from before. Browse has
 * no paging, and a question over too many lines ends in a time-out, so that recent years go by the month.
 */
export function slicesFrom(anchor: string): readonly Slice[] {
  const year = Number(anchor.slice(0, 4));
  const month = Number(anchor.slice(5));
  const slices: Slice[] = [{ from: anchor, to: `${FAR_AHEAD}/${LAST_PERIOD}`, openOnly: false }];
  for (let before = month - 1; before >= 1; before -= 1) slices.push(monthOf(year, before));
  for (let before = 12; before >= 1; before -= 1) slices.push(monthOf(year - 1, before));
  for (let back = 2; back < WHOLE_YEARS + 2; back += 1)
    slices.push({ from: `${year - back}/${FIRST_PERIOD}`, to: `${year - back}/${LAST_PERIOD}`, openOnly: false });
  slices.push({ from: ALL_PERIODS[0], to: `${year - WHOLE_YEARS - 2}/${LAST_PERIOD}`, openOnly: true });
  // The running month may be January, whose year opens with period 00.
  return month === 1 ? [{ ...slices[0]!, from: `${year}/${FIRST_PERIOD}` }, ...slices.slice(1)] : slices;
}

/** The opening belongs to the first month, what comes after December (13, 55) to the last. */
function monthOf(year: number, month: number): Slice {
  const two = String(month).padStart(2, '0');
  const from = `${year}/${month === 1 ? FIRST_PERIOD : two}`;
  return { from, to: `${year}/${month === 12 ? LAST_PERIOD : two}`, openOnly: false };
}
