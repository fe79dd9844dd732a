import type { DataSource } from 'typeorm';
import { appDataSource, UnitOfWork } from '../../../src/persistence/index.js';
import { ApplyRunService } from '../../../src/dunning/runs/apply-run.service.js';
import { DebtorApplier, type ApplyFrame } from '../../../src/dunning/runs/debtor-applier.service.js';
import { FreshBooks } from '../../../src/dunning/runs/fresh-books.js';
import { MessageWriterRepository } from '../../../src/dunning/runs/message-writer.repository.js';
import { PlanFactsRepository } from '../../../src/dunning/runs/plan-facts.repository.js';
import { RunFrames } from '../../../src/dunning/runs/run-frame.service.js';
import { RunLeases } from '../../../src/dunning/runs/run-lease.service.js';
import { RunLineRepository } from '../../../src/dunning/runs/run-line.repository.js';
import { WritebackWriter } from '../../../src/dunning/runs/writeback-writer.service.js';
import { Desk } from '../../support/dunning.js';

/** Does not wait for others: only the unique constraints are left to say no. */
class WithoutLock extends PlanFactsRepository {
  override async lockDebtor(): Promise<void> {}
}

const POOLS = 10;
const APPLIERS = 100;

/** Promise 1: never the same reminder twice. */
describe('one step is taken once', () => {
  let desk: Desk;
  let pools: DataSource[];

  beforeAll(async () => {
    desk = await Desk.open('2026-10-20');
    pools = await Promise.all(
      Array.from({ length: POOLS }, () => appDataSource({ url: desk.database.url, poolSize: 4 }).initialize()),
    );
  });
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.destroy()));
    await desk.close();
  });

  const applierOn = (pool: DataSource, facts: PlanFactsRepository): DebtorApplier => {
    const [lines, messages] = [new RunLineRepository(), new MessageWriterRepository()];
    return new DebtorApplier(new UnitOfWork(pool), facts, lines, messages, new WritebackWriter());
  };
  const frameFor = async (runId: string): Promise<ApplyFrame> => {
    const frames = desk.api.app.get(RunFrames);
    const frame = await desk.database.unitOfWork.inFirm(desk.firm, (transaction) =>
      frames.frame(transaction, desk.administration),
    );
    return { ...frame, runId };
  };
  const countsOf = async (debtor: string) => {
    const [counts] = await desk.database.sql<object>(
      `select (select count(*)::int from message where debtor_id = $1) as messages,
              (select count(*)::int from step_taken where debtor_id = $1) as steps,
              (select count(*)::int from writeback where debtor_id = $1) as writebacks`,
      [debtor],
    );
    return counts;
  };

  it.each([
    ['the debtor is locked', new PlanFactsRepository()],
    ['nothing is locked and only the unique constraints are left', new WithoutLock()],
  ])('by 100 concurrent appliers of five runs over ten pools, when %s', async (_, facts) => {
    const debtor = await desk.debtor('Jansen BV');
    await desk.invoice(debtor, 'F-1', { due: '2026-10-01', cents: 250_00 });
    await desk.invoice(debtor, 'F-2', { due: '2026-10-02', cents: 100_00 });
    const runs = [];
    for (let count = 0; count < 5; count += 1) runs.push(await desk.plan());
    const frames = await Promise.all(runs.map((run) => frameFor(run.id)));
    const made = await Promise.all(
      Array.from({ length: APPLIERS }, (_each, index) =>
        applierOn(pools[index % POOLS]!, facts).apply(frames[index % frames.length]!, debtor),
      ),
    );
    expect(made.reduce((sum, each) => sum + each, 0)).toBe(1);
    expect(await countsOf(debtor)).toEqual({ messages: 1, steps: 2, writebacks: 2 });
    const outcomes = await desk.database.sql<{ outcome: string; count: number }>(
      `select outcome, count(*)::int as count from dunning_run_line where debtor_id = $1 and decision = 'take' group by 1 order by 1`,
      [debtor],
    );
    expect(outcomes).toEqual([
      { outcome: 'ALREADY_TAKEN', count: 8 },
      { outcome: 'TAKEN', count: 2 },
    ]);
  });

  it('and a run is applied by one of many workers', async () => {
    const debtor = await desk.debtor('Velen BV');
    await desk.invoice(debtor, 'F-3', { due: '2026-10-01', cents: 250_00 });
    const run = await desk.plan();
    const service = desk.api.app.get(ApplyRunService);
    await desk.database.sql(`update dunning_run set state = 'approved' where id = $1`, [run.id]);
    await Promise.all(Array.from({ length: 20 }, () => service.apply(desk.firm, run.id)));
    expect(await desk.run(run.id)).toMatchObject({ state: 'applied', applied: { messages: 1, skipped: {} } });
    expect(await countsOf(debtor)).toMatchObject({ messages: 1 });
  });

  it('after a worker died half-way, another one goes on with exactly what is left', async () => {
    const debtors: string[] = [];
    for (let index = 1; index <= 6; index += 1) {
      const debtor = await desk.debtor(`Rest ${index}`);
      await desk.invoice(debtor, `R-${index}`, { due: '2026-10-01', cents: index * 10_00 });
      debtors.push(debtor);
    }
    const run = await desk.plan();
    await desk.database.sql(`update dunning_run set state = 'approved' where id = $1`, [run.id]);
    const { app, queue } = desk.api;
    let applied = 0;
    let hangs: () => void = () => undefined;
    const hanging = new Promise<void>((proceed) => (hangs = proceed));
    const dying = applierOn(pools[0]!, new PlanFactsRepository());
    const apply = dying.apply.bind(dying);
    dying.apply = async (frame, debtor) => {
      if (applied === 3) {
        hangs();
        return new Promise<number>(() => undefined);
      }
      applied += 1;
      return apply(frame, debtor);
    };
    const [leases, frames, books] = [app.get(RunLeases), app.get(RunFrames), app.get(FreshBooks)];
    void new ApplyRunService(desk.database.unitOfWork, leases, frames, dying, books, queue).apply(desk.firm, run.id);
    await hanging;
    await app.get(ApplyRunService).apply(desk.firm, run.id);
    expect(await desk.run(run.id)).toMatchObject({ state: 'applying' });
    await desk.database.sql(`update dunning_run set lease_until = now() - interval '1 s' where id = $1`, [run.id]);
    await app.get(ApplyRunService).apply(desk.firm, run.id);
    expect(await desk.run(run.id)).toMatchObject({ state: 'applied', applied: { messages: 6, skipped: {} } });
    for (const debtor of debtors) expect(await countsOf(debtor)).toEqual({ messages: 1, steps: 1, writebacks: 2 });
  });

  it('leaves nothing behind when storing breaks half-way, and says so', async () => {
    const debtor = await desk.debtor('Kapot BV');
    await desk.invoice(debtor, 'X-1', { due: '2026-10-01', cents: 250_00 });
    const run = await desk.plan();
    await desk.database.sql(`alter table writeback add constraint broken check (debtor_id <> '${debtor}')`);
    expect(await desk.approve(run)).toMatchObject({ state: 'held', stateReason: 'APPLYING_FAILED' });
    expect(await countsOf(debtor)).toEqual({ messages: 0, steps: 0, writebacks: 0 });
    await desk.database.sql(`alter table writeback drop constraint broken`);
    await desk.as('collector').post(`/dunning-runs/${run.id}/apply`).expect(202);
    expect(await desk.settled(run.id, ['approved', 'applying'])).toMatchObject({ applied: { messages: 1 } });
    expect(await countsOf(debtor)).toEqual({ messages: 1, steps: 1, writebacks: 2 });
  });

  it('may be tried again when its message failed and gave the step back', async () => {
    const debtor = await desk.debtor('Weer BV');
    await desk.invoice(debtor, 'W-1', { due: '2026-10-01', cents: 250_00 });
    await desk.planAndApprove();
    await desk.database.sql(`update message set state = 'failed' where debtor_id = $1`, [debtor]);
    await desk.database.sql(`update step_taken set state = 'released' where debtor_id = $1`, [debtor]);
    await desk.planAndApprove();
    expect(await countsOf(debtor)).toEqual({ messages: 2, steps: 2, writebacks: 4 });
    await desk.planAndApprove();
    expect(await countsOf(debtor)).toMatchObject({ messages: 2 });
  });
});
