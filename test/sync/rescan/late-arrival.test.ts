import type { BookCommand } from '../../../sandbox/books/index.js';
import { openPeriodFrom } from '../../../src/sync/rescan/index.js';
import { openOffice, type Office, type PACKAGES } from '../writeback/office.js';

const FULL = process.env['OPENPOST_FULL_TESTS'] === '1';
const ROUNDS = FULL ? 500 : 12;
const BEYOND = FULL ? 300 : 12;
const DAY = 86_400;

type Late = BookCommand | { kind: 'late'; seconds: number; command: BookCommand };

interface StandIn {
  applyBookCommand(command: Late): unknown;
  setClock(instant: string | null, frozen?: boolean): void;
}

type Any = Office<keyof typeof PACKAGES>;

const LATE_SOURCES = ['twinfield', 'clearfacts'] as const;

class Scene {
  private number = 800_000;
  readonly told: string[] = [];

  constructor(
    readonly office: Any,
    readonly standIn: StandIn,
  ) {}

  static async open(id: keyof typeof PACKAGES): Promise<Scene> {
    const office = (await openOffice(id)) as unknown as Any;
    return new Scene(office, office.standIn as unknown as StandIn);
  }

  /** Books an invoice that shows up now and says that it changed so long ago. */
  publish(seconds: number): string {
    const invoiceNumber = (this.number += 1);
    const debtor = this.office.book.debtors[invoiceNumber % this.office.book.debtors.length]!.id;
    const command = { kind: 'add-invoice', debtor, amount: '121.00', invoiceDate: '2026-11-02', dueDate: '2026-12-02', invoiceNumber } as const; // prettier-ignore
    this.standIn.applyBookCommand({ kind: 'late', seconds, command });
    this.told.push(String(invoiceNumber));
    return String(invoiceNumber);
  }

  async missing(): Promise<string[]> {
    const rows = await this.office.database.sql<{ number: string }>(`select invoice_number as number from receivable where deleted_at is null`); // prettier-ignore
    const held = new Set(rows.map(({ number }) => number));
    return this.told.filter((number) => !held.has(number));
  }

  async rescanOf(syncId: string): Promise<{ from: string; read: number; late: number } | null> {
    return (await this.office.as.get(`/syncs/${syncId}`).expect(200)).body.rescan;
  }

  declared(): Promise<number> {
    return this.office.as.get('/connectors').then(({ body }) => {
      const rows = (body.items ?? body) as { objects: { object: string; latenessSeconds?: number }[] }[];
      return rows.flatMap(({ objects }) => objects).find(({ object }) => object === 'receivables')!.latenessSeconds!;
    });
  }
}

