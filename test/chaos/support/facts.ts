import type { World } from './world.js';

/** The ledger's own list of what was written into it, as `GET /__sandbox/state` shows it. */
export interface LedgerWritings {
  readonly notes: readonly Writing[];
  readonly documents: readonly Writing[];
  readonly attachments: readonly { document: string; fileName: string }[];
}

interface Writing {
  readonly id: string;
  readonly account: string;
  readonly subject: string;
  readonly document?: string | null;
  readonly financialTransactionEntryID?: string | null;
}

export interface MessageFact {
  readonly id: string;
  readonly debtor: string;
  readonly level: number;
  readonly total: string;
  readonly state: string;
  readonly receivables: readonly string[];
}

/** What the ledger was told, from its own side. */
export async function writingsOf(world: World): Promise<LedgerWritings> {
  const answer = await fetch(`${world.product.exact.baseUrl}/__sandbox/state?rows=0`);
  return ((await answer.json()) as { divisions: LedgerWritings[] }).divisions[0]!;
}

/** Debtors and receivables are named by the ledger's ids, so that two databases can be compared. */
export async function messagesOf(world: World): Promise<MessageFact[]> {
  return world.sql<MessageFact>(`
    select m.id, d.source_id as debtor, m.level, m.open_total::text as total, m.state,
      (select array_agg(r.source_id order by r.source_id) from message_line l join receivable r on r.id = l.receivable_id
        where l.message_id = m.id) as receivables
    from message m join debtor d on d.id = m.debtor_id order by d.source_id, m.created_at`);
}

/** Our books in the ledger's words. */
export async function booksOf(world: World): Promise<{ debtors: object[]; receivables: object[] }> {
  const debtors = await world.sql<object>(`
    select source_id as id, code, name, email, phone, language, country, kind, address_line as "addressLine", postcode, city,
      vat_number as "vatNumber", chamber_of_commerce as "chamberOfCommerce", payment_condition as "paymentCondition",
      contact_name as "contactName", blocked_in_ledger as blocked, deleted_at as deleted
    from debtor order by source_id`);
  const receivables = await world.sql<object>(`
    select r.source_id as id, d.source_id as "debtorId", r.entry_source_id as "entryId", r.transaction_source_id as "transactionId",
      r.invoice_number as "invoiceNumber", r.your_ref as "yourRef", r.kind, r.invoice_date::text as "invoiceDate",
      r.due_date::text as "dueDate", r.currency, r.amount::int as amount, r.open_amount::int as open,
      r.settled_on::text as "settledOn", r.description, r.payment_reference as "paymentReference", r.deleted_at as deleted
    from receivable r join debtor d on d.id = r.debtor_id order by r.source_id`);
  return { debtors, receivables };
}

/** What our books have to be, from the ledger's side. */
export function booksInLedger(world: World): { debtors: object[]; receivables: object[] } {
  const { debtors, receivables } = world.product.book;
  return {
    debtors: [...debtors].sort(byId).map((debtor) => ({
      id: debtor.id,
      code: String(debtor.code),
      name: debtor.name,
      email: debtor.email,
      phone: debtor.phone,
      language: debtor.language,
      country: debtor.country,
      kind: debtor.vatNumber === null && debtor.chamberOfCommerce === null ? 'consumer' : 'business',
      addressLine: debtor.addressLine,
      postcode: debtor.postcode,
      city: debtor.city,
      vatNumber: debtor.vatNumber,
      chamberOfCommerce: debtor.chamberOfCommerce,
      paymentCondition: String(debtor.paymentDays).padStart(2, '0'),
      // Exact's accounts only point at their contact person.
      contactName: null,
      blocked: false,
      deleted: null,
    })),
    receivables: [...receivables].sort(byId).map((item) => ({
      id: item.id,
      debtorId: item.debtorId,
      entryId: item.entryId,
      transactionId: item.transactionId,
      invoiceNumber: String(item.invoiceNumber),
      yourRef: item.yourRef === '' ? null : item.yourRef,
      kind: item.kind,
      invoiceDate: item.invoiceDate,
      dueDate: item.dueDate,
      currency: item.currency,
      amount: item.amountMinor,
      open: item.openMinor,
      settledOn: item.openMinor === 0 ? (item.lastPaymentDate ?? item.settledOn) : null,
      description: item.description,
      paymentReference: item.paymentReference,
      deleted: null,
    })),
  };
}

const byId = (left: { id: string }, right: { id: string }): number => (left.id < right.id ? -1 : 1);

