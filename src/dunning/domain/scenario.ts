import type { CurrencyCode } from '../../kernel/index.js';

/** How a step reaches the debtor. A telephone call is a `task`; another system is a `webhook`. */
export const CHANNELS = ['email', 'letter', 'task', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The date that a step counts from. `previous-step`: the day on which the last step was sent. */
export const ANCHORS = ['due-date', 'invoice-date', 'previous-step'] as const;
export type Anchor = (typeof ANCHORS)[number];

export interface Trigger {
  readonly anchor: Anchor;
  /** Calendar days after the anchor; negative = before it. */
  readonly days: number;
  /** After adding the days, move to the last day of that month. */
  readonly endOfMonth?: boolean;
}

/** Costs that a *sent* step adds, once per receivable and level. Never part of the total that is asked. */
export interface StepFee {
  /** Decimal in the receivable's own currency, or in `currency` when that is given (then only for that currency). */
  readonly fixed?: string;
  readonly currency?: CurrencyCode;
  /** Decimal percentage of the open principal: "5" is five per cent. Fees never count in their own base. */
  readonly percent?: string;
}

/** Simple interest over the open principal from the due date to the run's day, by the run's day count. */
export interface StepInterest {
  readonly annualPercent: string;
}

export const APPROVALS = ['automatic', 'required'] as const;
export type Approval = (typeof APPROVALS)[number];

export interface Step {
  /** 1, 2, 3 …; 0 is "not yet reminded". */
  readonly level: number;
  readonly channel: Channel;
  readonly trigger: Trigger;
  readonly name?: string;
  readonly template?: string;
  readonly approval?: Approval;
  readonly fee?: StepFee;
  readonly interest?: StepInterest;
  /** Marks the last step (for example the notice of handover). */
  readonly final?: boolean;
  /** A higher threshold than the run's own, per currency, as decimals. */
  readonly minimumOpen?: Readonly<Record<CurrencyCode, string>>;
  /** A notice that says nothing once the receivable is overdue: it is then passed over, not sent late. */
  readonly onlyBeforeDue?: boolean;
}

export interface Scenario {
  readonly id: string;
  readonly name?: string;
  readonly version?: number;
  readonly steps: readonly Step[];
}