describe.each(LATE_SOURCES)('records that are published late: %s', (id) => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open(id);
  });
  afterEach(() => scene.office.close());

  it.each([0, 300, -300])('up to the declared lateness none is missed, with clocks %i seconds apart', async (apart) => {
    const { office, standIn } = scene;
    const lateness = await scene.declared();
    expect(lateness).toBeGreaterThanOrEqual(60);
    const turn = (seconds: number): void => {
      office.clock.advance(seconds);
      standIn.setClock(new Date(office.clock.now().getTime() + apart * 1_000).toISOString(), true);
    };
    turn(60);
    await office.pull();
    for (let round = 0; round < ROUNDS; round += 1) {
      // Something newer is there already, and has been read.
      scene.publish(0);
      turn(round % 3 === 0 ? 7 : 90);
      await office.pull();
      scene.publish(Math.round((lateness * (round % 4 === 0 ? 4 : round % 4)) / 4));
      await office.pull();
      expect([round, await scene.missing()]).toEqual([round, []]);
    }
  }, FULL ? 900_000 : 120_000); // prettier-ignore

  it('beyond it they are found by the second reading, and reported', async () => {
    const { office, standIn } = scene;
    office.clock.advance(2 * DAY);
    const quiet = await office.pull('schedule');
    expect(await scene.rescanOf(quiet)).toMatchObject({ from: '2026-09-01', late: 0 });
    office.clock.advance(3_600);
    scene.publish(0);
    standIn.applyBookCommand({ kind: 'edit-debtor', debtor: office.book.debtors[1]!.id, changes: { city: 'Optijd' } });
    await office.pull('schedule');
    for (let index = 0; index < BEYOND; index += 1) scene.publish(3_600 + index * 60);
    const debtor = office.book.debtors[0]!;
    const edit = { kind: 'edit-debtor', debtor: debtor.id, changes: { city: 'Laatdorp' } } as const;
    standIn.applyBookCommand({ kind: 'late', seconds: 3_600, command: edit });

    // Ordinary readings have gone past them.
    const ordinary = await office.pull('schedule');
    expect(await scene.rescanOf(ordinary)).toBeNull();
    expect(await scene.missing()).toHaveLength(BEYOND);

    office.clock.advance(DAY);
    // Somebody waits for this one.
    expect(await scene.rescanOf(await office.pull('before-apply'))).toBeNull();
    // What is new now comes by itself, and is not late.
    scene.publish(0);
    office.queue.jobs.length = 0;
    const found = await office.pull('schedule');
    expect(await scene.missing()).toEqual([]);
    expect(await scene.rescanOf(found)).toMatchObject({ from: '2026-09-01', late: BEYOND + 1 });
    expect(office.queue.named('ledger-changed')).toHaveLength(1);
    const towns = await office.database.sql<{ number: number }>(`select count(*)::int as number from debtor where city = 'Laatdorp'`); // prettier-ignore
    expect(towns).toEqual([{ number: 1 }]);
    const { body } = await office.as.get(`/administrations/${office.administrationId}`).expect(200);
    expect(body.lastSync.rescan).toMatchObject({ late: BEYOND + 1 });
    // And each is told once in the feed of changes.
    const told = await office.database.sql(
      `select r from change_event e, unnest(coalesce(e.record_ids, array[e.record_id])) r join receivable x on x.id = r where x.invoice_number = any($1)`,
      [scene.told],
    );
    expect(told).toHaveLength(scene.told.length);

    office.clock.advance(DAY);
    expect(await scene.rescanOf(await office.pull('schedule'))).toMatchObject({ late: 0 });
  }, FULL ? 300_000 : 120_000); // prettier-ignore
});

describe('a second reading that is refused', () => {
  it('leaves the pull as good as it is, and is tried again an hour later', async () => {
    const scene = await Scene.open('twinfield');
    const { office } = scene;
    office.clock.advance(2 * DAY);
    scene.publish(0);
    await office.pull();
    scene.publish(3_600);
    // All debtors at once: only the second reading asks for them now.
    (office as unknown as Office<'twinfield'>).standIn.arm({ kind: '429-day', match: '#read', count: 1 });
    const refused = await office.pull('schedule');
    const { body } = await office.as.get(`/syncs/${refused}`).expect(200);
    expect(body).toMatchObject({ state: 'complete', rescan: null });
    expect(await scene.missing()).toHaveLength(1);
    office.clock.advance(1_800);
    expect(await scene.rescanOf(await office.pull('schedule'))).toBeNull();
    office.clock.advance(1_801);
    expect(await scene.rescanOf(await office.pull('schedule'))).toMatchObject({ late: 1 });
    expect(await scene.missing()).toEqual([]);
    await office.close();
  });
});

describe('a source whose cursor misses nothing', () => {
  it('is not read a second time', async () => {
    const scene = await Scene.open('exact-online');
    scene.office.clock.advance(3 * DAY);
    expect(await scene.rescanOf(await scene.office.pull('schedule'))).toBeNull();
    await scene.office.close();
  });
});

describe('the open period', () => {
  it.each([
    ['2026-11-18T09:00:00Z', '2026-09-01'],
    ['2026-01-01T00:00:00Z', '2025-11-01'],
    ['2026-02-28T23:59:59Z', '2025-12-01'],
  ])('at %s begins on %s', (now, from) => {
    expect(openPeriodFrom(new Date(now)).toISOString().slice(0, 10)).toBe(from);
  });
});
