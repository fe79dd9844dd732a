import type { OauthProfile } from '../../connectors/contract/index.js';

/** Written before the token endpoint is called: whoever finds it with an expired lease knows that a call was under way. */
export interface RefreshIntent {
  readonly attemptId: string;
  /** Of the refresh token that was used; never the token. */
  readonly fingerprint: string;
  readonly startedAt: string;
  /** How often this very token was offered. More than once only after a crash or a missing answer. */
  readonly tries: number;
}

/** What the vault knows of a connection when it decides. */
export interface TokenFacts {
  readonly state: string;
  readonly hasTokens: boolean;
  readonly leaseHeld: boolean;
  readonly issuedAt: Date | null;
  readonly expiresAt: Date | null;
  /** The source just refused the stored access token. */
  readonly refused: boolean;
}

export type TokenStep =
  | { readonly step: 'reconnect' }
  | { readonly step: 'use' }
  /** Another process refreshes: look again soon. */
  | { readonly step: 'poll' }
  | { readonly step: 'too-early'; readonly until: Date }
  | { readonly step: 'refresh' };

/** PURE. What to do about a connection's access token now: never refreshes before the source accepts it. */
export function planTokenStep(facts: TokenFacts, profile: OauthProfile, now: Date): TokenStep {
  if (facts.state !== 'active' || !facts.hasTokens) return { step: 'reconnect' };
  const issuedAt = facts.issuedAt ?? new Date(0);
  const earliest = new Date(issuedAt.getTime() + profile.earliestRefreshSeconds * 1000);
  const secondsLeft = ((facts.expiresAt?.getTime() ?? 0) - now.getTime()) / 1000;
  const tooEarly = now < earliest;
  const usable = secondsLeft > profile.marginSeconds || (tooEarly && secondsLeft > 0);
  if (usable && !facts.refused) return { step: 'use' };
  if (facts.leaseHeld) return { step: 'poll' };
  return tooEarly ? { step: 'too-early', until: earliest } : { step: 'refresh' };
}
