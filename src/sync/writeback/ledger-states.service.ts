import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { rowOf, rowsOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { ConnectorRegistry } from '../connector-registry.js';
import { CHOICE_OF, inFull, offeredBy } from '../writeback-choices.js';
import { enqueueStates, type NewState } from './enqueue.js';
import { STATE_KINDS, type StateKind } from './intent.js';
import { staleStatesSql } from './state-sql.js';
import { sayState } from './state-words.js';

interface AdministrationRow {
  readonly id: string;
  readonly firmId: string;
  readonly connector: string;
  readonly language: string;
  readonly choices: Readonly<Record<string, unknown>>;
  /** Kinds of which something is shown already. */
  readonly shown: readonly string[];
  /** Kinds that the package refused less than a day ago. */
  readonly refused: readonly string[];
}

interface StaleRow {
  readonly target: string;
  readonly debtorId: string | null;
  readonly wanted: Readonly<Record<string, unknown>>;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly previous: string | null;
}

/** $1: now. */
const ADMINISTRATIONS = `
select a.id, a.firm_id as "firmId", c.connector, a.language, a.writeback_choices as choices,
  array(select distinct s.kind from writeback_state s where s.administration_id = a.id) as shown,
  array(select distinct w.kind from writeback w where w.administration_id = a.id and w.state = 'rejected' and w.last_error_kind = 'scope_missing'
    and w.created_at > $1::timestamptz - interval '1 day') as refused
from administration a join connection c on c.id = a.connection_id where a.enabled order by a.id`;

/**
 * Keeps what the ledger shows of our work in step with the books: after a message went out, a level changed, a
 * receivable was settled, or a choice was made. It compares and writes what differs, so that nothing has to be caught in
 * the act, and asks a package only for what it takes.
 */
@Injectable()
export class LedgerStates {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: ConnectorRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Enqueues every state of a firm that is out of date; answers how many. Safe to run in several processes at once. */
  async refresh(firmId: string): Promise<number> {
    const administrations = await this.unitOfWork.inFirm(firmId, (transaction) =>
      rowsOf<AdministrationRow>(transaction, ADMINISTRATIONS, [this.clock.now().toISOString()]),
    );
    let enqueued = 0;
    for (const administration of administrations) enqueued += await this.refreshOne(administration);
    return enqueued;
  }

  private async refreshOne(administration: AdministrationRow): Promise<number> {
    const offered = offeredBy(this.registry.get(administration.connector).declaration);
    const chosen = inFull(administration.choices);
    const isWanted = (kind: StateKind): boolean => offered[CHOICE_OF[kind]] && chosen[CHOICE_OF[kind]];
    const kinds = STATE_KINDS.filter(
      (kind) => (isWanted(kind) || administration.shown.includes(kind)) && !administration.refused.includes(kind),
    );
    if (kinds.length === 0) return 0;
    return this.unitOfWork.inFirm(administration.firmId, async (transaction) => {
      await rowOf(transaction, `select pg_advisory_xact_lock(hashtextextended('states:' || $1, 0))`, [
        administration.id,
      ]);
      let enqueued = 0;
      for (const kind of kinds)
        enqueued += await enqueueStale(transaction, administration, { kind, isWanted: isWanted(kind) });
      return enqueued;
    });
  }
}

async function enqueueStale(
  transaction: Transaction,
  { id, firmId, language }: AdministrationRow,
  { kind, isWanted }: { kind: StateKind; isWanted: boolean },
): Promise<number> {
  const stale = await rowsOf<StaleRow>(transaction, staleStatesSql(kind), [id, isWanted]);
  const states = stale.map(({ target, debtorId, wanted, facts, previous }): NewState => {
    const { intent, summary } = sayState({ kind, language, wanted, facts });
    const key = createHash('sha256')
      .update(JSON.stringify([id, kind, target, wanted, previous]))
      .digest('hex');
    const intentKey = `st:${key.slice(0, 24)}`;
    return { firmId, administrationId: id, debtorId, intentKey, intent, summary, target, wanted, previous };
  });
  if (states.length > 0) await enqueueStates(transaction, states);
  return states.length;
}
