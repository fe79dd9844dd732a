import { Injectable } from '@nestjs/common';
import { rowOf, rowsOf, type Transaction } from '../../persistence/index.js';
import { ConnectorRegistry } from '../connector-registry.js';
import { callBudgets, endOfWindow, holdersOf, reserveOf } from '../quota/index.js';
import type { ForecastBudget, ForecastFacts } from './forecast.js';

interface StoredWindow {
  readonly holder: string;
  readonly perSeconds: number;
  readonly used: number;
  readonly limit: number;
  readonly endsAt: Date;
}

/** Enough to be typical, few enough to follow a change of the books. */
const HISTORY = 20;

const TYPICAL = `
select percentile_disc(0.5) within group (order by calls)::int as calls from (
  select calls from sync
  where administration_id = $1 and kind = 'delta' and state in ('complete', 'complete_with_quarantine') and trigger <> 'first'
  order by created_at desc, id desc limit ${HISTORY}
) recent`;

const WINDOWS = `
select holder, per_seconds as "perSeconds", used, limit_units as "limit", ends_at as "endsAt" from quota_window
where connector = $1 and holder = any($2)`;

/** What a schedule's forecast is made from: what pulls of these books cost, and how the ledger of calls stands. */
@Injectable()
export class QuotaOutlook {
  constructor(private readonly registry: ConnectorRegistry) {}

  async factsFor(
    transaction: Transaction,
    administrationId: string,
    now: Date,
  ): Promise<Omit<ForecastFacts, 'runs'> | null> {
    const books = await rowOf<{ connector: string; connectionId: string; sourceId: string }>(
      transaction,
      `select c.connector, c.id as "connectionId", a.source_id as "sourceId" from administration a
       join connection c on c.id = a.connection_id where a.id = $1`,
      [administrationId],
    );
    if (books === null) return null;
    const { declaration } = this.registry.get(books.connector);
    const typical = await rowOf<{ calls: number | null }>(transaction, TYPICAL, [administrationId]);
    const holders = holdersOf(books);
    const stored = await rowsOf<StoredWindow>(transaction, WINDOWS, [books.connector, holders]);
    const budgets = callBudgets(declaration)
      .filter(({ scope }) => scope === 'administration')
      .map((budget): ForecastBudget => {
        const { perSeconds, count } = budget;
        const found = stored.find((each) => each.perSeconds === perSeconds);
        const limit = found?.limit ?? count;
        const isRunning = found !== undefined && found.endsAt > now;
        const zone = { perSeconds, timeZone: budget.timeZone ?? 'UTC' };
        return {
          perSeconds,
          limit,
          reserve: reserveOf(budget, limit),
          used: isRunning ? found.used : 0,
          endsAt: isRunning ? found.endsAt.getTime() : endOfWindow(zone, now.getTime()),
        };
      });
    // Never pulled yet: each list once, and the list of open items to compare with.
    const least = declaration.pullOrder.length + 1;
    const calls = typical?.calls ?? null;
    return { callsPerRun: calls ?? least, basis: calls === null ? 'estimate' : 'history', budgets };
  }
}
