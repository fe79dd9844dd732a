import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { SourceError } from '../../connectors/contract/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { rowOf, UnitOfWork } from '../../persistence/index.js';
import type { SourceSession } from '../connections/index.js';
import type { ActiveSync } from './active-sync.js';

/** `administration.source_state`. */
export interface SourceState {
  readonly rebaseMarkers?: Readonly<Record<string, string | null>>;
  readonly checkedAt?: string;
  /** A full pull with renumbered versions is under way. */
  readonly rebasing?: boolean;
}

const HOUR_MS = 3_600_000;
/** Asking costs calls, so an ordinary pull does not; a full one costs many anyway. */
const MAX_AGE_MS = { delta: 12 * HOUR_MS, full: HOUR_MS } as const;
/** Positions of before a move show no change at all, so whoever is about to remind of something asks first. */
const BEFORE_APPLY_MS = HOUR_MS / 4;

/** Notices that a source has renumbered its versions (Exact does when a division moves), after which every position lies. */
@Injectable()
export class RebaseWatch {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Answers true when everything must be read again; the fact is then on record until a full pull completes. */
  async mustReadAgain(run: ActiveSync, session: SourceSession, insist = false): Promise<boolean> {
    const known = await this.find(run);
    const now = this.clock.now();
    const age = now.getTime() - Date.parse(known.checkedAt ?? '1970-01-01');
    const maxAge = run.trigger === 'before-apply' ? BEFORE_APPLY_MS : MAX_AGE_MS[run.kind];
    if (!insist && age < maxAge) return false;
    const before = session.calls();
    const { administrations } = await session.connector.check(session.context).catch(async (error: unknown) => {
      throw await session.explain(error);
    });
    run.calls += session.calls() - before;
    const found = administrations.find(({ sourceId }) => sourceId === run.sourceId);
    if (found === undefined)
      throw new SourceError('scope_missing', 'the consent no longer reaches this administration; connect again');
    const moved =
      known.rebaseMarkers !== undefined && !isDeepStrictEqual({ ...known.rebaseMarkers }, { ...found.rebaseMarkers });
    await this.save(run, {
      rebaseMarkers: found.rebaseMarkers,
      checkedAt: now.toISOString(),
      ...(moved || known.rebasing === true ? { rebasing: true } : {}),
    });
    return moved;
  }

  private async find(run: ActiveSync): Promise<SourceState> {
    const row = await this.unitOfWork.inFirm(run.firmId, (transaction) =>
      rowOf<{ state: SourceState }>(transaction, `select source_state as state from administration where id = $1`, [
        run.administrationId,
      ]),
    );
    return row?.state ?? {};
  }

  private async save(run: ActiveSync, state: SourceState): Promise<void> {
    await this.unitOfWork.inFirm(run.firmId, (transaction) =>
      transaction.query(`update administration set source_state = $2, updated_at = now() where id = $1`, [
        run.administrationId,
        JSON.stringify(state),
      ]),
    );
  }
}
