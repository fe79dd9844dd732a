import { createServer, type AddressInfo } from 'node:net';
import type { ApiClient } from '../../../sandbox/demo/api-client.js';
import { ADMIN, eventually, startProduct, type Product, type ProductOptions } from '../../support/product.js';
import { Gate, type Boundary } from './gate.js';
import { Worker } from './worker.js';

type Fault = Parameters<Product['exact']['arm']>[0];

/** The product as separate processes over one database, one ledger and one mail server, all held by the test. */
export class World {
  private readonly workers: Worker[] = [];

  private constructor(readonly product: Product) {}

  static async create(options: ProductOptions = {}): Promise<World> {
    return new World(await startProduct({ ...options, start: false }));
  }

  get sql(): Product['database']['sql'] {
    return this.product.database.sql;
  }

  /** Starts a process; `changes` to its settings are for boundaries outside (another mail server, another port). */
  async start(changes: Readonly<Record<string, string>> = {}): Promise<Worker> {
    const environment = {
      ...this.product.environment,
      OPENPOST_ADMIN_EMAIL: ADMIN.email,
      OPENPOST_ADMIN_PASSWORD: ADMIN.password,
      ...changes,
    };
    const worker = await Worker.start(environment, this.product.database);
    this.workers.push(worker);
    return worker;
  }

  /** Starts one more process beside the others, on a port of its own. */
  async startBeside(): Promise<Worker> {
    const probe = createServer();
    const port = await new Promise<number>((proceed) => {
      probe.listen(0, () => proceed((probe.address() as AddressInfo).port));
    });
    await new Promise((proceed) => probe.close(proceed));
    return this.start({ PORT: String(port) });
  }

  api(): Promise<ApiClient> {
    return this.product.api();
  }

  /** Kills the process that was started last. */
  async killLatest(): Promise<void> {
    await this.workers.at(-1)?.kill();
  }

  /** Kills the worker at the moment in which it writes the given row: before that transaction commits. */
  async killAt(worker: Worker, boundary: Boundary, act: () => Promise<unknown>): Promise<void> {
    const gate = await Gate.shut(this.product.database, boundary);
    try {
      await act();
      await gate.reached();
      await worker.kill();
    } catch (error) {
      throw new Error(`the boundary was not reached; the worker said:\n${worker.log}`, { cause: error });
    } finally {
      await gate.open();
    }
    await this.letLeasesExpire();
  }

  /** Kills the worker while the ledger plays a fault: it has sent its call and waits for the answer. */
  async killDuring(worker: Worker, fault: Fault, act: () => Promise<unknown>): Promise<void> {
    const { exact } = this.product;
    const before = exact.faults.all().length;
    exact.arm(fault);
    await act();
    const struck = async (): Promise<boolean> => (exact.faults.all()[before]?.struck ?? 0) > 0;
    await eventually(struck, Boolean, 60_000).catch((error: unknown) => {
      throw new Error(`the call did not come; the worker said:\n${worker.log}`, { cause: error });
    });
    await worker.kill();
    exact.faults.clear();
    await this.letLeasesExpire();
  }

  /**
   * A dead worker's leases last up to four minutes. This moves their ends into the past, as waiting would; nothing else.
   */
  async letLeasesExpire(): Promise<void> {
    for (const table of ['sync', 'connection', 'dunning_run', 'message', 'writeback', 'quota_slot'])
      await this.sql(`update ${table} set lease_until = now() - interval '1 s' where lease_until > now()`);
  }

  /** Ends the pauses before what failed is tried again: moves time, and nothing else. */
  async letPausesEnd(): Promise<void> {
    await this.sql(
      `update writeback set next_attempt_at = now() where state in ('pending', 'unknown') and next_attempt_at > now()`,
    );
    await this.sql(`update message set next_attempt_at = now() where state = 'queued' and next_attempt_at > now()`);
    await this.sql(`update sync set not_before = now() where state = 'queued' and not_before > now()`);
  }

  async close(): Promise<void> {
    for (const worker of this.workers) await worker.kill();
    await this.product.close();
  }
}
