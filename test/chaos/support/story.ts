import type { ApiClient } from '../../../sandbox/demo/api-client.js';
import { connectExact, eventually, planRunOnce, type RunView } from '../../support/product.js';
import type { Worker } from './worker.js';
import { World } from './world.js';

/** Small books in which every debtor has something long overdue. */
export const SMALL = { size: 120, debtors: 8 };

/** A world at the point where a person may approve. */
export interface Planned {
  readonly world: World;
  readonly worker: Worker;
  readonly api: ApiClient;
  readonly administrationId: string;
  readonly run: RunView;
}

const DAY_MS = 86_400_000;

/** One more invoice per debtor, due a month ago. */
export function addOverdueInvoices(world: World): void {
  const { exact, book } = world.product;
  for (const { id } of book.debtors) overdueInvoice(exact, id);
}

interface Ledger {
  // oxlint-disable-next-line typescript/method-signature-style -- each stand-in takes the commands it knows
  applyBookCommand(command: InvoiceCommand): unknown;
}
type InvoiceCommand = { kind: 'add-invoice'; debtor: string; amount: string; invoiceDate: string; dueDate: string };

/** An invoice that was due a month ago, in whichever ledger. */
export function overdueInvoice(ledger: Ledger, debtor: string): void {
  const ago = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
  ledger.applyBookCommand({ kind: 'add-invoice', debtor, amount: '250.00', invoiceDate: ago(60), dueDate: ago(30) });
}

/** Connects, pulls and plans, undisturbed. */
export async function planned(options: Parameters<typeof World.create>[0] = SMALL): Promise<Planned> {
  const { world, worker, api, administrationId } = await pulled(options);
  const run = await planRunOnce(api, administrationId);
  expect(run).toMatchObject({ state: 'awaiting_approval' });
  // Every debtor with an address; a handful must be left to kill between.
  expect(run.summary.messages).toBeGreaterThan(4);
  return { world, worker, api, administrationId, run };
}

/** Connects and pulls, undisturbed. */
export async function pulled(options: Parameters<typeof World.create>[0] = SMALL): Promise<Omit<Planned, 'run'>> {
  const world = await World.create(options);
  addOverdueInvoices(world);
  const worker = await world.start();
  const api = await world.api();
  const { administrationId } = await connectExact(world.product, api);
  await syncsEnded(world);
  return { world, worker, api, administrationId };
}

export async function syncsEnded(world: World): Promise<{ state: string; kind: string | null }[]> {
  return eventually(
    () =>
      world.sql<{ state: string; kind: string | null }>(
        `select state, error_kind as kind from sync order by created_at`,
      ),
    (rows) => rows.every(({ state }) => state !== 'queued' && state !== 'running'),
    60_000,
  );
}

/** Waits until nobody has anything left to do by himself. */
export async function settled(world: World): Promise<void> {
  await eventually(
    async () => {
      await world.letPausesEnd();
      return world.sql<{ what: string; state: string; number: number }>(`
        select 'run' as what, state, count(*)::int as number from dunning_run where state in ('planning', 'approved', 'applying') group by 2
        union all select 'message', state, count(*)::int from message where state in ('queued', 'sending') group by 2
        union all select 'write-back', w.state, count(*)::int from writeback w join message m on m.id = w.message_id
          where w.state in ('pending', 'sending', 'unknown') and m.state <> 'uncertain' group by 2`);
    },
    (left) => left.length === 0,
    90_000,
  );
}
