import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SourceError, type TokenGrant } from '../../connectors/contract/index.js';
import { CLOCK, newId, type Clock } from '../../kernel/index.js';
import { SecretBox, type SealedSecret } from '../../persistence/index.js';
import { ConnectorRegistry } from '../connector-registry.js';
import { Sleeper } from '../sleeper.js';
import type { ConnectionRef } from './connection-ref.js';
import { GrantSpool } from './grant-spool.client.js';
import { planTokenStep, type RefreshIntent } from './refresh-plan.js';
import { checkTokenBudget } from './token-budget.js';
import { tokenPlace, type TokenField } from './token-place.js';
import { TokenRepository, type Replaces, type SealedGrant, type StoredCredentials } from './token.repository.js';

const POLL_MS = 100;
/** A sibling may have won just now and not stored yet: look again after this before giving up on a refused token. */
const SECOND_LOOK_MS = 1_500;
const CALL_LIMIT_MS = 40_000;
const STORE_PAUSES_MS = [200, 400, 800, 1_600];

/** One refresh under way: what it read and what it wrote down before calling. */
interface Attempt {
  readonly ref: ConnectionRef;
  readonly seen: StoredCredentials;
  readonly replaces: Replaces;
  readonly owner: string;
  readonly intent: RefreshIntent;
}

/**
 * The only place that opens tokens. Refresh tokens of the ledgers are single-use, so one process at a time calls the
 * token endpoint, writes down beforehand that it will, and stores the answer before anyone uses it.
 */
@Injectable()
export class TokenVault implements OnApplicationBootstrap {
  private readonly logger = new Logger('connections');
  private readonly inFlight = new Map<string, Promise<string>>();

  constructor(
    private readonly tokens: TokenRepository,
    private readonly spool: GrantSpool,
    private readonly secrets: SecretBox,
    private readonly registry: ConnectorRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly sleeper: Sleeper,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const recovered = await this.recoverSpool().catch((error: unknown) => {
      this.logger.warn(`kept tokens could not be stored yet: ${String(error)}`);
      return 0;
    });
    if (recovered > 0) this.logger.log(`${recovered} kept token(s) stored`);
  }

  /** An access token that is valid long enough for one call. Throws SourceError, `auth_revoked` when a person must reconnect. */
  async bearer(ref: ConnectionRef): Promise<string> {
    return this.single(ref.connectionId, () => this.obtain(ref, null));
  }

  /**
   * A token other than `refused`, which the source answered with 401. Throws `auth_expired{until}` when the source
   * would not accept a refresh yet.
   */
  async renew(ref: ConnectionRef, refused: string): Promise<string> {
    return this.single(`${ref.connectionId}:${fingerprintOf(refused)}`, () => this.obtain(ref, refused));
  }

  /** Keeps the tokens of a new consent; it wins over every refresh under way. */
  async adopt(ref: ConnectionRef, grant: TokenGrant, askedAt: Date): Promise<void> {
    await this.tokens.storeConsent(ref, newId(), this.seal(ref, grant, askedAt));
    await this.spool.remove(ref.connectionId);
  }

  /** The source says on a call that the consent is gone: a person must reconnect, unless a new consent came meanwhile. */
  async distrust(ref: ConnectionRef, token: string, message: string): Promise<void> {
    const seen = await this.tokens.find(ref);
    if (seen === null || seen.accessToken === null || seen.refreshToken === null) return;
    if (this.open(ref, 'access_token', seen.accessToken) !== token) return;
    const replaces = { lineage: seen.lineage, usedText: seen.refreshToken.text };
    await this.tokens.needReconnect(ref, replaces, { reason: 'access_revoked', message });
  }

  /** What a consent that ends still holds, and nothing of it stays in the local file; the row is erased by who asks. */
  async leave(ref: ConnectionRef): Promise<{ accessToken: string | null; refreshToken: string | null }> {
    const held = await this.tokens.find(ref);
    await this.spool.remove(ref.connectionId);
    const opened = (field: TokenField, sealed: SealedSecret | null | undefined): string | null =>
      sealed === null || sealed === undefined ? null : this.open(ref, field, sealed);
    return {
      accessToken: opened('access_token', held?.accessToken),
      refreshToken: opened('refresh_token', held?.refreshToken),
    };
  }

