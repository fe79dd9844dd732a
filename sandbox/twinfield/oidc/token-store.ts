import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../../src/kernel/index.js';
import type { Journal } from '../../http/index.js';

export const CODE_TTL_MS = 300_000;
export const ACCESS_TTL_SECONDS = 3_600;

/** One user's consent to the app. Its refresh token may be used any number of times and lasts 25 years. */
export interface Grant {
  readonly id: string;
  readonly userName: string;
  readonly scopes: readonly string[];
  /** A hash: a state file must not hold a token that works. `null` without the scope `offline_access`. */
  readonly refreshHash: string | null;
  readonly grantedAt: number;
  revoked: boolean;
}

/** An access token that was given out. */
export interface Access {
  readonly hash: string;
  readonly grantId: string;
  readonly issuedAt: number;
}

interface Code {
  readonly userName: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly nonce: string;
  readonly issuedAt: number;
}

export interface NewGrant {
  readonly grant: Grant;
  readonly refreshToken: string | null;
}

/** Codes, consents and access tokens. Every one is on disk before it is in an answer. */
export class TokenStore {
  private readonly codes = new Map<string, Code>();
  private readonly grants = new Map<string, Grant>();
  private readonly byRefresh = new Map<string, Grant>();
  private readonly accesses = new Map<string, Access>();

  constructor(
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  issueCode(code: Omit<Code, 'issuedAt'>): string {
    const text = randomBytes(16).toString('hex');
    this.codes.set(text, { ...code, issuedAt: this.clock.now().getTime() });
    return text;
  }

  /** Takes a code once; `null` when it is unknown, used, too old or was sent to another address. */
  takeCode(text: string, redirectUri: string): Code | null {
    const code = this.codes.get(text);
    this.codes.delete(text);
    if (code === undefined || code.redirectUri !== redirectUri) return null;
    return this.clock.now().getTime() - code.issuedAt <= CODE_TTL_MS ? code : null;
  }

  startGrant(userName: string, scopes: readonly string[]): NewGrant {
    const refreshToken = scopes.includes('offline_access') ? randomBytes(16).toString('hex') : null;
    const grant: Grant = {
      id: randomUUID(),
      userName,
      scopes,
      refreshHash: refreshToken === null ? null : hash(refreshToken),
      grantedAt: this.clock.now().getTime(),
      revoked: false,
    };
    this.restoreGrant(grant);
    this.journal.append([['grant', grant]]);
    return { grant, refreshToken };
  }

  /** A further access token; the earlier ones live on until their hour is over. */
  issueAccess(grant: Grant): string {
    const token = randomBytes(16).toString('hex');
    const access = { hash: hash(token), grantId: grant.id, issuedAt: this.clock.now().getTime() };
    this.restoreAccess(access);
    this.journal.append([['access', access]]);
    return token;
  }

  findRefresh(token: string): Grant | null {
    const grant = this.byRefresh.get(hash(token));
    return grant === undefined || grant.revoked ? null : grant;
  }

  /** The consent behind an access token that works; `null` for any other token. */
  findAccess(token: string): { grant: Grant; access: Access } | null {
    const access = this.accesses.get(hash(token));
    const grant = access === undefined ? undefined : this.grants.get(access.grantId);
    if (access === undefined || grant === undefined || grant.revoked || this.isOver(access)) return null;
    return { grant, access };
  }

  /** The user withdraws the app: nothing works any more. Answers the number of consents that ended. */
  revokeAll(): number {
    const living = [...this.grants.values()].filter((grant) => !grant.revoked);
    for (const grant of living) {
      grant.revoked = true;
      this.journal.append([['grant', grant]]);
    }
    return living.length;
  }

  get livingCount(): number {
    return [...this.grants.values()].filter((grant) => !grant.revoked).length;
  }

  restoreGrant(grant: Grant): void {
    this.grants.set(grant.id, grant);
    if (grant.refreshHash !== null) this.byRefresh.set(grant.refreshHash, grant);
  }

  restoreAccess(access: Access): void {
    this.accesses.set(access.hash, access);
  }

  *lines(): Generator<unknown> {
    for (const grant of this.grants.values()) yield ['grant', grant];
    for (const access of this.accesses.values()) if (!this.isOver(access)) yield ['access', access];
  }

  private isOver(access: Access): boolean {
    return this.clock.now().getTime() - access.issuedAt >= ACCESS_TTL_SECONDS * 1_000;
  }
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
