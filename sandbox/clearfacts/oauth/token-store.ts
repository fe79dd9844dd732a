import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../../src/kernel/index.js';
import type { Journal } from '../../http/index.js';
import type { PersonalAccessToken } from '../options.js';

/** "Short" is all that is documented. */
const CODE_TTL_MS = 120_000;
export const ACCESS_TTL_SECONDS = 3_600;
/** Per user, app and set of scopes; beyond it the token that was used longest ago is revoked. */
export const MOST_ACTIVE_TOKENS = 10;

export interface Grant {
  readonly clientId: string;
  readonly userName: string;
  readonly scopes: readonly string[];
}

export interface Code extends Grant {
  readonly redirectUri: string;
  /** The S256 challenge, when the app sent one. */
  readonly challenge: string | null;
  readonly nonce: string | null;
}

/** A token that was granted. Hashes only: a state file must not hold a token that works. */
export interface TokenRecord extends Grant {
  readonly hash: string;
  /** The JWT that holds the token opens the same doors. */
  jwtHash: string | null;
  refreshHash: string | null;
  /** Milliseconds; null: never. */
  readonly expiresAt: number | null;
  usedAt: number;
  ended: boolean;
  refreshed: boolean;
}

export interface Granted {
  readonly access: string;
  readonly refresh: string | null;
  readonly record: TokenRecord;
}

/** Codes and tokens. Every grant is on disk before it is in the answer. */
export class TokenStore {
  private readonly codes = new Map<string, { code: Code; issuedAt: number }>();
  private readonly records = new Map<string, TokenRecord>();
  private readonly byHash = new Map<string, TokenRecord>();

  constructor(
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly kind: 'refreshable' | 'lasting',
  ) {}

  /** Exactly 80 ASCII characters. */
  addPersonal({ token, userName, scopes }: PersonalAccessToken): void {
    if (!/^[\x21-\x7e]{80}$/.test(token)) throw new Error('a personal access token has exactly 80 ASCII characters');
    const shared = { jwtHash: null, refreshHash: null, expiresAt: null, usedAt: 0, ended: false, refreshed: false };
    this.restore({ clientId: 'personal', userName, scopes, hash: hash(token), ...shared });
  }

  issueCode(code: Code): string {
    const text = randomBytes(30).toString('base64url');
    this.codes.set(text, { code, issuedAt: this.now() });
    return text;
  }

  /** Takes a code once; null when it is unknown, used or too old. */
  takeCode(text: string): Code | null {
    const found = this.codes.get(text);
    this.codes.delete(text);
    return found !== undefined && this.now() - found.issuedAt <= CODE_TTL_MS ? found.code : null;
  }

  grant({ clientId, userName, scopes }: Grant): Granted {
    const access = randomBytes(60).toString('base64url');
    const refresh = this.kind === 'refreshable' ? randomBytes(48).toString('base64url') : null;
    const record: TokenRecord = {
      clientId,
      userName,
      scopes,
      hash: hash(access),
      jwtHash: null,
      refreshHash: refresh === null ? null : hash(refresh),
      expiresAt: this.kind === 'refreshable' ? this.now() + ACCESS_TTL_SECONDS * 1_000 : null,
      usedAt: this.now(),
      ended: false,
      refreshed: false,
    };
    this.save(record);
    this.revokeBeyondLimit(record);
    return { access, refresh, record };
  }

  noteJwt(record: TokenRecord, jwt: string): void {
    record.jwtHash = hash(jwt);
    this.save(record);
  }

  /** The living grant behind a bearer token or the JWT around it. */
  findAccess(token: string): TokenRecord | null {
    const record = this.byHash.get(hash(token));
    if (record === undefined || record.ended || record.refreshHash === hash(token)) return null;
    if (record.expiresAt !== null && this.now() >= record.expiresAt) return null;
    record.usedAt = this.now();
    return record;
  }

  /** Spends a refresh token; null when it was spent, revoked or never was. */
  takeRefresh(token: string): Grant | null {
    const record = this.byHash.get(hash(token));
    if (record === undefined || record.refreshHash !== hash(token) || record.ended || record.refreshed) return null;
    record.refreshed = true;
    this.save(record);
    return record;
  }

  /** The user removes the app: all its tokens go. Personal ones stay. Answers how many ended. */
  revokeAll(): number {
    const living = this.living().filter(({ clientId }) => clientId !== 'personal');
    for (const record of living) this.end(record);
    return living.length;
  }

  get livingCount(): number {
    return this.living().length;
  }

  restore(record: TokenRecord): void {
    this.records.set(record.hash, record);
    for (const each of [record.hash, record.jwtHash, record.refreshHash])
      if (each !== null) this.byHash.set(each, record);
  }

  *lines(): Generator<unknown> {
    for (const record of this.records.values()) if (record.clientId !== 'personal') yield ['token', record];
  }

  private living(): TokenRecord[] {
    return [...this.records.values()].filter(({ ended }) => !ended);
  }

  private revokeBeyondLimit({ clientId, userName, scopes }: TokenRecord): void {
    const key = [...scopes].sort().join(' ');
    const same = this.living()
      .filter((each) => each.clientId === clientId && each.userName === userName)
      .filter((each) => !each.refreshed && [...each.scopes].sort().join(' ') === key)
      .sort((left, right) => left.usedAt - right.usedAt);
    for (const record of same.slice(0, Math.max(0, same.length - MOST_ACTIVE_TOKENS))) this.end(record);
  }

  private end(record: TokenRecord): void {
    record.ended = true;
    this.save(record);
  }

  private save(record: TokenRecord): void {
    this.restore(record);
    this.journal.append([['token', record]]);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
