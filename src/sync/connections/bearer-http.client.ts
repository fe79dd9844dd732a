import {
  SourceError,
  type SourceHttp,
  type SourceRequest,
  type SourceResponse,
} from '../../connectors/contract/index.js';
import { createSourceHttp } from '../../connectors/transport/index.js';
import type { Caller, Pass, QuotaGate } from '../quota/index.js';
import type { ConnectionRef } from './connection-ref.js';
import type { TokenVault } from './token-vault.service.js';

const REUSE_MS = 3_000;

/** What a connection's calls go through. */
export interface WayOutOfConnection {
  readonly vault: TokenVault;
  readonly quota: QuotaGate;
  readonly caller: Caller;
  /** Told what a person should know when an endpoint must be left alone. */
  readonly onRest: (text: string) => Promise<void>;
  readonly baseUrl: string;
  readonly allowedHosts: readonly string[];
}

/**
 * The way out for one connection: every call is counted before it is made, and carries the connection's token. One
 * refresh and one repeat per 401; a 401 means that nothing was done, so a write may be repeated too.
 */
export class BearerHttp implements SourceHttp {
  calls = 0;
  lastToken = '';
  private askedAt = -Infinity;
  /** Set when a 401 met a token that the source would not renew yet. */
  tooYoungUntil: Date | null = null;

  constructor(
    private readonly ref: ConnectionRef,
    private readonly way: WayOutOfConnection,
  ) {}

  async request(request: SourceRequest): Promise<SourceResponse> {
    const first = await this.send(request, () => this.recent());
    if (first.status !== 401) return first;
    const next = await this.renewed(this.lastToken);
    return this.send(request, async () => next);
  }

  /** A token asked for a moment ago is as good as the one in the vault: the margin before its end is far longer. */
  private async recent(): Promise<string> {
    if (this.lastToken !== '' && performance.now() - this.askedAt < REUSE_MS) return this.lastToken;
    const token = await this.way.vault.bearer(this.ref);
    this.askedAt = performance.now();
    return token;
  }

  private async send(request: SourceRequest, bearer: () => Promise<string>): Promise<SourceResponse> {
    const { baseUrl, allowedHosts } = this.way;
    const passes: Pass[] = [];
    const http = createSourceHttp({
      baseUrl,
      allowedHosts,
      // Asked once the host was checked, right before the call leaves.
      bearer: async () => (this.lastToken = await this.enter(request, { bearer, passes })),
      onCall: () => (this.calls += 1),
    });
    let response: SourceResponse | null = null;
    try {
      response = await http.request(request);
      return response;
    } finally {
      const rest = await passes.at(-1)?.close(response);
      // A note for people; the answer counts more.
      if (typeof rest === 'string') await this.way.onRest(rest).catch(() => undefined);
    }
  }

  /** The turn first, for it may take a minute, then the token; should that take long, the turn is taken again. */
  private async enter(
    request: SourceRequest,
    { bearer, passes }: { bearer: () => Promise<string>; passes: Pass[] },
  ): Promise<string> {
    for (;;) {
      const pass = await this.way.quota.enter(this.way.caller, request);
      passes.push(pass);
      const token = await bearer();
      if (pass.isFresh()) return token;
      await passes.pop()?.close(null);
    }
  }

  /** A young token gets its one repeat unrenewed: the refusal may have been a hiccup, a refresh would be refused. */
  private async renewed(refused: string): Promise<string> {
    try {
      return await this.way.vault.renew(this.ref, refused);
    } catch (error) {
      if (!(error instanceof SourceError) || error.kind !== 'auth_expired') throw error;
      this.tooYoungUntil = error.until;
      return refused;
    }
  }
}
