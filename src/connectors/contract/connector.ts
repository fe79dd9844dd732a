import type { Clock } from '../../kernel/index.js';
import type { LedgerObject, Mapped, SourceAdministration } from '../../ledger/domain/index.js';
import type { Declaration } from './declaration.js';
import type { ProbeOutcome, PushOutcome, StateIntent, WriteIntent } from './intents.js';
import { SourceError } from './errors.js';
import type { BudgetSeen, SourceHttp } from './http.js';
import type { CallMeter } from './metering.js';
import type { Heard, HintRequest, Subscribed, SubscribeRequest } from './hints.js';

/** Application credentials and hosts, from the environment. */
export interface ConnectorSettings {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly extra: Readonly<Record<string, string>>;
}

/** Tokens as the source granted them. Nothing here is ever logged. */
export interface TokenGrant {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
}

/** The two calls to a source's login host. They return tokens and store nothing. */
export interface ConnectorAuth {
  authorizeUrl(request: { redirectUri: string; state: string; forceLogin: boolean }): string;
  /** Throws SourceError: `auth_revoked` when the code or token is refused for good, `rate_limited` when too early, `outcome_unknown` when no answer came. */
  exchange(request: { code: string; redirectUri: string }): Promise<TokenGrant>;
  refresh(request: { refreshToken: string }): Promise<TokenGrant>;
  /**
   * Withdraws a consent when a person disconnects. Absent where the vendor has no address for it: then only the user can,
   * in the package itself. Called after our own copy is gone, so a failure loses nothing.
   */
  revoke?(tokens: { accessToken: string | null; refreshToken: string | null }): Promise<void>;
}

/** The `auth` of a source where nobody signs in: the engine never calls it. */
export function noLogin(): ConnectorAuth {
  const refuse = (): never => {
    throw new SourceError('bug', 'Nobody signs in at this source.');
  };
  return { authorizeUrl: refuse, exchange: async () => refuse(), refresh: async () => refuse() };
}

export interface ConnectorContext {
  readonly http: SourceHttp;
  readonly clock: Clock;
  readonly settings: ConnectorSettings;
}

/** Our place in an object: JSON that only the connector understands. */
export type Position = Readonly<Record<string, unknown>>;

export interface PullRequest {
  readonly object: LedgerObject;
  readonly administration: string;
  readonly position: Position;
  /** At most this many records; a source with a fixed page size may ignore it. */
  readonly limit: number;
}

export interface SignpostRequest {
  readonly object: LedgerObject;
  readonly administration: string;
}

/** A second reading of what belongs to the open period. */
export interface RescanRequest {
  readonly object: LedgerObject;
  /** The first day of the open period. */
  readonly from: Date;
  /** When the ordinary reading before it began: what changed since, less what that looks back, is still to come by itself. */
  readonly readAt: Date;
}

/** One answer of the source. Raw records go through `map`, one by one, outside the network. */
export interface Page {
  readonly records: readonly unknown[];
  readonly next: Position;
  readonly more: boolean;
  /** Records in the whole object from here, when the source says so. */
  readonly total: number | null;
  readonly budgets: readonly BudgetSeen[];
}

export interface CheckResult {
  readonly user: string;
  readonly administrations: readonly SourceAdministration[];
}

/** Whether something may be done in an administration, for whoever has to give the missing right. */
export interface RightSeen {
  readonly object: string;
  readonly allowed: boolean;
  /** What is missing, or why it could not be found out; in plain words. */
  readonly message: string | null;
  /** The scope of the app that it needs, as the source names it. */
  readonly scope?: string;
  /** What does not work without it, in plain words; only when it is not allowed. */
  readonly disables?: string;
}

/** What `map` may look at besides the record: facts of the administration, nothing from the network. */
export interface MapContext {
  readonly object: LedgerObject;
  readonly currency: string;
  readonly country: string;
}

/** One accounting package. Never sleeps, retries, stores, schedules, locks or sees the token store. */
export interface Connector {
  readonly declaration: Declaration;
  /** How the source counts calls. Absent: each call costs one and no header tells what is left. */
  readonly meter?: CallMeter;
  /** {@link noLogin} where the declaration says that nobody signs in. */
  auth(settings: ConnectorSettings): ConnectorAuth;
  /** Who is connected, and which administrations the consent reaches. */
  check(context: ConnectorContext): Promise<CheckResult>;
  /** The user's rights per object in one administration. */
  rights(context: ConnectorContext, administration: string): Promise<readonly RightSeen[]>;
  /** Where a first (or full) pull of an object begins. */
  firstPosition(object: LedgerObject): Position;
  /**
   * Where an object stands now, for a first load that has no use for its past; asked before page one of anything, so
   * that nothing falls between. null: read it from its beginning. Absent where no object has a past to skip.
   */
  signpost?(context: ConnectorContext, request: SignpostRequest): Promise<Position | null>;
  pull(context: ConnectorContext, request: PullRequest): Promise<Page>;
  /**
   * PURE. Where a second reading of an object begins, for records that the source showed long after their time of change;
   * null: this object needs none. Its pages end by themselves, leave out what is still to come by itself, and its
   * positions are never kept. Absent where no cursor can miss a record.
   */
  rescan?(request: RescanRequest): Position | null;
  push(context: ConnectorContext, intent: WriteIntent, known: { remoteId: string } | null): Promise<PushOutcome>;
  probe(context: ConnectorContext, intent: WriteIntent): Promise<ProbeOutcome>;
  /** Shows a state at the source. Absent where the source has no place for any. */
  show?(context: ConnectorContext, intent: StateIntent): Promise<PushOutcome>;
  /** PURE. */
  map(raw: unknown, context: MapContext): Mapped;
  /** PURE. What a webhook is: the connector checks its signature over the raw bytes. Absent: this source sends none. */
  hear?(request: HintRequest, settings: ConnectorSettings): Heard;
  /** Sees to it that hints of an administration go to the address; what is subscribed already stays. Safe to repeat. */
  subscribe?(context: ConnectorContext, request: SubscribeRequest): Promise<Subscribed>;
  /** Ends what `subscribe` began at that address. Safe to repeat. */
  unsubscribe?(context: ConnectorContext, request: SubscribeRequest): Promise<void>;
}
