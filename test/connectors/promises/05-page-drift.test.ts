import type { LedgerObject } from '../../../src/ledger/domain/index.js';
import { newBook } from '../../contract/reading.js';
import { Stage, type ContractSubject } from '../../contract/stage.js';
import { factsOfBook, FULL, Local, SUBJECTS } from './subjects.js';

const SEEDS = FULL ? Array.from({ length: 40 }, (_, index) => index + 1) : [1, 2];

/** A small generator, so that a failure can be played again by its seed. */
function dice(seed: number): (sides: number) => number {
  const state = { value: seed * 2_654_435_761 };
  return (sides) => {
    state.value = (Math.imul(state.value ^ (state.value >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0;
    return state.value % sides;
  };
}

/** A bookkeeper at work: pays, takes back, moves due dates, adds and deletes. */
function editSomething(stage: Stage, roll: (sides: number) => number): void {
  const { receivables, debtors } = stage.book;
  const open = receivables.filter(({ kind, openMinor }) => kind === 'invoice' && openMinor > 5_000);
  const one = open[roll(open.length)]!;
  const commands = [
    { kind: 'pay', receivable: one.id },
    { kind: 'part-pay', receivable: one.id, amount: '12.34' },
    { kind: 'change-due-date', receivable: one.id, dueDate: '2027-03-31' },
    { kind: 'delete', receivable: one.id },
    { kind: 'add-invoice', debtor: debtors[roll(debtors.length)]!.id, amount: '99.95', invoiceDate: '2026-11-18', dueDate: '2026-12-18' }, // prettier-ignore
  ];
  stage.standIn.applyBookCommand(commands[roll(commands.length)]!);
}

/** All pages from a position on; before each page somebody may change something. */
async function walk(stage: Stage, object: LedgerObject, so: { local: Local; from: unknown; before: () => void }) {
  let position = (so.from ?? stage.subject.connector.firstPosition(object)) as Awaited<ReturnType<Stage['pull']>>['next']; // prettier-ignore
  for (let pages = 0; pages < 1_000; pages += 1) {
    so.before();
    const page = await stage.pull(object, position);
    so.local.take(page.records.map((raw) => stage.map(object, raw)));
    position = page.next;
    if (!page.more) return position;
  }
  throw new Error('the walk never ended');
}

describe.each(SUBJECTS)('page drift: %s', (_name, subject: ContractSubject) => {
  it.each(SEEDS)('the books agree after somebody worked in them during every page (seed %i)', async (seed) => {
    const stage = await Stage.open(subject, await newBook(1_800, 40));
    const roll = dice(seed);
    const local = new Local();
    const places = new Map<LedgerObject, unknown>();
    const edits = { left: 60 };
    const edit = (): void => {
      for (let each = 0; each < 3 && edits.left > 0; each += 1, edits.left -= 1) editSomething(stage, roll);
    };
    const objects = subject.connector.declaration.pullOrder.filter((object) => object !== 'debtors');
    for (const round of ['busy', 'quiet'])
      for (const object of objects)
        places.set(object, await walk(stage, object, { local, from: places.get(object), before: round === 'busy' ? edit : () => undefined })); // prettier-ignore
    await stage.standIn.close();
    expect(local.rejected).toEqual([]);
    expect(local.facts()).toEqual(factsOfBook(stage));
  });
});
