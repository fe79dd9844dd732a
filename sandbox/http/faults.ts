/** Every fault a stand-in can play. What each looks like on the wire is the vendor's; when it strikes is decided here. */
export const FAULT_KINDS = [
  '401',
  '403',
  '429-minute',
  '429-day',
  '429-bare',
  '500',
  '503',
  'timeout-before-commit',
  'timeout-after-commit',
  'reset-mid-body',
  'truncated-body',
  'malformed-body',
  'slow',
  'page-drift',
  'poison-record',
  'token-slow',
  'reject',
  'revoke',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Part of `METHOD /path?query` (decoded), or a regular expression over it; absent: every call of the vendor's API. */
  readonly match?: string;
  /** How often it strikes: 1 when absent, for ever (until cleared) when 0 or null. */
  readonly count?: number | null;
  readonly delayMs?: number;
  /** The business error text of `reject`. */
  readonly message?: string;
  /** The HTTP status of `reject`: 400 when absent; 500 also happens in life. */
  readonly status?: number;
  /** The record that `poison-record` spoils; absent: the first one of the first page it strikes. */
  readonly record?: string;
}

interface Armed {
  readonly fault: Fault;
  left: number;
  struck: number;
  record: string | null;
}

export type ArmedFault = Armed;

/** The faults that wait to strike. */
export class FaultBox {
  private armed: Armed[] = [];

  /** Throws a plain message naming what is wrong with the fault. */
  arm(fault: Fault): void {
    if (!FAULT_KINDS.includes(fault.kind)) throw new Error(`unknown fault kind; one of ${FAULT_KINDS.join(', ')}`);
    const count = fault.count === undefined ? 1 : fault.count === null ? 0 : fault.count;
    if (!Number.isInteger(count) || count < 0) throw new Error('count is a whole number, 0 for "until cleared"');
    this.armed.push({ fault, left: count === 0 ? Infinity : count, struck: 0, record: fault.record ?? null });
  }

  clear(): void {
    this.armed = [];
  }

  all(): readonly (Fault & { left: number | null; struck: number })[] {
    return this.armed.map(({ fault, left, struck }) => ({ ...fault, left: left === Infinity ? null : left, struck }));
  }

  /** Takes the first armed fault that fits the call and counts it; `null` when none does. */
  strike(call: string, inApi: boolean, kinds: readonly FaultKind[] = FAULT_KINDS): Armed | null {
    const found = this.armed.find(
      ({ fault, left }) =>
        left > 0 && kinds.includes(fault.kind) && (fault.match === undefined ? inApi : matches(fault.match, call)),
    );
    if (found === undefined) return null;
    found.left -= 1;
    found.struck += 1;
    return found;
  }
}

function matches(pattern: string, call: string): boolean {
  if (call.toLowerCase().includes(pattern.toLowerCase())) return true;
  try {
    return new RegExp(pattern, 'i').test(call);
  } catch {
    return false;
  }
}
