import { Inject, Injectable, Logger } from '@nestjs/common';
import { SourceError, type Page, type Position } from '../../connectors/contract/index.js';
import { CLOCK, newId, type Clock } from '../../kernel/index.js';
import { UnitOfWork } from '../../persistence/index.js';
import type { SourceSession } from '../connections/index.js';
import type { ActiveSync } from './active-sync.js';
import { SourceReader } from './source-reader.service.js';

interface Totals {
  count: number;
  open: bigint;
}

/** Count and sum per currency: the source's own list beside our books, in one statement so that both are of one moment. */
const SAVE = `
with earlier as (
  -- A pull that was taken over at its very end compares again.
  delete from tie_out where administration_id = $2 and sync_id = $3
), ours as (
  select currency, count(*)::int as number, sum(open_amount)::bigint as open from receivable
  where administration_id = $2 and open_amount <> 0 and deleted_at is null group by currency
), theirs as (
  select * from jsonb_to_recordset($4::jsonb) as t(id uuid, currency text, number int, open bigint)
)
insert into tie_out (id, firm_id, administration_id, sync_id, currency, source_count, source_open, our_count, our_open, checked_at)
select coalesce(theirs.id, gen_random_uuid()), $1, $2, $3, currency, coalesce(theirs.number, 0), coalesce(theirs.open, 0),
  coalesce(ours.number, 0), coalesce(ours.open, 0), $5
from ours full join theirs using (currency)`;

/** Compares our open items with the source's own list: to the cent, per currency. */
@Injectable()
export class TieOutService {
  private readonly logger = new Logger('sync');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: SourceReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Does nothing for a source without such a list. A list that cannot be read leaves the last comparison standing. */
  async compare(run: ActiveSync, session: SourceSession): Promise<void> {
    const { objects } = session.connector.declaration;
    if (!objects.some(({ object, readMode }) => object === 'open-items' && readMode !== null)) return;
    try {
      const totals = await this.readTotals(run, session);
      await this.save(run, totals);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.logger.warn(`pull ${run.id}: the list of open items could not be read: ${error.message}`);
    }
  }

  private async readTotals(run: ActiveSync, session: SourceSession): Promise<Map<string, Totals>> {
    const totals = new Map<string, Totals>([[run.currency, { count: 0, open: 0n }]]);
    let position: Position = session.connector.firstPosition('open-items');
    for (;;) {
      const request = { object: 'open-items' as const, administration: run.sourceId, position, limit: 1_000 };
      const { page, calls } = await this.reader.read(session, request);
      run.calls += calls;
      this.add(totals, page, { run, session });
      if (!page.more) return totals;
      await this.reader.makeRoom(page, run.trigger);
      position = page.next;
    }
  }

  private add(
    totals: Map<string, Totals>,
    page: Page,
    { run, session }: { run: ActiveSync; session: SourceSession },
  ): void {
    const context = { object: 'open-items' as const, currency: run.currency, country: run.country };
    for (const raw of page.records) {
      const mapped = session.connector.map(raw, context);
      if (mapped.outcome !== 'open-item' || mapped.record.openAmount === 0n) continue;
      const { currency, openAmount } = mapped.record;
      const total = totals.get(currency) ?? { count: 0, open: 0n };
      totals.set(currency, { count: total.count + 1, open: total.open + openAmount });
    }
  }

  private async save(run: ActiveSync, totals: ReadonlyMap<string, Totals>): Promise<void> {
    const rows = [...totals].map(([currency, { count, open }]) => ({
      id: newId(),
      currency,
      number: count,
      open: String(open),
    }));
    await this.unitOfWork.inFirm(run.firmId, (transaction) =>
      transaction.query(SAVE, [
        run.firmId,
        run.administrationId,
        run.id,
        JSON.stringify(rows),
        this.clock.now().toISOString(),
      ]),
    );
  }
}
