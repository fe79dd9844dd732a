export type Outcome = 'take' | 'wait' | 'finish';

/** What can hold a receivable, from the strongest on: when several do, the first found here names the reason. */
export const BLOCK_KINDS = ['insolvency', 'dispute', 'plan', 'promise', 'pause', 'hold'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/**
 * Every reason a decision can have, with the outcome it belongs to and one line for people. A closed list: adding a
 * rule means adding its code here, and the UI translates by code.
 */
export const REASONS = {
  STEP_DUE: { outcome: 'take', text: 'The next step of the scenario is due.' },
  PAID: { outcome: 'finish', text: 'Nothing is open any more.' },
  LAST_STEP_DONE: { outcome: 'finish', text: 'The last step of the scenario has been taken.' },
  CREDIT_NOTE: { outcome: 'wait', text: 'A credit note is never reminded; it lowers what the debtor is asked for.' },
  UNALLOCATED_PAYMENT: { outcome: 'wait', text: 'Money received that is not yet allocated lowers what the debtor is asked for.' },
  NO_SCENARIO: { outcome: 'wait', text: 'The debtor has no scenario, so nobody is reminded.' },
  INSOLVENT: { outcome: 'wait', text: 'The debtor is insolvent; all dunning stops.' },
  DISPUTED: { outcome: 'wait', text: 'The debtor disputes it.' },
  PLAN: { outcome: 'wait', text: 'It is part of a payment plan.' },
  PROMISED: { outcome: 'wait', text: 'The debtor promised to pay; the promise holds through its day.' },
  PAUSED: { outcome: 'wait', text: 'Dunning is paused.' },
  HELD_BY_PERSON: { outcome: 'wait', text: 'A person put it on hold.' },
  DIRECT_DEBIT: { outcome: 'wait', text: 'It is collected by direct debit.' },
  STEP_TAKEN_TODAY: { outcome: 'wait', text: 'A step was already taken today; never two in one day.' },
  BELOW_MINIMUM: { outcome: 'wait', text: 'The open amount is below the minimum of its currency.' },
  DATE_MISSING: { outcome: 'wait', text: 'The date that the next step counts from is not known.' },
  NOT_DUE_YET: { outcome: 'wait', text: 'The first step is not due yet.' },
  NEXT_STEP_NOT_DUE: { outcome: 'wait', text: 'A step was taken; the next one is not due yet.' },
  NO_RECIPIENT: { outcome: 'wait', text: 'The step is an e-mail and the debtor has no e-mail address.' },
  MINIMUM_GAP: { outcome: 'wait', text: 'The debtor got a message too recently.' },
  NET_CREDIT: { outcome: 'wait', text: 'Credits outweigh what this message would ask for.' },
} as const satisfies Record<string, { outcome: Outcome; text: string }>; // prettier-ignore

export type ReasonCode = keyof typeof REASONS;

/** The reason that each kind of block gives. */
export const BLOCK_REASONS = {
  insolvency: 'INSOLVENT',
  dispute: 'DISPUTED',
  plan: 'PLAN',
  promise: 'PROMISED',
  pause: 'PAUSED',
  hold: 'HELD_BY_PERSON',
} as const satisfies Record<BlockKind, ReasonCode>;
