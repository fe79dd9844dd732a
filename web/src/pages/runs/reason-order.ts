import type { Decision } from '../../api/types';

/** Which decision a reason belongs to. Codes that are newer than this page count as waiting, the harmless reading. */
const DECISION_OF: Record<string, Decision> = { STEP_DUE: 'take', PAID: 'finish', LAST_STEP_DONE: 'finish' };

export interface ReasonCount {
  code: string;
  count: number;
}

/** The reasons of one decision (or of all), most frequent first. */
export function reasonsOf(byReason: Record<string, number>, decision: string): ReasonCount[] {
  return Object.entries(byReason)
    .filter(([code, count]) => count > 0 && (decision === '' || (DECISION_OF[code] ?? 'wait') === decision))
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
}
