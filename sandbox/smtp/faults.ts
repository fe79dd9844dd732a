import { InputError } from '../../src/kernel/index.js';

/** What can go wrong on the way of a message, by the moment at which it does. */
export const FAULT_KINDS = {
  /** 550 for the recipient: the mailbox does not exist. */
  'reject-recipient': 'recipient',
  /** 451 for the recipient: come back later. */
  temporary: 'recipient',
  /** 554 after the message was transmitted; it is not kept. */
  'reject-message': 'message',
  /** The message is kept, then the connection breaks before the answer: the sender cannot know. */
  'drop-after-data': 'answer',
  /** The message is kept, the answer comes `delayMs` later. */
  slow: 'answer',
} as const satisfies Record<string, 'recipient' | 'message' | 'answer'>;

export type FaultKind = keyof typeof FAULT_KINDS;
export type FaultMoment = (typeof FAULT_KINDS)[FaultKind];

export interface Fault {
  kind: FaultKind;
  /** Part of a recipient's address, any case; absent: every recipient. */
  match?: string;
  /** How many more times it strikes. */
  count: number;
  delayMs: number;
}

const DEFAULT_DELAY_MS = 5_000;

/** The switched-on faults. Each strikes `count` times (once unless told otherwise), oldest first. */
export class FaultBox {
  private faults: Fault[] = [];

  /** Switches a fault on. Throws {@link InputError} naming the field. */
  add(input: unknown): Fault {
    const fault = toFault(input);
    this.faults.push(fault);
    return { ...fault };
  }

  list(): Fault[] {
    return this.faults.map((fault) => ({ ...fault }));
  }

  clear(): void {
    this.faults = [];
  }

  /** The fault that strikes at this moment for these recipients, counted off; null when all goes well. */
  take(moment: FaultMoment, recipients: readonly string[]): Fault | null {
    const found = this.faults.find(({ kind, match }) => FAULT_KINDS[kind] === moment && matches(match, recipients));
    if (found === undefined) return null;
    found.count -= 1;
    if (found.count === 0) this.faults = this.faults.filter((fault) => fault !== found);
    return { ...found };
  }
}

function matches(match: string | undefined, recipients: readonly string[]): boolean {
  return match === undefined || recipients.some((address) => address.toLowerCase().includes(match.toLowerCase()));
}

function toFault(input: unknown): Fault {
  if (typeof input !== 'object' || input === null) throw new InputError('$', 'a JSON object with a kind');
  const { kind, match, count = 1, delayMs = DEFAULT_DELAY_MS } = input as Record<string, unknown>;
  if (typeof kind !== 'string' || !Object.hasOwn(FAULT_KINDS, kind))
    throw new InputError('$.kind', `one of ${Object.keys(FAULT_KINDS).join(', ')}, got ${JSON.stringify(kind)}`);
  if (match !== undefined && typeof match !== 'string') throw new InputError('$.match', 'a part of an address');
  if (!isWithin(count, 1, 1_000_000)) throw new InputError('$.count', 'a whole number from 1 to 1000000');
  if (!isWithin(delayMs, 0, 3_600_000)) throw new InputError('$.delayMs', 'milliseconds from 0 to 3600000');
  return { kind: kind as FaultKind, ...(match === undefined ? {} : { match }), count, delayMs };
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
}
