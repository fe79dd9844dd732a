import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../../src/kernel/index.js';
import type { Journal } from '../../http/index.js';

export const CODE_TTL_MS = 180_000;
export const ACCESS_TTL_SECONDS = 600;
/** A new access token may only be asked for this long after the last one. */
export const EARLIEST_REFRESH_MS = 570_000;
export const REFRESH_IDLE_MS = 30 * 24 * 3_600_000;

/** One user's consent to one app: a chain of tokens of which only the last pair lives. */
export interface Chain {
  readonly id: string;
  readonly clientId: string;
  readonly userName: string;
  readonly divisions: readonly number[];
  /** Hashes: a state file must not hold a token that works. */
  accessHash: string;
  refreshHash: string;
  grantedAt: number;
  /** Refresh tokens that were exchanged before. */
  usedRefreshHashes: string[];
  /** `replaced` by a new consent of the same user and app, or `revoked` by the user. */
  ended: 'replaced' | 'revoked' | null;
}

export interface TokenPair {
  readonly access: string;
  readonly refresh: string;
}

interface Code {
  readonly clientId: string;
  readonly userName: string;
  readonly redirectUri: string;
  readonly divisions: readonly number[];
  readonly issuedAt: number;
  used: boolean;
}

export type Found = { chain: Chain; use: 'current' | 'old' };

/** Codes and token chains. Every grant is on disk before it is in the answer. */
export class TokenStore {
  private readonly codes = new Map<string, Code>();
  private readonly chains = new Map<string, Chain>();
  private readonly byAccess = new Map<string, Chain>();
  private readonly byRefresh = new Map<string, Chain>();

  constructor(
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  /** A single-use code. It holds a `!`, which clients must URL-decode. */
  issueCode(code: Omit<Code, 'issuedAt' | 'used'>): string {
    const text = `stampNL001.${randomBytes(6).toString('base64url')}!IAAA${randomBytes(24).toString('base64url')}`;
    this.codes.set(text, { ...code, issuedAt: this.clock.now().getTime(), used: false });
    return text;
  }

  /** Takes a code once; `null` when it is unknown, used, older than three minutes or somebody else's. */
  takeCode(text: string, clientId: string, redirectUri: string): Code | null {
    const code = this.codes.get(text);
    if (code === undefined || code.used || code.clientId !== clientId) return null;
    code.used = true;
    const age = this.clock.now().getTime() - code.issuedAt;
    return age <= CODE_TTL_MS && code.redirectUri === redirectUri ? code : null;
  }

  /** Starts a chain. An earlier one of the same user and app ends: its refresh token is an old one from now on. */
  startChain(grant: Pick<Chain, 'clientId' | 'userName' | 'divisions'>): TokenPair {
    for (const chain of this.living())
      if (chain.clientId === grant.clientId && chain.userName === grant.userName) this.end(chain, 'replaced');
    const chain: Chain = {
      ...grant,
      id: randomUUID(),
      accessHash: '',
      refreshHash: '',
      grantedAt: 0,
      usedRefreshHashes: [],
      ended: null,
    };
    this.chains.set(chain.id, chain);
    return this.renew(chain);
  }

  /** The next pair of a chain; the one before is dead at once. */
  renew(chain: Chain): TokenPair {
    const pair = { access: `AEAA${randomBytes(96).toString('base64url')}`, refresh: newRefreshToken() };
    if (chain.refreshHash !== '') chain.usedRefreshHashes.push(chain.refreshHash);
    chain.accessHash = hash(pair.access);
    chain.refreshHash = hash(pair.refresh);
    chain.grantedAt = this.clock.now().getTime();
    this.index(chain);
    this.journal.append([['chain', chain]]);
    return pair;
  }

  findRefresh(token: string): Found | null {
    const chain = this.byRefresh.get(hash(token));
    if (chain === undefined) return null;
    return { chain, use: chain.refreshHash === hash(token) && chain.ended !== 'replaced' ? 'current' : 'old' };
  }

  /** The chain of an access token and whether it still opens doors: the newest of its chain and younger than 600 s. */
  findAccess(token: string): { chain: Chain; valid: boolean } | null {
    const digest = hash(token);
    const chain = this.byAccess.get(digest);
    if (chain === undefined) return null;
    const age = this.clock.now().getTime() - chain.grantedAt;
    return { chain, valid: chain.ended === null && chain.accessHash === digest && age < ACCESS_TTL_SECONDS * 1_000 };
  }

  /** The user withdraws the app: nothing works any more. Answers the number of chains that ended. */
  revokeAll(): number {
    const living = this.living();
    for (const chain of living) this.end(chain, 'revoked');
    return living.length;
  }

  get livingCount(): number {
    return this.living().length;
  }

  restore(chain: Chain): void {
    this.chains.set(chain.id, chain);
    this.index(chain);
  }

  *lines(): Generator<unknown> {
    for (const chain of this.chains.values()) yield ['chain', chain];
  }

  private living(): Chain[] {
    return [...this.chains.values()].filter((chain) => chain.ended === null);
  }

  private end(chain: Chain, how: 'replaced' | 'revoked'): void {
    chain.ended = how;
    this.journal.append([['chain', chain]]);
  }

  private index(chain: Chain): void {
    this.byAccess.set(chain.accessHash, chain);
    for (const each of [chain.refreshHash, ...chain.usedRefreshHashes]) this.byRefresh.set(each, chain);
  }
}

function newRefreshToken(): string {
  return `stampNL001.${randomBytes(4).toString('base64url')}!IAAA${randomBytes(64).toString('base64url')}`;
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