  /** Stores what an earlier process received but could not store; answers how many. */
  async recoverSpool(): Promise<number> {
    let recovered = 0;
    for (const connectionId of await this.spool.waiting()) {
      const entry = await this.spool.find(connectionId);
      if (entry !== null && (await this.tokens.storeGrant(entry.ref, entry.replaces, entry.grant))) recovered += 1;
      await this.spool.remove(connectionId);
    }
    return recovered;
  }

  private async single(key: string, work: () => Promise<string>): Promise<string> {
    const running = this.inFlight.get(key);
    if (running !== undefined) return running;
    const started = work().finally(() => this.inFlight.delete(key));
    this.inFlight.set(key, started);
    return started;
  }

  private async obtain(ref: ConnectionRef, refused: string | null): Promise<string> {
    for (;;) {
      const seen = await this.tokens.find(ref);
      if (seen === null) throw new SourceError('auth_revoked', 'the connection no longer exists');
      const token = seen.accessToken === null ? null : this.open(ref, 'access_token', seen.accessToken);
      const facts = { ...seen, hasTokens: token !== null && seen.refreshToken !== null, refused: token === refused };
      const plan = planTokenStep(facts, this.registry.loginOf(seen.connector), this.clock.now());
      if (plan.step === 'use' && token !== null) return token;
      if (plan.step === 'reconnect')
        throw new SourceError('auth_revoked', seen.stateMessage ?? 'the connection must be connected again');
      if (plan.step === 'too-early')
        throw new SourceError('auth_expired', 'the source refused a token that is too young to be refreshed', {
          until: plan.until,
        });
      if (plan.step === 'poll') await this.sleeper.sleep(POLL_MS);
      if (plan.step === 'refresh') await this.refresh(ref, seen);
    }
  }

  /** One call at most. Returns when the row is worth reading again. */
  private async refresh(ref: ConnectionRef, seen: StoredCredentials): Promise<void> {
    if (seen.refreshToken === null || (seen.intent !== null && (await this.recover(ref, seen)))) return;
    const refreshToken = this.open(ref, 'refresh_token', seen.refreshToken);
    const fingerprint = fingerprintOf(refreshToken);
    const tries = seen.intent?.fingerprint === fingerprint ? seen.intent.tries + 1 : 1;
    const askedAt = this.clock.now();
    checkTokenBudget(this.registry.get(seen.connector).declaration, seen, askedAt);
    const attempt: Attempt = {
      ref,
      seen,
      replaces: { lineage: seen.lineage, usedText: seen.refreshToken.text },
      owner: newId(),
      intent: { attemptId: newId(), fingerprint, startedAt: askedAt.toISOString(), tries },
    };
    if (!(await this.tokens.takeLease(ref, seen, attempt))) return;
    let grant: TokenGrant;
    try {
      grant = await this.callTokenEndpoint(seen.connector, refreshToken);
    } catch (error) {
      return this.afterRefusal(attempt, error);
    }
    await this.keep(attempt, this.seal(ref, grant, askedAt));
  }

  private async callTokenEndpoint(connector: string, refreshToken: string): Promise<TokenGrant> {
    const auth = this.registry.get(connector).auth(this.registry.settingsOf(connector));
    const limit = new AbortController();
    const late = this.sleepUnless(limit.signal).then(() => {
      throw new SourceError('outcome_unknown', 'the token endpoint did not answer in time');
    });
    try {
      return await Promise.race([auth.refresh({ refreshToken }), late]);
    } finally {
      limit.abort();
    }
  }

  private sleepUnless(signal: AbortSignal): Promise<void> {
    return new Promise((proceed) => {
      const timer = setTimeout(proceed, CALL_LIMIT_MS).unref();
      signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    });
  }

