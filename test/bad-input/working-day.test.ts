import { addOverdue, arm, asClient, bookkeeping, Caller, problemOf, signIn } from '../api/support.js';
import {
  allItems,
  applyRunOnce,
  connectExact,
  eventually,
  planRunOnce,
  startProduct,
  syncOnce,
  type Product,
  type RunView,
} from '../support/product.js';

interface Line {
  readonly debtor: { name: string };
  readonly decision: string;
  readonly reason: string;
  readonly reasonText: string;
  readonly facts: object;
}
interface Message {
  readonly id: string;
  readonly state: string;
  readonly error: string | null;
  readonly recipient: string;
  readonly attempts: number;
}
interface Writeback {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly messageId: string;
  readonly lastError: string | null;
  readonly lastErrorKind: string | null;
  readonly history: { outcome: string }[];
}
interface Quarantined {
  readonly object: string;
  readonly sourceId: string;
  readonly reason: string;
  readonly message: string;
  readonly raw: unknown;
}

/** One day on which everything that can be wrong with what others give us is wrong. Each wrong has a name, and stops nothing else. */
describe('a working day with bad input', () => {
  let product: Product;
  let admin: Caller;
  let where: string;
  let administrationId: string;
  let run: RunView;

  const debtor = (index: number): Product['book']['debtors'][number] => product.book.debtors[index]!;
  const api = (): ReturnType<typeof asClient> => asClient(admin);
  const list = <T>(path: string): Promise<T[]> => allItems<T>(api(), `${where}${path}`);
  const SILENT = 2;
  const REFUSING = 3;

  beforeAll(async () => {
    product = await startProduct({ size: 40, debtors: 6 });
    admin = await signIn(product.baseUrl);
    for (const each of product.book.debtors) {
      await bookkeeping(product, { kind: 'edit-debtor', debtor: each.id, changes: { email: `post@debtor-${each.code}.example` } }); // prettier-ignore
      await addOverdue(product, each);
    }
    await bookkeeping(product, { kind: 'edit-debtor', debtor: debtor(SILENT).id, changes: { email: null } });
  }, 60_000);
  afterAll(() => product.close());

  it('a record that cannot be mapped and an unknown currency are set aside by name; all others are there', async () => {
    const poisoned = product.book.receivables.at(-1)!;
    const unknown = product.book.receivables.at(-2)!;
    const currency = unknown.currency;
    unknown.currency = 'XBT';
    await arm(product, 'exact', { kind: 'poison-record', match: 'PaymentTerms', record: poisoned.id, count: 0 });
    ({ administrationId } = await connectExact(product, api()));
    where = `/administrations/${administrationId}`;
    const first = await eventually(
      () => list<{ id: string; state: string }>('/syncs'),
      (items) => items.length > 0 && items.every(({ state }) => !['queued', 'running'].includes(state)),
    );
    expect(first.map(({ state }) => state)).toEqual(['complete_with_quarantine']);
    const aside = await list<Quarantined>('/quarantine');
    expect(aside).toHaveLength(2);
    expect(aside).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ object: 'receivables', sourceId: poisoned.id }),
        expect.objectContaining({ object: 'receivables', sourceId: unknown.id, reason: 'UNKNOWN_CURRENCY' }),
      ]),
    );
    for (const each of aside) {
      expect(each.reason).toMatch(/^[A-Z_]+$/);
      expect(each.message.length).toBeGreaterThan(10);
      expect(JSON.stringify(each.raw)).toContain(each.sourceId);
    }
    const administration = await admin.ok<Record<string, unknown>>('GET', where);
    expect(administration).toMatchObject({
      quarantined: 2,
      receivableCount: product.book.receivables.length - 2,
      debtorCount: product.book.debtors.length,
    });
    // Nothing is lost: put right in the ledger, they come by themselves with the next full pull.
    unknown.currency = currency;
    await fetch(`${product.exact.baseUrl}/__sandbox/faults`, { method: 'DELETE' });
    expect((await syncOnce(api(), administrationId, true)).state).toBe('complete');
    expect(await list<Quarantined>('/quarantine')).toEqual([]);
    expect(await admin.ok('GET', where)).toMatchObject({
      quarantined: 0,
      receivableCount: product.book.receivables.length,
      tieOut: { state: 'ties-out' },
    });
  }, 60_000);

  it('a scenario with two steps at one level is refused by its path, and the one in force stays', async () => {
    const before = await admin.ok<{ items: { definition: { id: string; steps: { level: number }[] } }[] }>('GET', `${where}/scenarios`); // prettier-ignore
    const scenarios = before.items.map(({ definition }) => structuredClone(definition));
    const index = scenarios.findIndex(({ id }) => id === 'standard');
    scenarios[index]!.steps[1]!.level = scenarios[index]!.steps[0]!.level;
    const answer = await admin.call('PUT', `${where}/scenarios`, { scenarios });
    expect(answer.status).toBe(400);
    const problem = problemOf(answer);
    expect(problem.code).toBe('INVALID_INPUT');
    expect(problem.errors!.map(({ path }) => path).join()).toMatch(
      new RegExp(`scenarios\\[${index}\\].*steps\\[1\\].*level`),
    );
    expect(await admin.ok('GET', `${where}/scenarios`)).toEqual(before);
  });

  it('a debtor without e-mail address waits with a reason; the others are asked', async () => {
    run = await planRunOnce(api(), administrationId);
    expect(run.state).toBe('awaiting_approval');
    const lines = await allItems<Line>(api(), `/dunning-runs/${run.id}/lines`);
    const [silent] = lines.filter((line) => line.reason === 'NO_RECIPIENT');
    expect(silent).toMatchObject({ decision: 'wait', debtor: { name: debtor(SILENT).name } });
    expect(silent!.reasonText).toMatch(/no e-mail address/);
    expect(Object.keys(silent!.facts).length).toBeGreaterThan(0);
    const asked = new Set(lines.filter(({ decision }) => decision === 'take').map((line) => line.debtor.name));
    for (const each of product.book.debtors.filter((one) => one !== debtor(SILENT))) expect([...asked]).toContain(each.name); // prettier-ignore
  });

  it('a refused recipient fails one message, with the server’s own words and a task; the others are sent', async () => {
    await arm(product, 'smtp', { kind: 'reject-recipient', match: `debtor-${debtor(REFUSING).code}.example` });
    await arm(product, 'exact', {
      kind: 'reject',
      match: 'POST .*CommunicationNotes',
      message: 'Notitie is geweigerd.',
    });
    expect((await applyRunOnce(api(), run.id)).state).toBe('applied');
    const messages = await settled();
    expect(messages).toHaveLength(run.summary.messages);
    const failed = messages.filter(({ state }) => state !== 'sent');
    expect(failed).toEqual([
      expect.objectContaining({
        state: 'failed',
        recipient: `post@debtor-${debtor(REFUSING).code}.example`,
        attempts: 1,
      }),
    ]);
    expect(failed[0]!.error).toMatch(/550 5\.1\.1 .*User unknown/);
    expect(product.smtp.messages()).toHaveLength(messages.length - 1);
    const tasks = await list<{ kind: string; state: string; detail: string }>('/tasks');
    expect(tasks.map(({ kind, state }) => [kind, state]).sort()).toEqual([
      ['message-failed', 'open'],
      ['no-recipient', 'open'],
      // The record that could not be read was missing from our books until its field was mended.
      ['tie-out-differs', 'done'],
    ]);
    expect(tasks.find(({ kind }) => kind === 'message-failed')!.detail).toMatch(/550/);
    const overview = await admin.ok<{ waiting: object }>('GET', '/overview');
    expect(overview.waiting).toMatchObject({ failedMessages: 1, openTasks: 2 });
  }, 60_000);

  it('a note that the ledger refuses is rejected with its own words; every other note and document is there', async () => {
    const writebacks = await eventually(
      () => list<Writeback>('/writebacks'),
      (items) => items.length > 0 && items.every(({ state }) => !['pending', 'sending', 'unknown'].includes(state)),
    );
    const [failed] = (await settled()).filter(({ state }) => state === 'failed');
    const abandoned = writebacks.filter(({ messageId }) => messageId === failed!.id);
    expect(abandoned.map(({ state }) => state)).toEqual(abandoned.map(() => 'abandoned'));
    const others = writebacks.filter(({ messageId }) => messageId !== failed!.id);
    const rejected = others.filter(({ state }) => state !== 'applied');
    expect(rejected).toEqual([expect.objectContaining({ kind: 'note', state: 'rejected', lastErrorKind: 'rejected' })]);
    expect(rejected[0]!.lastError).toMatch(/Notitie is geweigerd\./);
    expect(await notes()).toBe(others.filter(({ kind }) => kind === 'note').length - 1);
    const overview = await admin.ok<{ waiting: object }>('GET', '/overview');
    expect(overview.waiting).toMatchObject({ rejectedWritebacks: 1 });
    const refused = await admin.call('POST', `/writebacks/${abandoned[0]!.id}/retry`, {});
    expect([refused.status, problemOf(refused).code]).toEqual([409, 'MESSAGE_NOT_SENT']);
  }, 60_000);

  it('trying the note again brings it in, once', async () => {
    const [rejected] = (await list<Writeback>('/writebacks')).filter(({ state }) => state === 'rejected');
    const answer = await admin.call('POST', `/writebacks/${rejected!.id}/retry`, {});
    expect([answer.status, answer.json]).toEqual([202, { id: rejected!.id, status: 'pending' }]);
    const after = await eventually(
      () => list<Writeback>('/writebacks'),
      (items) => items.every(({ state }) => ['applied', 'abandoned'].includes(state)),
    );
    const applied = after.filter(({ state }) => state === 'applied');
    expect(await notes()).toBe(applied.filter(({ kind }) => kind === 'note').length);
    const again = await admin.call('POST', `/writebacks/${rejected!.id}/retry`, {});
    expect([again.status, problemOf(again).code]).toEqual([409, 'WRITEBACK_NOT_RETRYABLE']);
  }, 60_000);

  it('what was held up goes out in the next run: the refused message at the same level, the address once it is known', async () => {
    const debtors = await list<{ id: string; name: string; level: number }>('/debtors');
    const levelOf = (index: number): number => debtors.find(({ name }) => name === debtor(index).name)!.level;
    expect([levelOf(0), levelOf(REFUSING), levelOf(SILENT)]).toEqual([1, 0, 0]);
    const silent = debtors.find(({ name }) => name === debtor(SILENT).name)!;
    await admin.ok('PATCH', `/debtors/${silent.id}`, {
      dunningContact: { name: 'Inkoop', email: 'inkoop@silent.example' },
    });
    const second = await planRunOnce(api(), administrationId);
    expect(second.summary.messages).toBe(2);
    expect((await applyRunOnce(api(), second.id)).state).toBe('applied');
    const messages = await settled();
    expect(messages.filter(({ state }) => state === 'sent')).toHaveLength(product.book.debtors.length);
    const reached = product.smtp.messages().flatMap(({ envelope }) => envelope.to);
    expect(new Set(reached).size).toBe(reached.length);
    expect(reached).toContain('inkoop@silent.example');
    expect(reached).toContain(`post@debtor-${debtor(REFUSING).code}.example`);
  }, 60_000);

  async function settled(): Promise<Message[]> {
    return eventually(
      () => list<Message>('/messages'),
      (items) => items.length > 0 && items.every(({ state }) => !['queued', 'sending'].includes(state)),
    );
  }

  async function notes(): Promise<number> {
    const state = (await (await fetch(`${product.exact.baseUrl}/__sandbox/state?rows=0`)).json()) as {
      divisions: { notes: unknown[] }[];
    };
    return state.divisions[0]!.notes.length;
  }
});