/** The books are the ledger's, every record became known exactly once, and every comparison with its list ties out. */
export async function expectBooksPulledOnce(world: World): Promise<void> {
  expect(await booksOf(world)).toEqual(booksInLedger(world));
  const { debtors, receivables } = world.product.book;
  const changes = await world.sql(
    `select object, change, count(*)::int as events, count(distinct r.id)::int as records
       from change_event cross join unnest(coalesce(record_ids, array[record_id])) as r(id) group by 1, 2 order by 1`,
  );
  const count = (object: string, number: number): object => ({
    object,
    change: 'new',
    events: number,
    records: number,
  });
  expect(changes).toEqual([count('debtors', debtors.length), count('receivables', receivables.length)]);
  const tieOuts = await world.sql<{ checks: number; ties: boolean }>(
    `select count(*)::int as checks, bool_and(source_count = our_count and source_open = our_open) as ties from tie_out group by sync_id, currency`,
  );
  expect(tieOuts).toEqual([{ checks: 1, ties: true }]);
  expect(await world.sql(`select source_id, reason from rejected_record where resolved_at is null`)).toEqual([]);
}

/** Every message that went out has one mail, one note and one document with one file; nothing else was written anywhere. */
export async function expectEverythingOnce(world: World): Promise<void> {
  const messages = await messagesOf(world);
  const sent = messages.filter(({ state }) => state === 'sent');
  expectMailsOnce(world, messages);
  await expectStepsOnce(world, messages);
  await expectWritingsOnce(world, sent);
}

/** At most one mail per message, one for each that is known to be sent, and none for one that is known not to be. */
export function expectMailsOnce(world: World, messages: readonly MessageFact[]): void {
  const mails = world.product.smtp.messages().map(({ messageId }) => /^<?([^@>]+)@/.exec(messageId ?? '')?.[1]);
  expect(new Set(mails).size).toBe(mails.length);
  const known = (states: readonly string[]): string[] => messages.filter(({ state }) => states.includes(state)).map(({ id }) => id); // prettier-ignore
  expect(mails).toEqual(expect.arrayContaining(known(['sent'])));
  for (const id of known(['queued', 'failed', 'cancelled'])) expect(mails).not.toContain(id);
  for (const mail of mails) expect(messages.map(({ id }) => id)).toContain(mail);
}

/** A receivable's step belongs to one living message, and says what became of it. */
async function expectStepsOnce(world: World, messages: readonly MessageFact[]): Promise<void> {
  const twice = await world.sql(
    `select receivable_id, level from step_taken where state <> 'released' group by 1, 2 having count(*) > 1`,
  );
  expect(twice).toEqual([]);
  const steps = await world.sql<{ message: string; states: string[]; steps: number; lines: number }>(
    `select s.message_id as message, array_agg(distinct s.state) as states, count(*)::int as steps,
       (select count(*)::int from message_line l join receivable r on r.id = l.receivable_id
         where l.message_id = s.message_id and r.kind = 'invoice') as lines
     from step_taken s group by 1`,
  );
  const stepState: Readonly<Record<string, string>> = { sent: 'taken', cancelled: 'released', failed: 'released' };
  expect(steps.map(({ message }) => message).sort()).toEqual(messages.map(({ id }) => id).sort());
  for (const { id, state } of messages) {
    const found = steps.find(({ message }) => message === id)!;
    expect(found.states).toEqual([stepState[state] ?? 'reserved']);
    expect(found.steps).toBe(found.lines);
  }
}

async function expectWritingsOnce(world: World, sent: readonly MessageFact[]): Promise<void> {
  const { notes, documents, attachments } = await writingsOf(world);
  const writebacks = await world.sql<{
    message: string;
    kind: string;
    state: string;
    key: string;
    remote: string | null;
  }>(`select message_id as message, kind, state, intent_key as key, remote_id as remote from writeback`);
  const live = writebacks.filter(({ state }) => state !== 'abandoned');
  expect(live.map(({ state }) => state)).toEqual(sent.flatMap(() => ['applied', 'applied']));
  expect([notes.length, documents.length, attachments.length]).toEqual([sent.length, sent.length, sent.length]);
  for (const { id, debtor } of sent) {
    const written = { note: notes, document: documents } as const;
    for (const kind of ['note', 'document'] as const) {
      const [row, ...more] = live.filter((writeback) => writeback.message === id && writeback.kind === kind);
      expect(more).toEqual([]);
      const found = written[kind].filter(({ subject }) => subject.includes(`[${row!.key}]`));
      expect(found.map(({ id: remote, account }) => ({ remote, account }))).toEqual([
        { remote: row!.remote, account: debtor },
      ]);
      const document = kind === 'document' ? found[0]!.id : found[0]!.document;
      expect(attachments.filter((file) => file.document === document)).toHaveLength(1);
    }
  }
}
