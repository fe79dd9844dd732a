import { createBook, type Book } from '../../sandbox/books/index.js';
import type { LedgerObject } from '../../src/ledger/domain/index.js';
import { failureOf, NOW, recordsOf, Stage, type ContractSubject } from './stage.js';

export function newBook(size = 2_400, debtors = 60): Promise<Book> {
  return createBook({ size, debtors: Math.min(debtors, size), seed: 7, today: NOW.slice(0, 10) });
}

const openOf = (book: Book) => book.receivables.filter(({ openMinor }) => openMinor !== 0);
/** Runs a test where the package has the object, and leaves it out where the declaration says that it has not. */
const where = ({ connector }: ContractSubject, object: LedgerObject) =>
  connector.declaration.objects.some((row) => row.object === object && row.readMode !== null) ? it : it.skip;
const sum = (values: readonly bigint[]): bigint => values.reduce((total, each) => total + each, 0n);

/** Every page is read whole and once, wherever a pull stops; what changes while paging is not lost. */
export function describeReading(subject: ContractSubject): void {
  describe('reading', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await Stage.open(subject, await newBook(2_400, subject.debtors));
    });
    afterAll(() => stage.standIn.close());

    it('says who is connected and which administrations the consent reaches', async () => {
      const { user, administrations } = await subject.connector.check(stage.context);
      expect(user).not.toBe('');
      expect(administrations).toEqual([
        expect.objectContaining({
          sourceId: stage.administration,
          name: stage.book.name,
          country: 'NL',
          currency: 'EUR',
        }),
      ]);
      const rights = await subject.connector.rights(stage.context, stage.administration);
      expect(rights.filter(({ allowed }) => !allowed)).toEqual([]);
      expect(rights.map(({ object }) => object)).toEqual(
        expect.arrayContaining([...subject.connector.declaration.pullOrder]),
      );
    });

    it('brings every debtor of the books', async () => {
      const debtors = (await stage.walk('debtors')).records.map((raw) => stage.map('debtors', raw));
      expect(recordsOf(debtors, 'rejected')).toEqual([]);
      expect(new Set(recordsOf(debtors, 'debtor').map(({ record }) => record.sourceId))).toEqual(
        new Set(stage.book.debtors.map(({ id }) => stage.nameOf(id))),
      );
    });

    where(subject, 'receivables')('brings every receivable of the books to the cent', async () => {
      const receivables = (await stage.walk('receivables')).records.map((raw) => stage.map('receivables', raw));
      expect(recordsOf(receivables, 'rejected')).toEqual([]);
      const expected = stage.book.receivables.map((each) => [stage.nameOf(each.id), stage.nameOf(each.debtorId), each.dueDate, BigInt(each.amountMinor), BigInt(each.openMinor)]); // prettier-ignore
      const ids = new Set(expected.map(([id]) => id));
      const records = recordsOf(receivables, 'receivable').map(({ record }) => record);
      const found = records.filter(({ sourceId }) => ids.has(sourceId)).map((record) => [record.sourceId, record.debtorSourceId, record.dueDate, record.amount, record.openAmount]); // prettier-ignore
      // Some packages also list the money that the books know only as the day a receivable was settled.
      const money = records.filter(({ sourceId }) => !ids.has(sourceId));
      expect(money.filter(({ kind, openAmount }) => kind !== 'payment' || openAmount !== 0n)).toEqual([]);
      const byId = (left: readonly unknown[], right: readonly unknown[]) =>
        String(left[0]) < String(right[0]) ? -1 : 1;
      expect(found.sort(byId)).toEqual(expected.sort(byId));
    });

    where(subject, 'open-items')("ties out with the source's own list of open items", async () => {
      const items = (await stage.walk('open-items')).records.map((raw) => stage.map('open-items', raw));
      const open = recordsOf(items, 'open-item');
      expect(recordsOf(items, 'rejected')).toEqual([]);
      expect(open).toHaveLength(openOf(stage.book).length);
      expect(sum(open.map(({ record }) => record.openAmount))).toBe(
        sum(openOf(stage.book).map(({ openMinor }) => BigInt(openMinor))),
      );
    });

    it('goes on after a stop between two pages as if nothing had happened', async () => {
      const whole = await stage.walk(stage.main);
      expect(whole.calls).toBeGreaterThan(2);
      const first = await stage.pull(stage.main, subject.connector.firstPosition(stage.main));
      const rest = await stage.walk(stage.main, first.next);
      expect([...first.records, ...rest.records]).toEqual(whole.records);
      expect(rest.position).toEqual(whole.position);
    });

    it('gives the same page again to who asks again from the same position', async () => {
      const { next } = await stage.pull(stage.main, subject.connector.firstPosition(stage.main));
      const [once, again] = [await stage.pull(stage.main, next), await stage.pull(stage.main, next)];
      expect(again.records).toEqual(once.records);
      expect(again.next).toEqual(once.next);
    });

    it('costs one call per object when nothing changed', async () => {
      const { objects, pullOrder } = subject.connector.declaration;
      // A list that is always read whole comes again every time, and costs what it costs.
      const isDelta = (object: LedgerObject) =>
        objects.some((row) => row.object === object && row.readMode === 'delta');
      for (const object of pullOrder.filter(isDelta)) {
        const { position } = await stage.walk(object);
        const again = await stage.walk(object, position);
        expect([object, again.calls, again.records.length, again.position]).toEqual([object, 1, 0, position]);
      }
    });

    it('refuses a position that is not its own', async () => {
      const error = await failureOf(() => stage.pull(stage.main, { version: 99 }));
      expect(error.kind).toBe('position_invalid');
    });

    it('lets one record that cannot be understood stop nothing else', async () => {
      const before = await stage.walk(stage.main);
      stage.standIn.arm({ kind: 'poison-record', match: subject.calls.receivables });
      const page = await stage.pull(stage.main, subject.connector.firstPosition(stage.main));
      const mapped = page.records.map((raw) => stage.map(stage.main, raw));
      const [poisoned, ...others] = recordsOf(mapped, 'rejected');
      expect(others).toEqual([]);
      expect(poisoned).toMatchObject({
        reason: expect.stringMatching(/^[A-Z_]+$/),
        message: expect.stringMatching(/\w/),
      });
      expect(poisoned!.sourceId).toMatch(/\w{8}/);
      const [healthy] = recordsOf(
        [stage.map(stage.main, before.records[0])],
        stage.main === 'debtors' ? 'debtor' : 'receivable',
      );
      expect(healthy!.record.sourceId).toBe(poisoned!.sourceId);
    });
  });
}

