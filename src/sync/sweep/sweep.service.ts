import { Injectable, Logger } from '@nestjs/common';
import type { Declaration } from '../../connectors/contract/index.js';
import { conflict, notFound, toListPage, type ListPage, type PageQuery } from '../../http/index.js';
import { recordDeed, UnitOfWork, type Transaction } from '../../persistence/index.js';
import { JobQueue } from '../../queue/index.js';
import { holdBooks } from '../feed/index.js';
import { planSweep } from './sweep-plan.js';
import { SweepRepository, type SweepOwner, type SweepRow } from './sweep.repository.js';
import type { SweptObject } from './sweep-sql.js';

const OBJECTS: readonly SweptObject[] = ['receivables', 'debtors'];

/** Objects of which this pull reads all there is, so that what it does not see is gone. */
export type SweepScope = ReadonlyMap<SweptObject, 'everything' | 'everything-open'>;

export interface Decision {
  readonly decision: 'delete' | 'keep';
  readonly note: string;
  readonly actor: string;
}

/**
 * A full pull also tells what is not there any more: sources forget their own deletions. Few such records are marked as
 * deleted; many are a question to a person, for then the source may have answered with too little.
 */
@Injectable()
export class SweepService {
  private readonly logger = new Logger('sync');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rows: SweepRepository,
    private readonly queue: JobQueue,
  ) {}

  /** Once per full pull, after its last page; a second time it finds that nothing was looked at. Returns how many went. */
  async afterPull(owner: SweepOwner, scope: SweepScope): Promise<ReadonlyMap<SweptObject, number>> {
    return this.unitOfWork.inFirm(owner.firmId, async (transaction) => {
      await holdBooks(transaction, owner.administrationId);
      const gone = new Map<SweptObject, number>();
      for (const object of OBJECTS) {
        const reading = scope.get(object);
        if (reading === undefined || !(await this.rows.hasLooked(transaction, owner, object))) continue;
        gone.set(object, await this.sweep(transaction, owner, { object, onlyOpen: reading === 'everything-open' }));
      }
      await this.rows.forgetSeen(transaction, owner);
      return gone;
    });
  }

  async list(firmId: string, administrationId: string, page: PageQuery): Promise<ListPage<object>> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      if (!(await this.rows.hasAdministration(transaction, administrationId))) throw notFound('administration');
      const rows = await this.rows.list(transaction, administrationId, page);
      return toListPage(rows, page, { key: (row) => [row.createdAtKey, row.id], item: toSweepView });
    });
  }

  /** @throws Problem 404 when there is none, 409 `sweep-decided` when it is no question (any more) */
  async decide(firmId: string, id: string, { decision, note, actor }: Decision): Promise<object> {
    const { view, administrationId } = await this.unitOfWork.inFirm(firmId, async (transaction) => {
      const books = await this.rows.administrationOf(transaction, id);
      if (books === null) throw notFound('sweep');
      await holdBooks(transaction, books);
      const row = await this.rows.lock(transaction, id);
      if (row === null) throw notFound('sweep');
      if (row.state !== 'asked') throw conflict('sweep-decided', `this question is ${row.state}, not open`);
      const state = decision === 'delete' ? 'swept' : 'kept';
      if (decision === 'delete') await this.rows.bury(transaction, { firmId, ...row }, row.object, row);
      await this.rows.decide(transaction, id, { state, by: actor, note });
      await this.rows.closeTask(transaction, row.administrationId, row.object, { by: actor, note });
      const detail = { object: row.object, missing: row.missing, decision, note };
      const subject = { subjectType: 'administration', subjectId: row.administrationId };
      await recordDeed(transaction, { firmId, actor, action: 'sweep-decided', ...subject, detail });
      const decided = { ...row, state, decidedAt: new Date(), decidedBy: actor, note } as const;
      return { view: toSweepView(decided), administrationId: row.administrationId };
    });
    if (decision === 'delete')
      await this.queue.enqueue('ledger-changed', { firmId, administrationId }, { key: administrationId });
    return view;
  }

  private async sweep(
    transaction: Transaction,
    owner: SweepOwner,
    { object, onlyOpen }: { object: SweptObject; onlyOpen: boolean },
  ): Promise<number> {
    const missing = await this.rows.missing(transaction, owner, { object, onlyOpen });
    const plan = planSweep({ live: missing.live, missing: missing.ids.length });
    await this.rows.supersede(transaction, owner, object);
    if (plan === 'nothing') return 0;
    this.logger.warn(
      `pull ${owner.syncId}: ${missing.ids.length} of ${missing.live} ${object} are not shown any more: ${plan}`,
    );
    await this.rows.record(transaction, owner, { object, state: plan === 'ask' ? 'asked' : 'swept', missing });
    if (plan === 'sweep') return this.rows.bury(transaction, owner, object, missing);
    await this.rows.ask(transaction, owner, object, missing);
    return 0;
  }
}

/** PURE. What a full pull of this source proves, by object. */
export function sweepScopeOf({ objects }: Pick<Declaration, 'objects'>): SweepScope {
  const scope = new Map<SweptObject, 'everything' | 'everything-open'>();
  for (const { object, fullReading } of objects)
    if (fullReading !== undefined && (object === 'debtors' || object === 'receivables')) scope.set(object, fullReading);
  return scope;
}

function toSweepView({ id, administrationId, syncId, object, live, missing, state, ...rest }: SweepRow): object {
  const { createdAt, decidedAt, decidedBy, note } = rest;
  return { id, administrationId, syncId, object, live, missing, state, createdAt, decidedAt, decidedBy, note };
}
