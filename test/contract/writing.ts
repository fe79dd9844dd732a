import type { FaultKind } from '../../sandbox/http/index.js';
import type { WriteIntent, WriteOperation } from '../../src/connectors/contract/index.js';
import { newBook } from './reading.js';
import { failureOf, Stage, TIMEOUT_MS, type ContractSubject } from './stage.js';

type IntentOperation = WriteOperation & { readonly operation: WriteIntent['kind'] };

const isIntent = (each: WriteOperation): each is IntentOperation =>
  each.operation === 'note' || each.operation === 'document' || each.operation === 'task';

/** What is written is written once, and after a lost answer it can be told whether it was. */
export function describeWriting(subject: ContractSubject): void {
  const operations = subject.connector.declaration.objects.flatMap((row) => row.writeOperations);
  const intents = operations.filter(isIntent);
  if (intents.length === 0) return;
  describe.each(intents)('writing a $operation', ({ operation, idempotency }) => {
    let stage: Stage;
    let serial = 0;
    beforeAll(async () => {
      stage = await Stage.open(subject, await newBook(60));
    });
    afterAll(() => stage.standIn.close());

    const call = subject.calls[operation]!;
    // Where the package cannot be asked what it has, nothing that only an answer to that question proves is promised.
    const itCanLookUp = idempotency === 'none' ? it.skip : it;
    const intent = (changes: Partial<WriteIntent> = {}): WriteIntent => {
      const invoice = stage.book.receivables.find(({ kind }) => kind === 'invoice')!;
      const shared = {
        key: `openpost-${operation}-${(serial += 1)}`,
        administration: stage.administration,
        debtorSourceId: stage.nameOf(invoice.debtorId),
        subject: "First reminder: it's about invoice 2026-001",
        text: 'Dear debtor,\nthis is still open.',
        date: '2026-11-20',
      };
      const own: WriteIntent =
        operation === 'note'
          ? { ...shared, kind: 'note', documentRemoteId: null }
          : operation === 'task'
            ? { ...shared, kind: 'task', task: 'call' }
            : { ...shared, kind: 'document', entrySourceId: invoice.entryId, fileName: 'reminder.pdf', file: Buffer.from('%PDF-1.7') }; // prettier-ignore
      return { ...own, ...changes } as WriteIntent;
    };
    const push = (what: WriteIntent, known: { remoteId: string } | null = null) => subject.connector.push(stage.context, what, known); // prettier-ignore
    const probe = (what: WriteIntent) => subject.connector.probe(stage.context, what);

    if (idempotency === 'none') describeNoLookUp();

    function describeNoLookUp(): void {
      it('is applied, and never said to be absent by who cannot know', async () => {
        const what = intent();
        expect((await push(what)).outcome).toBe('applied');
        expect((await failureOf(() => probe(what))).kind).toBe('outcome_unknown');
      });

      it.each<FaultKind>(['timeout-before-commit', '503', 'timeout-after-commit', 'truncated-body'])(
        'an answer lost to %s is unknown, and costs one call',
        async (kind) => {
          stage.standIn.arm({ kind, match: call, delayMs: TIMEOUT_MS * 2 });
          const before = writes();
          expect((await push(intent())).outcome).toBe('unknown');
          expect(writes() - before).toBe(1);
        },
      );
    }

    itCanLookUp('is absent before, applied after, and found again by its key alone', async () => {
      const what = intent();
      expect(await probe(what)).toEqual({ outcome: 'absent' });
      const pushed = await push(what);
      expect(pushed.outcome).toBe('applied');
      expect(await probe(what)).toEqual(pushed);
      expect(await probe({ ...what, subject: 'edited by a person' })).toEqual(pushed);
    });

    itCanLookUp('does not take one key for another that begins alike', async () => {
      const what = intent();
      await push(what);
      expect(await probe({ ...what, key: what.key.slice(0, -1) })).toEqual({ outcome: 'absent' });
    });

    itCanLookUp('cuts a subject that is too long, never its key', async () => {
      const what = intent({ subject: 'x'.repeat(2_000) });
      expect(await push(what)).toMatchObject({ outcome: 'applied' });
      expect(await probe(what)).toMatchObject({ outcome: 'applied' });
    });

    itCanLookUp.each<[FaultKind, 'absent' | 'found']>([
      ['timeout-before-commit', 'absent'],
      ['503', 'absent'],
      ['500', 'absent'],
      ['timeout-after-commit', 'found'],
      ['reset-mid-body', 'found'],
      ['truncated-body', 'found'],
      ['malformed-body', 'found'],
    ])('an answer lost to %s is unknown, and a probe tells: %s', async (kind, truth) => {
      const what = intent();
      stage.standIn.arm({ kind, match: call, delayMs: TIMEOUT_MS * 2 });
      const before = writes();
      expect((await push(what)).outcome).toBe('unknown');
      expect(writes() - before).toBe(1);
      const found = await probe(what);
      expect(found.outcome === 'absent').toBe(truth === 'absent');
      const known = found.outcome === 'absent' ? null : { remoteId: found.remoteId };
      const done = found.outcome === 'applied' ? found : await push(what, known);
      expect(done.outcome).toBe('applied');
      expect(await probe(what)).toEqual(done);
    });

    const writes = () => stage.standIn.requests.filter(({ method, path }) => new RegExp(call, 'i').test(`${method} ${path}`)).length; // prettier-ignore

    it("says no in the source's own words", async () => {
      stage.standIn.arm({ kind: 'reject', match: call, message: 'De periode is afgesloten.' });
      expect(await push(intent())).toMatchObject({ outcome: 'rejected', message: 'De periode is afgesloten.' });
      stage.standIn.arm({ kind: 'reject', match: call, message: 'De periode is afgesloten.', status: 500 });
      expect(await push(intent())).toMatchObject({ outcome: 'rejected', message: 'De periode is afgesloten.' });
    });

    it.each<[FaultKind, string]>([
      ['401', 'auth_expired'],
      ['403', 'scope_missing'],
      ['429-minute', 'rate_limited'],
      ['429-day', 'quota_exhausted'],
    ])('%s stops it before anything is done', async (kind, expected) => {
      const what = intent();
      stage.standIn.arm({ kind, match: call });
      expect((await failureOf(() => push(what))).kind).toBe(expected);
      if (idempotency !== 'none') expect(await probe(what)).toEqual({ outcome: 'absent' });
    });

    if (operation === 'document') describeFiles();

    function describeFiles(): void {
      // Two calls make a document half done in between; with one there is no half.
      itCanLookUp.each<FaultKind>(['429-minute', '401', 'timeout-before-commit', 'timeout-after-commit'])(
        'a document whose file met %s is finished, not made again',
        async (kind) => {
          const what = intent();
          stage.standIn.arm({ kind, match: subject.calls.file!, delayMs: TIMEOUT_MS * 2 });
          expect((await push(what)).outcome).toBe('unknown');
          const found = await probe(what);
          expect(found.outcome).toBe(kind === 'timeout-after-commit' ? 'applied' : 'partial');
          const { remoteId } = found as { remoteId: string };
          const before = writes();
          expect(await push(what, { remoteId })).toEqual({ outcome: 'applied', remoteId });
          expect(await probe(what)).toEqual({ outcome: 'applied', remoteId });
          expect(writes()).toBe(before);
        },
      );

      it('refuses a file that is too large before it calls', async () => {
        const before = stage.standIn.requests.length;
        const outcome = await push(intent({ file: Buffer.alloc(10_000_001) } as Partial<WriteIntent>));
        expect(outcome.outcome).toBe('rejected');
        expect(stage.standIn.requests.length).toBe(before);
      });
    }
  });
}
