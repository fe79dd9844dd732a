import { setImmediate } from 'node:timers/promises';
import type { BookCommand } from '../../../sandbox/books/index.js';
import { newId } from '../../../src/kernel/index.js';
import { openOffice, PACKAGES, type OpenInvoice } from '../writeback/office.js';

const FULL = process.env['OPENPOST_FULL_TESTS'] === '1';
const WRITES = FULL ? 1_000 : 40;
const BOOKS = FULL ? { size: 800, debtors: 400 } : { size: 30, debtors: 12 };

/** Everything that a package takes, so that whatever can come back does. */
const EVERYTHING = { note: true, task: true, standing: true, ownReminders: true, reminderEmail: true, dunningStatus: true, badge: true }; // prettier-ignore

/** Where each package shows again what was written. */
const TOUCHED = { 'exact-online': 'debtors', twinfield: 'debtors', clearfacts: 'receivables' } as const;

interface Progress {
  readonly object: string;
  readonly read: number;
  readonly new: number;
  readonly changed: number;
  readonly deleted: number;
}

/** Only the door of the neutral books is used here. */
interface Door {
  applyBookCommand(command: BookCommand): unknown;
}

const CHOICES: Readonly<Record<keyof typeof PACKAGES, readonly (keyof typeof EVERYTHING)[]>> = {
  'exact-online': ['note', 'task', 'standing'],
  twinfield: ['note', 'standing', 'ownReminders', 'reminderEmail'],
  clearfacts: ['note', 'dunningStatus', 'badge'],
};

describe.each(Object.keys(PACKAGES) as (keyof typeof PACKAGES)[])('what we wrote ourselves: %s', (id) => {
  const open = async () => {
    const office = await openOffice(id, BOOKS);
    await office.choose(Object.fromEntries(CHOICES[id].map((choice) => [choice, true])));
    // An address of our own, so that what Twinfield is given is not what it had.
    await office.database.sql(`update debtor set dunning_contact_email = 'dunning-' || code || '@example.com'`);
    const door = office.standIn as Door;
    const added = new Set<string>();
    for (let index = 0; index < WRITES; index += 1) {
      const { id: debtor } = office.book.debtors[index % BOOKS.debtors]!;
      const invoiceNumber = 900_001 + index;
      added.add(String(invoiceNumber));
      door.applyBookCommand({ kind: 'add-invoice', debtor, amount: '121.00', invoiceDate: '2026-10-01', dueDate: '2026-10-31', invoiceNumber }); // prettier-ignore
    }
    office.clock.advance(60);
    await office.pull();
    const invoices = (await office.openInvoices()).filter(({ invoice_number: number }) => added.has(number));
    expect(invoices).toHaveLength(WRITES);
    return {
      office,
      door,
      invoices,
      /** A step, a note and all that follows from them, for so many invoices. */
      write: async (level: number, of: readonly OpenInvoice[]): Promise<void> => {
        for (const invoice of of) {
          const messageId = await office.takeStep(invoice, level);
          const note = { kind: 'note', subject: `Reminder ${level}`, text: 'EUR 100,00', date: '2026-11-18' } as const;
          const { firmId, administrationId } = office;
          await office.enqueue({ firmId, administrationId, debtorId: invoice.debtor_id, messageId, intentKey: newId(), intent: note, summary: 'note', dependsOn: null }); // prettier-ignore
        }
        await office.push();
      },
      events: () =>
        office.database.sql<{ record: string; change: string; object: string }>(
          `select r as record, change, object from change_event, unnest(coalesce(record_ids, array[record_id])) r order by transaction_id, id`,
        ),
      lastPull: async (): Promise<Progress[]> => {
        const [row] = await office.database.sql<{ objects: Progress[] }>(`select objects from sync order by created_at desc, id desc limit 1`); // prettier-ignore
        return row!.objects;
      },
    };
  };

  it(`comes back from ${WRITES} writes and is no change to anybody`, async () => {
    const { office, write, events, lastPull, invoices } = await open();
    const before = await events();
    await write(1, invoices);
    const written = await office.shown();
    expect(new Set(written.map(({ state }) => state))).toEqual(new Set(['applied']));
    office.clock.advance(60);
    office.queue.jobs.length = 0;
    await office.pull();
    // It did come back, and nobody heard of it: no event, and nothing is planned again.
    const progress = await lastPull();
    expect(progress.find(({ object }) => object === TOUCHED[id])!.read).toBeGreaterThanOrEqual(Math.min(BOOKS.debtors, WRITES));
    expect(progress.map((each) => each.new + each.changed + each.deleted)).toEqual(progress.map(() => 0));
    expect(await events()).toEqual(before);
    expect(office.queue.named('ledger-changed')).toEqual([]);

    // Taken back again, where the package keeps something of ours.
    await office.choose(Object.fromEntries(CHOICES[id].map((choice) => [choice, false])));
    await office.push();
    office.clock.advance(60);
    await office.pull();
    expect(await events()).toEqual(before);
    await office.close();
  }, FULL ? 900_000 : 120_000); // prettier-ignore

  it('hides nothing that people did to the same records at the same time', async () => {
    const { office, door, write, events, invoices } = await open();
    const chosen = invoices;
    await write(1, chosen);
    const before = (await events()).length;
    const debtors = [...new Set(chosen.map(({ debtor_source }) => debtor_source))];
    const byPhone = async (): Promise<void> => {
      for (const [index, debtor] of debtors.entries()) {
        await setImmediate();
        const phone = `+31 20 ${1_000_000 + index}`;
        const named = office.book.debtors.find((each) => each.id === debtor || String(each.code).padStart(6, '0') === debtor)!; // prettier-ignore
        door.applyBookCommand({ kind: 'edit-debtor', debtor: named.id, changes: { phone } });
      }
      for (const { invoice_number: receivable } of chosen) {
        await setImmediate();
        door.applyBookCommand({ kind: 'change-due-date', receivable, dueDate: '2027-03-31' });
      }
    };
    await Promise.all([byPhone(), write(2, chosen)]);
    office.clock.advance(60);
    await office.pull();
    const heard = (await events()).slice(before);
    expect(new Set(heard.map(({ change }) => change))).toEqual(new Set(['changed']));
    const wanted = [...new Set(chosen.map(({ debtor_id }) => debtor_id)), ...chosen.map((invoice) => invoice.id)];
    expect(heard.map(({ record }) => record).toSorted()).toEqual(wanted.toSorted());
    await office.close();
  }, FULL ? 900_000 : 120_000); // prettier-ignore
});

