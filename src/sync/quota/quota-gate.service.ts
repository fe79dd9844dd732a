import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  SourceError,
  type CallMeter,
  type Connector,
  type SourceRequest,
  type SourceResponse,
} from '../../connectors/contract/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { ShuttingDown, Sleeper } from '../sleeper.js';
import { errorLineOf, linesOf, type ErrorLine } from './budget-line.js';
import { CallSlots } from './call-slots.repository.js';
import { restUntil } from './error-budget.js';
import { QuotaLedger, type Claim } from './quota-ledger.service.js';
import { waitText, restText } from './quota-text.js';
import { QuotaRepository, type AppRef, type Resting } from './quota.repository.js';

/**
 * Why a source is called. `background`: scheduled and first pulls, which leave the reserve alone. `urgent`: a pull that
 * a person asked for, or a run needs. `write`: write-backs. `person`: somebody looks at the screen and waits.
 */
export type CallPurpose = 'background' | 'urgent' | 'write' | 'person';

/** How long a call waits for its turn before it is given back with a time: a minute's window, or nothing long. */
const PATIENCE_MS = { background: 70_000, urgent: 70_000, write: 70_000, person: 5_000 } as const satisfies Record<
  CallPurpose,
  number
>;

/** Whose calls they are. */
export interface Caller {
  readonly connector: Connector;
  readonly clientId: string;
  readonly connectionId: string;
  readonly purpose: CallPurpose;
}

/** A call that may be made now. */
export interface Pass {
  /** False when the window that it was counted in has ended meanwhile. */
  isFresh(): boolean;
  /** Its answer; null when none came. Answers the text for people when the endpoint must rest from now on. */
  close(response: SourceResponse | null): Promise<string | null>;
}

const PLAIN: CallMeter = {
  cost: ({ url }) => ({ administration: null, endpoint: new URL(url, 'https://source').pathname, units: 1 }),
  seen: () => [],
};

/** The one door for calls to a source: each is counted, kept within the budgets, and its errors are remembered. */
@Injectable()
export class QuotaGate {
  private readonly logger = new Logger('quota');
  /** Endpoints that rest, by connection, as far as this process has heard. */
  private readonly resting = new Map<string, readonly Resting[]>();

  constructor(
    private readonly ledger: QuotaLedger,
    private readonly rows: QuotaRepository,
    private readonly slots: CallSlots,
    private readonly sleeper: Sleeper,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Waits for the call's turn. Throws SourceError `rate_limited` or `quota_exhausted` with a time when that is long. */
  async enter(caller: Caller, request: SourceRequest): Promise<Pass> {
    const { connector, clientId, connectionId, purpose } = caller;
    const { declaration, meter = PLAIN } = connector;
    const cost = meter.cost(request);
    const app = { connector: declaration.id, app: clientId };
    const errors = errorLineOf(declaration, cost);
    const lines = linesOf(declaration, cost, connectionId);
    const claim = { app, connectionId, lines, units: cost.units, urgent: purpose !== 'background' };
    for (;;) {
      const leave = declaration.callsAtOnce === 1 ? await this.slotOf(connectionId) : nothing;
      try {
        const turn = await this.take(claim, { caller, errors });
        if (turn.granted) return this.pass(claim, { caller, errors, meter, leave, until: turn.until });
        await this.quietly(leave);
        await this.sleeper.sleep(turn.waitMs);
      } catch (error) {
        await this.quietly(leave);
        throw this.toSourceError(error);
      }
    }
  }

  private async slotOf(connectionId: string): Promise<() => Promise<void>> {
    try {
      return await this.slots.enter(connectionId);
    } catch (error) {
      throw this.toSourceError(error);
    }
  }

  private async take(
    claim: Claim,
    { caller, errors }: { caller: Caller; errors: ErrorLine | null },
  ): Promise<{ granted: true; until: number } | { granted: false; waitMs: number }> {
    const { connectionId, connector, purpose } = caller;
    const answer = claim.lines.length === 0 ? await this.uncounted(claim) : await this.ledger.claim(claim);
    const now = this.clock.now().getTime();
    if (!answer.granted) {
      const waitMs = Math.max(1, answer.until - now);
      if (waitMs <= PATIENCE_MS[purpose]) return { granted: false, waitMs };
      const kind = answer.line.perSeconds >= 3_600 ? 'quota_exhausted' : 'rate_limited';
      throw new SourceError(kind, waitText(connector.declaration.name, answer), { until: new Date(answer.until) });
    }
    if (answer.resting !== null) this.resting.set(connectionId, answer.resting);
    const rest = errors === null ? null : this.restOf(connectionId, errors);
    if (rest !== null && errors !== null)
      throw new SourceError('quota_exhausted', restText(connector.declaration.name, errors, rest), { until: rest });
    return { granted: true, until: answer.until };
  }

  /** A call that costs nothing may still be one whose errors count. */
  private async uncounted({
    connectionId,
  }: Claim): Promise<{ granted: true; until: number; resting: Resting[] | null }> {
    const known = this.resting.has(connectionId);
    const resting = known ? null : await this.rows.resting(connectionId, this.clock.now());
    return { granted: true, until: Infinity, resting };
  }

  private restOf(connectionId: string, { administration, endpoint }: ErrorLine): Date | null {
    const found = this.resting
      .get(connectionId)
      ?.find((each) => each.endpoint === endpoint && each.administration === administration);
    return found !== undefined && found.until > this.clock.now() ? found.until : null;
  }

  private pass(
    claim: Claim,
    call: { caller: Caller; errors: ErrorLine | null; meter: CallMeter; leave: () => Promise<void>; until: number },
  ): Pass {
    const { caller, errors, meter, leave, until } = call;
    return {
      isFresh: () => this.clock.now().getTime() < until,
      close: async (response) => {
        await this.quietly(leave);
        if (response === null) return null;
        if (claim.lines.length > 0) this.ledger.learn(claim, meter.seen(response, this.clock.now()));
        if (errors === null || !errors.statuses.includes(response.status)) return null;
        return this.noteError(claim.app, caller, errors);
      },
    };
  }

  /** A turn that cannot be given back ends by itself; the answer that it was taken for counts more. */
  private async quietly(leave: () => Promise<void>): Promise<void> {
    await leave().catch((error: unknown) => this.logger.warn(`a turn could not be given back: ${String(error)}`));
  }

  /** Nothing was sent: what fails here is our own ledger, and passes. */
  private toSourceError(error: unknown): Error {
    if (error instanceof SourceError || error instanceof ShuttingDown) return error;
    this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return new SourceError('source_down', 'our ledger of calls could not be read; nothing was sent', { cause: error });
  }

  /** The answer itself counts more than our note of it: a note that fails is only logged. */
  private async noteError(app: AppRef, { connectionId, connector }: Caller, line: ErrorLine): Promise<string | null> {
    const now = this.clock.now();
    try {
      const judge = (errors: readonly number[]): number | null => restUntil(errors, line, now.getTime());
      const until = await this.rows.addError({ app, connectionId, now }, line, judge);
      if (until === null) return null;
      this.resting.set(connectionId, await this.rows.resting(connectionId, now));
      return restText(connector.declaration.name, line, new Date(until));
    } catch (error) {
      this.logger.warn(`an error of ${line.endpoint} could not be noted: ${String(error)}`);
      return null;
    }
  }
}

async function nothing(): Promise<void> {
  // Sources without a limit on calls at the same time.
}
