import type { FaultKind } from '../../sandbox/http/index.js';
import { NEW_PART, type ManagedPart, type PushOutcome, type StateIntent } from '../../src/connectors/contract/index.js';
import { newBook } from './reading.js';
import { failureOf, Stage, TIMEOUT_MS, type ContractSubject } from './stage.js';

type Standing = Extract<StateIntent, { kind: 'standing' }>;

/** A line of ours in a field that people write in too: theirs stays, ours follows, and a changed one is never written over. */
export function describeShowing(subject: ContractSubject): void {
  const operations = subject.connector.declaration.objects.flatMap((row) => row.writeOperations);
  const { standing } = subject;

  it('shows every state that it declares, and no other', () => {
    const kinds = operations.map(({ operation }) => operation);
    const states = kinds.filter((kind) => kind !== 'note' && kind !== 'document' && kind !== 'task');
    if (states.length > 0) expect(subject.connector.show).toBeDefined();
    expect(kinds.includes('standing')).toBe(standing !== undefined);
  });

  if (standing === undefined) return;
  describe('showing how a debtor stands', () => {
    let stage: Stage;
    let serial = 0;
    beforeAll(async () => {
      stage = await Stage.open(subject, await newBook(60));
    });
    afterAll(() => stage.standIn.close());

    const own = 'Betaalt altijd na de 20e & belt "terug".\nTweede regel <met> tekens.';
    const nextDebtor = (): string => stage.book.debtors[(serial += 1)]!.id;
    const show = (debtor: string, text: string | null, part: Partial<ManagedPart> = {}): Promise<PushOutcome> => {
      const intent: Standing = { kind: 'standing', key: `st:${serial}`, administration: stage.administration, debtorSourceId: stage.nameOf(debtor), text, part: { ...NEW_PART, ...part } }; // prettier-ignore
      return subject.connector.show!(stage.context, intent);
    };
    const read = (debtor: string): string => standing.read(stage, debtor);
    const leftBy = (outcome: PushOutcome): string => (outcome as { left: string }).left;

    it('keeps what people wrote to the letter, changes its own line, and takes it out again', async () => {
      const debtor = nextDebtor();
      standing.edit(stage, debtor, own);
      const first = await show(debtor, 'Niveau 1: eerste herinnering');
      expect(first).toMatchObject({ outcome: 'applied' });
      expect(read(debtor)).toBe(`${own}\n${leftBy(first)}`);
      const second = await show(debtor, 'Niveau 2: aanmaning', { left: leftBy(first) });
      expect(read(debtor)).toBe(`${own}\n${leftBy(second)}`);
      expect(read(debtor)).not.toContain('Niveau 1');
      expect(await show(debtor, null, { left: leftBy(second) })).toMatchObject({ outcome: 'applied', left: '' });
      expect(read(debtor)).toBe(own);
    });

    it('says the same twice and writes once', async () => {
      const debtor = nextDebtor();
      const first = await show(debtor, 'Niveau 1');
      const before = stage.standIn.requests.length;
      expect(await show(debtor, 'Niveau 1', { left: leftBy(first) })).toEqual(first);
      expect(stage.standIn.requests.length - before).toBe(1);
    });

    it('writes nothing over what a person changed, and shows both', async () => {
      const debtor = nextDebtor();
      const left = leftBy(await show(debtor, 'Niveau 1'));
      const theirs = left.replace('Niveau 1', 'Niveau 1 (Jan belt morgen)');
      standing.edit(stage, debtor, `${own}\n${theirs}`);
      const outcome = await show(debtor, 'Niveau 2', { left });
      expect(outcome).toMatchObject({ outcome: 'conflict', theirs, before: left });
      expect((outcome as { ours: string }).ours).toContain('Niveau 2');
      expect(read(debtor)).toBe(`${own}\n${theirs}`);
      // Written over exactly what was seen, and not over what came after.
      standing.edit(stage, debtor, `${own}\n${theirs.replace('morgen', 'vrijdag')}`);
      expect(await show(debtor, 'Niveau 2', { left, seen: theirs, restore: true })).toMatchObject({
        outcome: 'conflict',
      });
      standing.edit(stage, debtor, `${own}\n${theirs}`);
      const done = await show(debtor, 'Niveau 2', { left, seen: theirs, restore: true });
      expect(read(debtor)).toBe(`${own}\n${leftBy(done)}`);
      expect(read(debtor)).not.toContain('Jan');
    });

    it('keeps a line that a person changed and wants to keep, beside the next of ours', async () => {
      const debtor = nextDebtor();
      const theirs = leftBy(await show(debtor, 'Niveau 1')).replace('Niveau 1', 'Niveau 1 (Jan belt morgen)');
      standing.edit(stage, debtor, theirs);
      expect(await show(debtor, 'Niveau 2', { left: theirs })).toMatchObject({ outcome: 'applied' });
      expect(read(debtor)).toContain('Jan belt morgen');
      expect(read(debtor)).toContain('Niveau 2');
    });

    it.each<FaultKind>(['timeout-before-commit', 'timeout-after-commit', '503'])(
      'an answer lost to %s is unknown, and saying it again is no conflict and no second line',
      async (kind) => {
        const debtor = nextDebtor();
        const left = leftBy(await show(debtor, 'Niveau 1'));
        stage.standIn.arm({ kind, match: WRITES, delayMs: TIMEOUT_MS * 2 });
        expect((await show(debtor, 'Niveau 2', { left })).outcome).toBe('unknown');
        const again = await show(debtor, 'Niveau 2', { left });
        expect(again).toMatchObject({ outcome: 'applied' });
        expect(read(debtor)).toBe(leftBy(again));
      },
    );

    it.each<[FaultKind, string]>([
      ['401', 'auth_expired'],
      ['403', 'scope_missing'],
      ['429-minute', 'rate_limited'],
    ])('%s stops it before anything is done', async (kind, expected) => {
      const debtor = nextDebtor();
      stage.standIn.arm({ kind, match: WRITES });
      expect((await failureOf(() => show(debtor, 'Niveau 1'))).kind).toBe(expected);
      expect(read(debtor)).toBe('');
    });

    it("says no in the source's own words", async () => {
      stage.standIn.arm({ kind: 'reject', match: WRITES, message: 'De relatie is vergrendeld.' });
      expect(await show(nextDebtor(), 'Niveau 1')).toMatchObject({
        outcome: 'rejected',
        message: 'De relatie is vergrendeld.',
      });
    });
  });
}

/** The call that changes a debtor, in every package that has one. */
const WRITES = '^(PUT .*crm/Accounts|POST .*#dimensions)';
