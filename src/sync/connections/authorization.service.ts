import { Inject, Injectable } from '@nestjs/common';
import { SourceError } from '../../connectors/contract/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { UnitOfWork, type Transaction } from '../../persistence/index.js';
import { Settings } from '../../settings/index.js';
import { AuthorizationRepository, type AuthorizationRequest } from './authorization.repository.js';
import type { ConnectionRef } from './connection-ref.js';
import { ConnectionRepository } from './connection.repository.js';
import { ConsentService } from './consent.service.js';

export type CallbackResult = 'connected' | 'denied' | 'invalid-state' | 'other-browser' | 'code-refused';

/** What comes back from the source's consent page, in the query of the redirect. */
export interface Callback {
  readonly state?: string | undefined;
  readonly code?: string | undefined;
  readonly error?: string | undefined;
}

/** What a consent is asked for with. */
export interface Asking {
  readonly connector: string;
  /** Kept by the browser that begins, and asked for when it comes back; null when no browser of ours begins. */
  readonly browserSecret?: string | null;
}

/** Consent: asks for it, and takes what comes back from the source's page. */
@Injectable()
export class AuthorizationService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly requests: AuthorizationRepository,
    private readonly connections: ConnectionRepository,
    private readonly consent: ConsentService,
    private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The page at the source where a person consents; good for ten minutes and one answer. */
  async ask(
    transaction: Transaction,
    ref: ConnectionRef,
    { connector, browserSecret = null }: Asking,
  ): Promise<string> {
    const redirectUri = `${this.settings.publicUrl}/oauth/callback`;
    const state = await this.requests.create(transaction, ref, { redirectUri, at: this.clock.now(), browserSecret });
    return this.consent.authorizeUrl(connector, { redirectUri, state });
  }

  /** Asks again: the connection keeps its id, administrations and schedules, and works on until the new consent is there. */
  async askAgain(ref: ConnectionRef, browserSecret: string | null): Promise<string> {
    const { connector } = await this.connections.get(ref);
    return this.unitOfWork.inFirm(ref.firmId, (transaction) =>
      this.ask(transaction, ref, { connector, browserSecret }),
    );
  }

  /** Ends the flow; answers the page of ours to go to. Never throws for what a person or a source did. */
  async finish(callback: Callback, browserSecret: string | null = null): Promise<string> {
    const request = await this.requests.take(callback.state ?? '', browserSecret, this.clock.now());
    // Whoever this is did not begin it: not even the connection's id is theirs to know.
    if (request?.otherBrowser === true) return `${this.settings.publicUrl}/connections?result=other-browser`;
    const page = `${this.settings.publicUrl}/connections${request === null ? '' : `/${request.connectionId}`}`;
    const result = request?.valid === true ? await this.settle(request, callback) : 'invalid-state';
    return `${page}?result=${result}`;
  }

  private async settle(request: AuthorizationRequest, callback: Callback): Promise<CallbackResult> {
    if (callback.code === undefined || callback.error !== undefined) {
      const error = callback.error ?? 'no code came back';
      const denied = callback.error === 'access_denied';
      await this.connections.markFailed(
        request,
        denied ? 'consent_denied' : 'consent_failed',
        denied ? 'The person who was asked did not give access.' : `The source answered: ${error.slice(0, 200)}`,
      );
      return denied ? 'denied' : 'code-refused';
    }
    try {
      await this.consent.accept(request, callback.code);
      return 'connected';
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      const reason = error.kind === 'auth_revoked' ? 'code_refused' : error.kind;
      await this.connections.markFailed(request, reason, error.message);
      return 'code-refused';
    }
  }
}
