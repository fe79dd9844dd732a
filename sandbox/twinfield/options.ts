import type { Book } from '../books/index.js';
import type { Clock } from '../../src/kernel/index.js';

/** Somebody who can log in to the stand-in and consent. A consent is tied to one user in one organisation. */
export interface TwinfieldUser {
  readonly userName: string;
  readonly password: string;
  readonly fullName?: string;
  /** The organisation's code; absent: the one of {@link DEFAULT_ORGANISATION}. */
  readonly organisation?: string;
  /** Office codes the user can reach; absent: all. */
  readonly offices?: readonly string[];
  /** The language of messages and column names. */
  readonly language?: 'nl' | 'en';
}

/** How many credits a minute: an app that Twinfield has certified, or one that it has not. */
export type QuotaKind = 'certified' | 'uncertified';

export interface TwinfieldSandboxOptions {
  /** 0 or absent: a free port. */
  readonly port?: number;
  readonly hostName?: string;
  /** One per office. A state file that knows an office already keeps its own books for it. */
  readonly books: readonly Book[];
  readonly clock: Clock;
  /** Credits per minute and calls at a time; `true` or absent is `certified`, `false` switches both off. */
  readonly quota?: boolean | QuotaKind;
  /** Calls at a time per app and organisation: 10 when absent, as published; 1 is what Twinfield advises. */
  readonly concurrency?: number;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly users?: readonly TwinfieldUser[];
  /** Consents, books, written fields and the list of deleted transactions live on here across restarts. */
  readonly stateFile?: string;
  /** Which date the filter of the deleted transactions is about: no source says; `deletion` when absent. */
  readonly deletedBy?: 'deletion' | 'transaction';
  /** Registered redirect URIs; absent: every https address and every address on this machine. */
  readonly redirectUris?: readonly string[];
}

/** The options with every choice made. */
export interface Site {
  readonly clock: Clock;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly users: readonly TwinfieldUser[];
  readonly redirectUris: readonly string[] | null;
}

export const DEFAULT_CLIENT_ID = 'openpost-sandbox';
export const DEFAULT_CLIENT_SECRET = 'sandbox-client-secret';
export const DEFAULT_ORGANISATION = 'SANDBOX';
export const DEFAULT_USERS: readonly TwinfieldUser[] = [
  { userName: 'demo@openpost.example', password: 'demo', fullName: 'Sanne de Boer' },
];

export function toSite(options: TwinfieldSandboxOptions, clock: Clock): Site {
  return {
    clock,
    clientId: options.clientId ?? DEFAULT_CLIENT_ID,
    clientSecret: options.clientSecret ?? DEFAULT_CLIENT_SECRET,
    users: options.users ?? DEFAULT_USERS,
    redirectUris: options.redirectUris ?? null,
  };
}

export function organisationOf(user: TwinfieldUser): string {
  return user.organisation ?? DEFAULT_ORGANISATION;
}
