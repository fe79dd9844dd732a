import type { CurrencyCode } from '../../kernel/index.js';
import type { DayBook } from './days.js';
import type { Ladder, Rung } from './ladder.js';
import type { BlockKind, ReasonCode } from './reasons.js';
import type { PlanDebtor, PlanOptions, PlanReceivable } from './types.js';

/** What holds a receivable today: the strongest block and the day on which the last of them lets go. */
export interface ActiveBlock {
  readonly kind: BlockKind;
  readonly on: 'receivable' | 'debtor';
  /** Epoch day of the last day held; null without an end. */
  readonly lastDay: number | null;
}

/** What a run knows about everybody. Days are epoch days. */
export interface RunRules {
  readonly asOf: number;
  readonly options: PlanOptions;
  readonly days: DayBook;
  /** 1 when "n days after" means strictly after, else 0. */
  readonly strictShift: 0 | 1;
}

/** The steps that were sent for a receivable (or a debtor): the highest level and the latest day. */
export interface Sent {
  level: number;
  lastDay: number;
}

/** A debtor while a run looks at it. */
export interface DebtorStanding {
  readonly debtor: PlanDebtor;
  readonly ladder: Ladder | null;
  readonly block: ActiveBlock | null;
  readonly canEmail: boolean;
  /** Day of the latest message to this debtor, about whatever receivable; null when there was none. */
  lastMessageDay: number | null;
  /** The earliest due date among what is still open; null when nothing with a due date is. */
  oldestDueDay: number | null;
  readonly items: Standing[];
}

/** Why a receivable takes its step, waits or is finished. */
export interface Verdict {
  readonly reason: ReasonCode;
  /** The rung that is taken or waited for. */
  readonly rung: Rung | null;
  /** The anchor's date plus the days, before the day boundary. */
  readonly triggerDay: number | null;
  /** First day on which the step can be taken, when today's facts can tell. */
  readonly eligibleDay: number | null;
  readonly minimum?: bigint;
  /** Of NET_CREDIT: the credits that count against the message, and what would be left to ask. */
  readonly credits?: bigint;
  readonly net?: bigint;
}

/** A receivable while a run looks at it. */
export interface Standing {
  readonly receivable: PlanReceivable;
  readonly owner: DebtorStanding;
  readonly currency: CurrencyCode;
  /** Minor units, credits negative. */
  readonly open: bigint;
  readonly dueDay: number | null;
  readonly block: ActiveBlock | null;
  /** How far it has come: its own steps, or its debtor's when the level belongs to the debtor. */
  sent: Sent | null;
  verdict: Verdict | null;
  /** Of a credit, or of a receivable carried by a higher message: the level of that message. */
  messageLevel: number | null;
}

/** Whether it lowers what the debtor owes: a credit note, unallocated money, or an invoice that was overpaid. */
export function isCredit(item: Standing): boolean {
  return item.open < 0n;
}
