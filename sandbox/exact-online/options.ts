import type { Book } from '../books/index.js';
import type { Clock } from '../../src/kernel/index.js';

/** Somebody who can log in to the stand-in and consent. */
export interface SandboxUser {
  readonly userName: string;
  readonly password: string;
  readonly fullName?: string;
  /** Divisions the user can reach; absent: all. */
  readonly divisions?: readonly number[];
  /** Endpoints the user may not read, e.g. `read/financial/ReceivablesList`: Exact then answers an empty list. */
  readonly missingRights?: readonly string[];
}

export interface ExactOnlineSandboxOptions {
  /** 0 or absent: a free port. */
  readonly port?: number;
  readonly hostName?: string;
  /** One per division. A state file that knows a division already keeps its own books for it. */
  readonly books: readonly Book[];
  readonly clock: Clock;
  /** Rate limits and the error block; `false` switches all of it off. */
  readonly quota?: boolean;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly webhookSecret?: string;
  readonly users?: readonly SandboxUser[];
  /** Tokens, notes, documents, books and row versions live on here across restarts. */
  readonly stateFile?: string;
  /** Scopes the app lacks, e.g. `organization.administration`: their endpoints answer 403. */
  readonly missingScopes?: readonly string[];
  /** Registered redirect URIs; absent: every https address and every address on this machine. */
  readonly redirectUris?: readonly string[];
  /** Purchase invoices that come along in sync/Cashflow/PaymentTerms (LineType 22): 10 when absent. */
  readonly payables?: number;
  /** Sign of ReceivablesList.Amount for an open invoice; sources contradict each other, `positive` when absent. */
  readonly receivablesListSign?: 'positive' | 'negative';
  /** Unit of the 2^n delays between tries of a webhook: a minute when absent. */
  readonly webhookRetryUnitMs?: number;
  /** AmountDC of a fully matched term: what it was matched on, or nothing; see resources/term-values.ts. */
  readonly settledAmount?: 'transaction' | 'zero';
}

/** The options with every choice made. */
export interface Site {
  readonly clock: Clock;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly webhookSecret: string;
  readonly users: readonly SandboxUser[];
  readonly missingScopes: readonly string[];
  readonly redirectUris: readonly string[] | null;
  readonly receivablesListSign: 1 | -1;
  readonly settledAmount: 'transaction' | 'zero';
  readonly webhookRetryUnitMs: number;
}

export const DEFAULT_CLIENT_ID = '7c0f2d5e-31b4-4d0a-9f58-2f6f6c1f0a11';
export const DEFAULT_CLIENT_SECRET = 'sandbox-client-secret';
export const DEFAULT_WEBHOOK_SECRET = 'sandbox-webhook-secret';
export const DEFAULT_USERS: readonly SandboxUser[] = [
  { userName: 'demo@openpost.example', password: 'demo', fullName: 'Sanne de Boer' },
];

export function toSite(options: ExactOnlineSandboxOptions, clock: Clock): Site {
  return {
    clock,
    clientId: options.clientId ?? DEFAULT_CLIENT_ID,
    clientSecret: options.clientSecret ?? DEFAULT_CLIENT_SECRET,
    webhookSecret: options.webhookSecret ?? DEFAULT_WEBHOOK_SECRET,
    users: options.users ?? DEFAULT_USERS,
    missingScopes: options.missingScopes ?? [],
    redirectUris: options.redirectUris ?? null,
    receivablesListSign: options.receivablesListSign === 'negative' ? -1 : 1,
    settledAmount: options.settledAmount ?? 'transaction',
    webhookRetryUnitMs: options.webhookRetryUnitMs ?? 60_000,
  };
}
