import type { BusinessDate, CurrencyCode } from '../../kernel/index.js';
import type { BlockKind, Outcome, ReasonCode } from './reasons.js';
import type { Anchor, Approval, Channel, Scenario } from './scenario.js';

export * from './scenario.js';

export const DAY_BOUNDARIES = ['inclusive', 'strict'] as const;
export type DayBoundary = (typeof DAY_BOUNDARIES)[number];
export const LEVEL_OWNERS = ['receivable', 'debtor'] as const;
export type LevelOwner = (typeof LEVEL_OWNERS)[number];
export const GROUPINGS = ['receivable', 'debtor-level', 'debtor'] as const;
export type Grouping = (typeof GROUPINGS)[number];
export const DAY_COUNTS = ['act/365', 'act/360', '30/360'] as const;
export type DayCount = (typeof DAY_COUNTS)[number];

export interface PlanOptions {
  /** "n days after": `inclusive` from day n on, `strict` from the day after it. */
  readonly dayBoundary: DayBoundary;
  readonly levelOf: LevelOwner;
  readonly grouping: Grouping;
  /** Least days between two messages to one debtor; above 0 it also means one message per debtor per run. */
  readonly minimumGapDays: number;
  /** Minor units per currency. An open amount *below* it waits; equal to it goes. */
  readonly minimumOpen: Readonly<Record<CurrencyCode, bigint>>;
  readonly dayCount: DayCount;
}

export interface PlanDebtor {
  readonly id: string;
  /** Absent: nobody reminds this debtor. */
  readonly scenario?: string | null;
  readonly name?: string | null;
  readonly country?: string | null;
  readonly kind?: 'business' | 'consumer' | null;
  readonly language?: string | null;
  readonly email?: string | null;
  readonly directDebit?: boolean;
}

/** `payment` is money received that is not yet allocated. */
export const RECEIVABLE_KINDS = ['invoice', 'credit-note', 'payment'] as const;
export type ReceivableKind = (typeof RECEIVABLE_KINDS)[number];

export interface PlanReceivable {
  readonly id: string;
  readonly debtor: string;
  readonly kind: ReceivableKind;
  readonly currency: CurrencyCode;
  /** Minor units, as the document was written. */
  readonly amount: bigint;
  /** Minor units still open. Credit notes and payments count as negative whatever sign the source gives them. */
  readonly open: bigint;
  readonly dueDate?: BusinessDate | null;
  readonly invoiceDate?: BusinessDate | null;
  readonly invoiceNumber?: string | null;
  readonly directDebit?: boolean;
}

/** A reason not to step, on one receivable or (with `debtor`) on all of a debtor's receivables. */
export interface PlanBlock {
  readonly receivable?: string | null;
  readonly debtor?: string | null;
  readonly kind: BlockKind;
  /** The last day on which it holds; absent: until somebody lifts it. */
  readonly until?: BusinessDate | null;
  /** Minor units promised or disputed. Told, not computed with: the whole receivable is held. */
  readonly amount?: bigint | null;
}

/** One sent step. `debtor` lets a run pass on steps of receivables that it does not load (paid long ago). */
export interface PlanHistory {
  readonly receivable: string;
  readonly level: number;
  readonly sentOn: BusinessDate;
  readonly debtor?: string | null;
}

export interface PlanInput {
  readonly asOf: BusinessDate;
  readonly options: PlanOptions;
  readonly scenarios: readonly Scenario[];
  readonly debtors: readonly PlanDebtor[];
  readonly receivables: readonly PlanReceivable[];
  readonly blocks: readonly PlanBlock[];
  readonly history: readonly PlanHistory[];
}

/** The numbers a decision rests on: JSON values only, dates as `YYYY-MM-DD`, amounts as decimals of `currency`. */
export interface DecisionFacts {
  readonly debtor: string;
  readonly currency: CurrencyCode;
  readonly open: string;
  readonly dueDate?: string;
  readonly daysOverdue?: number;
  readonly scenario?: string;
  readonly levelOf?: LevelOwner;
  readonly lastStep?: { readonly level: number; readonly on: string };
  readonly nextLevel?: number;
  readonly anchor?: Anchor;
  readonly days?: number;
  readonly endOfMonth?: boolean;
  /** The anchor's date plus the days; the step is taken from this day on (`inclusive`) or after it (`strict`). */
  readonly triggerDate?: string;
  readonly dayBoundary?: DayBoundary;
  readonly block?: { readonly kind: BlockKind; readonly on: 'receivable' | 'debtor'; readonly until?: string };
  readonly minimumOpen?: string;
  readonly minimumGapDays?: number;
  readonly lastMessageOn?: string;
  readonly credits?: string;
  readonly net?: string;
  /** Level of the message that carries the receivable or credit, when it is not the receivable's own. */
  readonly messageLevel?: number;
  /** Of a credit: whether it lowers the total of a message of this run. */
  readonly lowersMessage?: boolean;
}

export interface Decision {
  readonly receivable: string;
  readonly debtor: string;
  readonly decision: Outcome;
  /** `take`: the level being taken. Otherwise how far it has come (0 = not yet reminded). */
  readonly level: number;
  /** The step's channel when a step is taken, otherwise null. */
  readonly channel: Channel | null;
  readonly reason: ReasonCode;
  /** Computed when read (a run of a million rows does not need a million of them): read it, do not spread the decision. */
  readonly facts: DecisionFacts;
  /** First day on which the step can be taken, as far as today's facts can tell. */
  readonly until?: BusinessDate | undefined;
}

export interface MessageLine {
  readonly receivable: string;
  /** The level that this receivable takes; null for a credit that lowers the total. */
  readonly level: number | null;
  readonly open: bigint;
  readonly fee: bigint;
  readonly interest: bigint;
}

/** One message to one debtor in one currency. Amounts in minor units; `total` is principal only. */
export interface PlannedMessage {
  readonly debtor: string;
  readonly level: number;
  readonly channel: Channel;
  readonly currency: CurrencyCode;
  readonly scenario: string;
  readonly template?: string;
  readonly approval?: Approval;
  /** The receivables taking a step, then the credits, each in the order of the input. */
  readonly receivables: readonly string[];
  readonly lines: readonly MessageLine[];
  readonly total: bigint;
  readonly fees: bigint;
  readonly interest: bigint;
}

export interface PlanResult {
  readonly asOf: BusinessDate;
  /** One per receivable, in the order of the input. */
  readonly decisions: readonly Decision[];
  readonly messages: readonly PlannedMessage[];
}