describe('an address that we wrote to Twinfield', () => {
  it('is somebody’s change as soon as somebody writes another', async () => {
    const office = await openOffice('twinfield');
    const [invoice] = (await office.openInvoices()) as [OpenInvoice];
    await office.choose({ reminderEmail: true, note: false, standing: false });
    await office.database.sql(`update debtor set dunning_contact_email = 'hier@example.com' where id = $1`, [
      invoice.debtor_id,
    ]);
    await office.takeStep(invoice, 1);
    await office.push();
    const email = async (): Promise<string> =>
      (await office.database.sql<{ email: string }>(`select email from debtor where id = $1`, [invoice.debtor_id]))[0]!.email; // prettier-ignore
    const told = (): Promise<object[]> => office.database.sql(`select 1 from change_event where record_id = $1`, [invoice.debtor_id]); // prettier-ignore
    expect(await email()).toBe('hier@example.com');
    office.clock.advance(60);
    await office.pull();
    expect(await told()).toEqual([]);

    const elements = { 'creditmanagement/reminderemail': 'boekhouder@example.com' };
    office.standIn.applyBookCommand({ kind: 'edit-customer', debtor: invoice.debtor_source, elements });
    await office.pull();
    expect(await email()).toBe('boekhouder@example.com');
    expect(await told()).toHaveLength(1);
    await office.close();
  });

  it('is somebody’s change too when the debtor was not what our books held', async () => {
    const office = await openOffice('twinfield');
    const [invoice] = (await office.openInvoices()) as [OpenInvoice];
    await office.choose({ reminderEmail: true, note: false, standing: false });
    await office.database.sql(`update debtor set dunning_contact_email = 'hier@example.com'`);
    await office.takeStep(invoice, 1);
    const debtor = office.book.debtors.find(({ code }) => String(code).padStart(6, '0') === invoice.debtor_source)!;
    office.standIn.applyBookCommand({ kind: 'edit-debtor', debtor: debtor.id, changes: { city: 'Utrecht' } });
    await office.push();
    office.clock.advance(60);
    await office.pull();
    const told = await office.database.sql(`select change from change_event where record_id = $1`, [invoice.debtor_id]);
    expect(told).toEqual([{ change: 'changed' }]);
    await office.close();
  });
});
