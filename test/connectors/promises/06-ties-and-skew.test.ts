import { createBook } from '../../../sandbox/books/index.js';
import type { ConnectorContext, Position } from '../../../src/connectors/contract/index.js';
import { fixedClock } from '../../../src/kernel/index.js';
import type { LedgerObject } from '../../../src/ledger/domain/index.js';
import { NOW, Stage, type ContractSubject } from '../../contract/stage.js';
import { factsOfBook, FULL, Local, SUBJECTS, subjectsAt } from './subjects.js';

const TIES = FULL ? 5_000 : 400;
const later = (instant: string, minutes: number): string => new Date(new Date(instant).getTime() + minutes * 60_000).toISOString(); // prettier-ignore

/** Keeps a firm's books in step with a stand-in, by a clock of its own. */
class Follower {
  readonly local = new Local();
  private readonly places = new Map<LedgerObject, Position>();

  private constructor(
    readonly stage: Stage,
    private readonly context: ConnectorContext,
  ) {}

  static async open(subject: ContractSubject, size: number, ours: string): Promise<Follower> {
    const book = await createBook({ size, debtors: 40, seed: 7, today: ours.slice(0, 10) });
    const stage = await Stage.open(subject, book);
    return new Follower(stage, { ...stage.context, clock: fixedClock(ours) });
  }

  async pull(): Promise<void> {
    const { connector } = this.stage.subject;
    for (const object of connector.declaration.pullOrder.filter((each) => each !== 'debtors')) {
      const so = { position: this.places.get(object) ?? connector.firstPosition(object), more: true };
      while (so.more) {
        const request = { object, administration: this.stage.administration, position: so.position, limit: 1_000 };
        const page = await connector.pull(this.context, request);
        this.local.take(page.records.map((raw) => this.stage.map(object, raw)));
        Object.assign(so, { position: page.next, more: page.more });
      }
      this.places.set(object, so.position);
    }
  }

  /** Moves the due dates of the invoices from one place in the books to another. */
  edit(from: number, to: number, dueDate: string): void {
    for (const { id } of this.stage.book.receivables.slice(from, to))
      this.stage.standIn.applyBookCommand({ kind: 'change-due-date', receivable: id, dueDate });
  }
}

describe.each(SUBJECTS)('ties and skew: %s', (_name, subject: ContractSubject) => {
  let follower: Follower;
  afterEach(() => follower.stage.standIn.close());

  it(`misses none of ${TIES} records that changed in one moment, before and after a pull in that moment`, async () => {
    follower = await Follower.open(subject, TIES, NOW);
    await follower.pull();
    follower.stage.standIn.setClock(later(NOW, 9), true);
    follower.edit(0, TIES / 2, '2027-01-31');
    await follower.pull();
    follower.edit(TIES / 2, TIES, '2027-02-28');
    await follower.pull();
    follower.edit(0, TIES, '2027-03-31');
    await follower.pull();
    expect(follower.local.facts()).toEqual(factsOfBook(follower.stage));
  }, 600_000);

  it.each([5, -5])('misses nothing when our clock is %i minutes from the source’s', async (minutes) => {
    follower = await Follower.open(subject, 200, later(NOW, minutes));
    await follower.pull();
    for (const round of [0, 1, 2, 3]) {
      follower.stage.standIn.setClock(later(NOW, round * 2), true);
      follower.edit(round * 20, round * 20 + 60, `2027-0${round + 1}-15`);
      await follower.pull();
      expect([round, follower.local.facts()]).toEqual([round, factsOfBook(follower.stage)]);
    }
  });
});

const SUMMER = '2026-10-25T00:55:00.000Z';

describe.each(subjectsAt(fixedClock(SUMMER)))('the hour that comes twice: %s', (_name, subject: ContractSubject) => {
  it('hides no change', async () => {
    const follower = await Follower.open(subject, 200, SUMMER);
    await follower.pull();
    // 02:58 by summer time, 02:01 by winter time, and 02:03 again.
    for (const [round, minutes] of [3, 6, 8].entries()) {
      follower.stage.standIn.setClock(later(SUMMER, minutes), true);
      follower.edit(round * 20, round * 20 + 60, `2027-0${round + 1}-15`);
      await follower.pull();
      expect([minutes, follower.local.facts()]).toEqual([minutes, factsOfBook(follower.stage)]);
    }
    await follower.stage.standIn.close();
  });
});
