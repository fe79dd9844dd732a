import type { BusinessDate } from '../../kernel/index.js';
import { REASONS, type Decision } from '../domain/index.js';

/** What happens next with a debtor, for a person who plans a day. */
export interface NextAction {
  readonly code: 'STEP_DUE' | 'WAITS' | 'ACT' | 'NOTHING';
  readonly text: string;
  readonly on: BusinessDate | null;
}

/** Reasons that no calendar will lift: somebody has to do something. */
const NEEDS_A_PERSON: ReadonlySet<string> = new Set([
  'NO_RECIPIENT',
  'DISPUTED',
  'LAST_STEP_DONE',
  'NO_SCENARIO',
  'DATE_MISSING',
  'INSOLVENT',
  'NET_CREDIT',
]);

const CHANNEL_TEXTS = { email: 'Send', letter: 'Post', task: 'Call', webhook: 'Hand over' } as const;

/**
 * The next action out of the planner's decisions on one debtor's open receivables: a step that is due, else what only a
 * person can solve, else the first day on which something comes due.
 */
export function nextActionOf(decisions: readonly Decision[]): NextAction {
  const due = decisions
    .filter((each) => each.decision === 'take')
    .reduce<Decision | null>((top, each) => (top === null || each.level > top.level ? each : top), null);
  if (due !== null)
    return { code: 'STEP_DUE', text: `${CHANNEL_TEXTS[due.channel ?? 'email']}: level ${due.level} is due`, on: null };
  const stuck = decisions.find((each) => NEEDS_A_PERSON.has(each.reason));
  if (stuck !== undefined) return { code: 'ACT', text: REASONS[stuck.reason].text, on: stuck.until ?? null };
  const dated = decisions.filter((each) => each.until !== undefined).sort((a, b) => a.until!.localeCompare(b.until!));
  const [first] = dated;
  if (first?.until === undefined) return { code: 'NOTHING', text: 'Nothing to do now.', on: null };
  return { code: 'WAITS', text: REASONS[first.reason].text, on: first.until };
}
