import type { DataSource } from 'typeorm';
import type { Connector } from '../../../src/connectors/contract/index.js';
import { newId, type Clock } from '../../../src/kernel/index.js';
import { appDataSource, UnitOfWork } from '../../../src/persistence/index.js';
import { Sleeper } from '../../../src/sync/index.js';
import { CallSlots, QuotaGate, QuotaLedger, QuotaRepository, type CallPurpose } from '../../../src/sync/quota/index.js';
import type { ChangedBudget, Resting, StoredBudget } from '../../../src/sync/quota/quota.repository.js';
import type { TestDatabase } from '../../support/database.js';

/** A clock that runs `speed` times as fast, so that minutes pass in seconds. */
export class FastClock implements Clock {
  private readonly real = performance.now();
  private readonly from: number;

  constructor(
    instant: string,
    readonly speed: number,
  ) {
    this.from = Date.parse(instant);
  }

  now(): Date {
    return new Date(this.from + (performance.now() - this.real) * this.speed);
  }
}

export class FastSleeper extends Sleeper {
  constructor(private readonly clock: FastClock) {
    super();
  }

  async sleep(milliseconds: number): Promise<void> {
    await new Promise((proceed) => setTimeout(proceed, milliseconds / this.clock.speed));
  }
}

/** Counts how often the ledger asks the database. */
export class CountedRows extends QuotaRepository {
  claims = 0;

  override async change<T>(
    asked: Parameters<QuotaRepository['change']>[0],
    decide: (stored: readonly StoredBudget[]) => { result: T; changed: readonly ChangedBudget[] },
  ): Promise<{ result: T; resting: readonly Resting[] }> {
    this.claims += 1;
    return super.change(asked, decide);
  }
}

/** What one process has: its own pool, its own memory, and nothing else of the others. */
export interface Process {
  readonly gate: QuotaGate;
  readonly rows: CountedRows;
  end(): Promise<void>;
}

export async function startProcess(database: TestDatabase, clock: Clock, sleeper: Sleeper): Promise<Process> {
  const dataSource: DataSource = await appDataSource({ url: database.url, poolSize: 3 }).initialize();
  const unitOfWork = new UnitOfWork(dataSource);
  const rows = new CountedRows(unitOfWork);
  const slots = new CallSlots(unitOfWork, sleeper);
  const gate = new QuotaGate(new QuotaLedger(rows, clock), rows, slots, sleeper, clock);
  return { gate, rows, end: () => dataSource.destroy() };
}

/** A connection's row, for what refers to it. */
export async function addConnection(database: TestDatabase, firmId: string, connector: string): Promise<string> {
  const id = newId();
  await database.sql(
    `insert into connection (id, firm_id, connector, name, state, settings, lineage) values ($1, $2, $3, 'x', 'active', '{}', $4)`,
    [id, firmId, connector, newId()],
  );
  return id;
}

export function callerOf(connector: Connector, connectionId: string, purpose: CallPurpose = 'background') {
  return { connector, clientId: 'our-app', connectionId, purpose };
}
