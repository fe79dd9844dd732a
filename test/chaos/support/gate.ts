import { Client } from 'pg';
import { eventually } from '../../support/product.js';
import type { TestDatabase } from '../../support/database.js';

export interface Boundary {
  readonly table: string;
  readonly on: 'insert' | 'update';
  /** SQL over `new` (and `old`): which rows count. */
  readonly when?: string;
  /** The row from which on nobody passes; the first when absent. */
  readonly nth?: number;
}

const NAME = 'chaos_gate';
const KEY = 7_261;

/**
 * Stops whoever writes a certain row, in the middle of that statement: a trigger waits for a lock that the test holds.
 * What was committed before is committed, what belongs to the stopped transaction is not.
 */
export class Gate {
  private constructor(
    private readonly database: TestDatabase,
    private readonly keeper: Client,
    private readonly table: string,
  ) {}

  static async shut(database: TestDatabase, { table, on, when = 'true', nth = 1 }: Boundary): Promise<Gate> {
    const keeper = new Client({ connectionString: database.url });
    // A test that fails before it opens the gate closes the database under it.
    keeper.on('error', () => undefined);
    await keeper.connect();
    await keeper.query(`select pg_advisory_lock(${KEY})`);
    // Rows are counted by a sequence, which no rollback turns back.
    await keeper.query(`
      create sequence ${NAME};
      create function ${NAME}() returns trigger language plpgsql security definer as $$
        begin
          if nextval('${NAME}') >= ${nth} then perform pg_advisory_xact_lock(${KEY}); end if;
          return new;
        end $$;
      create trigger ${NAME} before ${on} on ${table} for each row when (${when}) execute function ${NAME}();`);
    return new Gate(database, keeper, table);
  }

  /** Resolves with the database process that waits at the gate. */
  async reached(timeoutMs = 60_000): Promise<number> {
    const waiting = await eventually(
      () =>
        this.database.sql<{ pid: number }>(
          `select pid from pg_locks where locktype = 'advisory' and not granted and objid = ${KEY}
              and database = (select oid from pg_database where datname = current_database())`,
        ),
      (rows) => rows.length > 0,
      timeoutMs,
    );
    return waiting[0]!.pid;
  }

  /** Takes the gate away; who still waits goes on. */
  async open(): Promise<void> {
    await this.keeper.query(`select pg_advisory_unlock(${KEY})`);
    await this.keeper.query(`drop trigger ${NAME} on ${this.table}; drop function ${NAME}(); drop sequence ${NAME}`);
    await this.keeper.end();
  }
}