/** A pull after a change brings exactly that change. */
export function describeChanges(subject: ContractSubject): void {
  const { pullOrder } = subject.connector.declaration;
  const describeWhere = pullOrder.includes('receivables') ? describe : describe.skip;
  describeWhere('changes', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await Stage.open(subject, await newBook(2_400, subject.debtors));
    });
    afterAll(() => stage.standIn.close());

    const changed = async (command: { kind: string; [name: string]: unknown }) => {
      const { position } = await stage.walk('receivables');
      stage.standIn.applyBookCommand(command);
      return (await stage.walk('receivables', position)).records.map((raw) => stage.map('receivables', raw));
    };

    it('brings a payment, and brings the receivable back when the match is undone', async () => {
      const { id, openMinor } = stage.book.receivables.find((each) => each.kind === 'invoice' && each.openMinor > 0)!;
      const paid = recordsOf(await changed({ kind: 'pay', receivable: id, on: '2026-11-19' }), 'receivable');
      expect(paid.find(({ record }) => record.sourceId === stage.nameOf(id))?.record).toMatchObject({
        openAmount: 0n,
        settledOn: '2026-11-19',
        lastPaymentOn: '2026-11-19',
      });
      const undone = recordsOf(await changed({ kind: 'unmatch', receivable: id }), 'receivable');
      const again = undone.find(({ record }) => record.sourceId === stage.nameOf(id))!.record;
      expect(again).toMatchObject({ openAmount: BigInt(openMinor), settledOn: null });
    });

    it('brings a part payment as what remains', async () => {
      const { id, openMinor } = stage.book.receivables.find(
        (each) => each.kind === 'invoice' && each.openMinor > 5_000,
      )!;
      const [part] = recordsOf(await changed({ kind: 'part-pay', receivable: id, amount: '12.34' }), 'receivable');
      expect(part?.record).toMatchObject({
        sourceId: stage.nameOf(id),
        openAmount: BigInt(openMinor - 1_234),
        settledOn: null,
      });
    });

    it('brings a deletion', async () => {
      // Some packages have a log of deletions; with others the record itself comes again and says that it is gone.
      const object = pullOrder.includes('deletions') ? 'deletions' : 'receivables';
      const { position } = await stage.walk(object);
      const [{ id } = { id: '' }] = openOf(stage.book);
      stage.standIn.applyBookCommand({ kind: 'delete', receivable: id });
      const gone = (await stage.walk(object, position)).records.map((raw) => stage.map(object, raw));
      const names = new Set([...stage.book.receivables.map((each) => stage.nameOf(each.id)), stage.nameOf(id)]);
      if (subject.vanishing === 'settled') {
        const settled = recordsOf(gone, 'receivable').filter(({ record }) => record.openAmount === 0n);
        return expect(settled.map(({ record }) => record.sourceId)).toEqual([stage.nameOf(id)]);
      }
      const ours = recordsOf(gone, 'tombstone').filter(({ record }) => names.has(record.sourceId));
      expect(ours.map(({ record }) => [record.object, record.sourceId])).toEqual([['receivables', stage.nameOf(id)]]);
    });

    it('brings again, and last, what somebody changed after it was read', async () => {
      const first = await stage.pull('receivables', subject.connector.firstPosition('receivables'));
      const seen = recordsOf(first.records.map((raw) => stage.map('receivables', raw)), 'receivable'); // prettier-ignore
      const { sourceId } = seen.find(({ record }) => record.kind === 'invoice')!.record;
      const { id } = stage.book.receivables.find((each) => stage.nameOf(each.id) === sourceId)!;
      stage.standIn.applyBookCommand({ kind: 'change-due-date', receivable: id, dueDate: '2027-03-31' });
      const rest = (await stage.walk('receivables', first.next)).records.map((raw) => stage.map('receivables', raw));
      const all = [...seen, ...recordsOf(rest, 'receivable')].map(({ record }) => record);
      const versions = all.filter((record) => record.sourceId === sourceId);
      expect(versions.at(-1)?.dueDate).toBe('2027-03-31');
      expect(versions.at(-1)!.sourceVersion).toBeGreaterThanOrEqual(versions[0]!.sourceVersion);
      const found = new Set(all.map((record) => record.sourceId));
      expect(stage.book.receivables.filter((each) => !found.has(stage.nameOf(each.id)))).toEqual([]);
    });

    const itDrifts = subject.driftBy === 'command' ? it.skip : it;
    itDrifts('loses nothing when records move while it pages', async () => {
      stage.standIn.arm({ kind: 'page-drift', match: subject.calls.receivables, count: 2 });
      const { records } = await stage.walk('receivables');
      const mapped = recordsOf(records.map((raw) => stage.map('receivables', raw)), 'receivable'); // prettier-ignore
      expect(new Set(mapped.map(({ record }) => record.sourceId))).toEqual(
        new Set(stage.book.receivables.map(({ id }) => id)),
      );
      const versions = mapped.filter(({ record }) => record.sourceId === mapped[0]!.record.sourceId);
      expect(versions.map(({ record }) => record.sourceVersion)).toHaveLength(2);
      expect(versions[1]!.record.sourceVersion).toBeGreaterThan(versions[0]!.record.sourceVersion);
    });
  });
}