  /** The file first, then the row: what happens in between is found in the file. */
  private async keep(attempt: Attempt, grant: SealedGrant): Promise<void> {
    const { ref, replaces } = attempt;
    // A full disk must not cost the grant: the row alone is enough.
    await this.spool.keep({ ref, replaces, grant }).catch(() => undefined);
    for (const pause of [...STORE_PAUSES_MS, null]) {
      try {
        await this.tokens.storeGrant(ref, replaces, grant);
        await this.spool.remove(ref.connectionId);
        return;
      } catch (error) {
        if (pause === null)
          throw new SourceError('source_down', 'the new token is kept in a local file until the database takes it', {
            cause: error,
          });
        await this.sleeper.sleep(pause);
      }
    }
  }

  /** A refresh was under way and nobody stored its answer: perhaps the answer lies in the spool. */
  private async recover(ref: ConnectionRef, seen: StoredCredentials): Promise<boolean> {
    const entry = await this.spool.find(ref.connectionId);
    if (entry === null) return false;
    const fits = entry.replaces.lineage === seen.lineage && entry.replaces.usedText === seen.refreshToken?.text;
    const stored = fits && (await this.tokens.storeGrant(ref, entry.replaces, entry.grant));
    await this.spool.remove(ref.connectionId);
    return stored;
  }

  private async afterRefusal(attempt: Attempt, error: unknown): Promise<void> {
    const { ref, owner, intent, seen } = attempt;
    const refusal = error instanceof SourceError ? error : new SourceError('bug', String(error), { cause: error });
    const given = refusal.grantedRefreshToken;
    if (given !== null) {
      const sealed = this.secrets.seal(given, tokenPlace(ref.connectionId, 'refresh_token'));
      await this.tokens.storeRefreshToken(ref, attempt.replaces, sealed);
    }
    if (refusal.kind === 'auth_revoked') return this.afterRevocation(attempt, refusal);
    const unclear = ['outcome_unknown', 'timeout_read', 'source_down', 'bug'].includes(refusal.kind);
    const { ambiguousRefreshIsSafe } = this.registry.loginOf(seen.connector);
    await this.tokens.release(ref, owner, unclear && !ambiguousRefreshIsSafe && given === null ? intent : null);
    throw unclear ? new SourceError('source_down', refusal.message, { cause: refusal }) : refusal;
  }

  /** "Old refresh token used" is often a sibling's victory: look twice before a person is called. */
  private async afterRevocation(attempt: Attempt, refusal: SourceError): Promise<void> {
    const { ref, owner, replaces, intent } = attempt;
    for (const pause of [0, SECOND_LOOK_MS]) {
      await this.sleeper.sleep(pause);
      const now = await this.tokens.find(ref);
      if (now?.lineage !== replaces.lineage || now.refreshToken?.text !== replaces.usedText)
        return this.tokens.release(ref, owner, null);
    }
    const reason = intent.tries > 1 ? 'refresh_outcome_unknown' : 'refresh_refused';
    const message =
      intent.tries > 1
        ? `An earlier token renewal was interrupted and the source no longer takes the token that was left: ${refusal.message}`
        : refusal.message;
    if (!(await this.tokens.needReconnect(ref, replaces, { reason, message }))) return;
    throw new SourceError('auth_revoked', message, { cause: refusal });
  }

  private seal(ref: ConnectionRef, grant: TokenGrant, askedAt: Date): SealedGrant {
    return {
      accessToken: this.secrets.seal(grant.accessToken, tokenPlace(ref.connectionId, 'access_token')),
      refreshToken: this.secrets.seal(grant.refreshToken, tokenPlace(ref.connectionId, 'refresh_token')),
      // The source granted it somewhere between asking and answering: count its life from the asking and its youth
      // from the answer, so that we are neither late nor early.
      issuedAt: this.clock.now().toISOString(),
      expiresAt: new Date(askedAt.getTime() + grant.expiresInSeconds * 1000).toISOString(),
    };
  }

  private open(ref: ConnectionRef, field: TokenField, sealed: SealedSecret): string {
    return this.secrets.open(sealed, tokenPlace(ref.connectionId, field));
  }
}

function fingerprintOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}
