import { InputError, isUuid } from '../../kernel/index.js';
import { rowOf, UnitOfWork } from '../../persistence/index.js';
import { progressLine } from './progress-bar.js';
import { SyncRunner } from './sync-runner.service.js';
import { hasEnded, type SyncView } from './sync-view.js';
import { SyncService } from './sync.service.js';

const POLL_MS = 200;

/** Where the running application keeps its services. */
interface Services {
  get<T>(service: new (...parameters: never[]) => T): T;
}

/**
 * `openpost sync --administration ID [--full] [--json]`: one pull, run in this process unless a worker has it already.
 * The bar goes to stderr, the outcome to stdout. Answers the exit code: 0 when the books are up to date, 1 otherwise.
 */
export async function runSyncCommand(
  app: Services,
  options: { readonly administrationId: string; readonly full: boolean; readonly json: boolean },
): Promise<number> {
  const { administrationId, full, json } = options;
  if (!isUuid(administrationId)) throw new InputError('--administration', 'the id of an administration');
  const firmId = await firmOf(app.get(UnitOfWork), administrationId);
  const syncs = app.get(SyncService);
  const syncId = await syncs.request(firmId, administrationId, { full, trigger: 'manual' });
  const ref = { firmId, syncId };
  const running = app.get(SyncRunner).run(ref);
  const view = await follow(() => syncs.get(ref), json ? () => undefined : draw);
  await running;
  process.stdout.write(json ? `${JSON.stringify(view)}\n` : `${outcomeOf(view)}\n`);
  return view.state.startsWith('complete') ? 0 : 1;
}

/** A command line has no session: the administration says whose it is. */
async function firmOf(unitOfWork: UnitOfWork, administrationId: string): Promise<string> {
  const row = await unitOfWork.acrossFirms((transaction) =>
    rowOf<{ firmId: string }>(transaction, `select firm_id as "firmId" from administration where id = $1`, [
      administrationId,
    ]),
  );
  if (row === null) throw new InputError('--administration', 'the id of an administration that exists');
  return row.firmId;
}

async function follow(look: () => Promise<SyncView>, show: (view: SyncView) => void): Promise<SyncView> {
  for (;;) {
    const view = await look();
    show(view);
    const postponed = view.state === 'queued' && view.notBefore !== null;
    if (hasEnded(view) || postponed) return view;
    await new Promise((proceed) => setTimeout(proceed, POLL_MS));
  }
}

function draw(view: SyncView): void {
  const { isTTY } = process.stderr;
  if (isTTY) process.stderr.write(`\r\u001b[2K${progressLine(view)}${hasEnded(view) ? '\n' : ''}`);
}

function outcomeOf(view: SyncView): string {
  const sum = (pick: (object: SyncView['objects'][number]) => number): number =>
    view.objects.reduce((total, object) => total + pick(object), 0);
  const counts = `${sum((each) => each.new)} new, ${sum((each) => each.changed)} changed, ${sum((each) => each.deleted)} deleted, ${sum((each) => each.rejected)} set aside`;
  const trouble = view.error === null ? '' : `; ${view.error.kind}: ${view.error.message}`;
  return `${view.state}: ${counts}, ${view.calls} calls${trouble}`;
}
