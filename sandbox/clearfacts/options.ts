import type { Clock } from '../../src/kernel/index.js';
import type { Book } from '../books/index.js';

/**
 * `public`: the API as ClearFacts publishes it. `extended`: that, and the contract that we propose for receivables.
 * The second is not a fact about ClearFacts; whoever tests against it tests against a proposal.
 */
export type Profile = 'public' | 'extended';

/** Somebody who can log in to the stand-in and consent. */
export interface ClearFactsUser {
  readonly userName: string;
  readonly password: string;
  readonly givenName?: string;
  readonly familyName?: string;
  /** Enterprise numbers the user can reach; absent: all. */
  readonly administrations?: readonly string[];
}

/** A token made by hand in the profile page: 80 ASCII characters, valid for ever. */
export interface PersonalAccessToken {
  readonly token: string;
  readonly userName: string;
  readonly scopes: readonly string[];
}

export interface ClearFactsSandboxOptions {
  /** 0 or absent: a free port. */
  readonly port?: number;
  readonly hostName?: string;
  /** One per administration. A state file that knows an administration already keeps its own books for it. */
  readonly books: readonly Book[];
  readonly clock: Clock;
  /** `public` when absent. */
  readonly profile?: Profile;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly users?: readonly ClearFactsUser[];
  readonly personalAccessTokens?: readonly PersonalAccessToken[];
  /** Tokens, books, notes and documents live on here across restarts. */
  readonly stateFile?: string;
  /** Registered redirect URIs; absent: every https address and every address on this machine. */
  readonly redirectUris?: readonly string[];
  /**
   * How long tokens live is documented nowhere. `refreshable` (when absent): an hour, with a refresh token that can be
   * used once. `lasting`: no end and no refresh token.
   */
  readonly tokens?: 'refreshable' | 'lasting';
  /** Whether the schema may be asked for. The live API refuses; the proposal allows it, when nothing is said here. */
  readonly introspection?: boolean;
  /** Root fields that answer as if the API did not have them, e.g. `payments`. */
  readonly missingFields?: readonly string[];
}

/** The options with every choice made. */
export interface Site {
  readonly clock: Clock;
  readonly profile: Profile;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly users: readonly ClearFactsUser[];
  readonly redirectUris: readonly string[] | null;
  readonly tokens: 'refreshable' | 'lasting';
  readonly introspection: boolean;
  readonly missingFields: readonly string[];
}

export const CLEARFACTS_CLIENT_ID = 'openpost-sandbox';
export const CLEARFACTS_CLIENT_SECRET = 'sandbox-clearfacts-secret';
export const CLEARFACTS_USERS: readonly ClearFactsUser[] = [
  { userName: 'demo@openpost.example', password: 'demo', givenName: 'Lotte', familyName: 'Peeters' },
];

export function toSite(options: ClearFactsSandboxOptions, clock: Clock): Site {
  const profile = options.profile ?? 'public';
  return {
    clock,
    profile,
    clientId: options.clientId ?? CLEARFACTS_CLIENT_ID,
    clientSecret: options.clientSecret ?? CLEARFACTS_CLIENT_SECRET,
    users: options.users ?? CLEARFACTS_USERS,
    redirectUris: options.redirectUris ?? null,
    tokens: options.tokens ?? 'refreshable',
    introspection: options.introspection ?? profile === 'extended',
    missingFields: options.missingFields ?? [],
  };
}
