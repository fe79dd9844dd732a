import type { FaultKind } from '../../../sandbox/http/index.js';
import type { WriteIntent } from '../../../src/connectors/contract/index.js';
import { newBook } from '../../contract/reading.js';
import { Stage, type ContractSubject } from '../../contract/stage.js';
import { FULL, SUBJECTS } from './subjects.js';

const WRITES = FULL ? 10_000 : 48;
/** What can become of a write: nothing at all, or one of these, in turn. */
const FATES: readonly (FaultKind | null)[] = [null, 'timeout-after-commit', '503', 'reset-mid-body', null, 'timeout-before-commit', 'truncated-body', '500']; // prettier-ignore

/** As the engine does it: an unknown outcome is probed, and only what is absent is written again. */
async function writeOnce(stage: Stage, intent: WriteIntent): Promise<string> {
  const { connector } = stage.subject;
  for (let tries = 0; tries < 5; tries += 1) {
    const pushed = await connector.push(stage.context, intent, null);
    if (pushed.outcome === 'applied') return pushed.remoteId;
    if (pushed.outcome !== 'unknown') throw new Error(`${intent.key}: ${JSON.stringify(pushed)}`);
    const found = await connector.probe(stage.context, intent);
    if (found.outcome !== 'absent') return found.remoteId;
  }
  throw new Error(`${intent.key} was never written`);
}

describe.each(SUBJECTS)('uncertain writes: %s', (_name, subject: ContractSubject) => {
  it(`of ${WRITES} none is lost and none is doubled, whatever became of their answers`, async () => {
    const stage = await Stage.open(subject, await newBook(200, WRITES >= 1_000 ? 150 : 12));
    const remote = new Map<string, string>();
    for (let number = 0; number < WRITES; number += 1) {
      const kind = FATES[number % FATES.length]!;
      const debtor = stage.book.debtors[number % stage.book.debtors.length]!;
      if (kind !== null) stage.standIn.arm({ kind, match: subject.calls.note!, delayMs: 5 });
      const key = `op-${number}-x`;
      const intent: WriteIntent = { kind: 'note', key, administration: stage.administration, debtorSourceId: stage.nameOf(debtor.id), subject: 'Herinnering', text: 'Beste', date: '2026-11-20', documentRemoteId: null }; // prettier-ignore
      remote.set(key, await writeOnce(stage, intent));
    }
    const books = JSON.stringify((stage.standIn as unknown as { state(query?: URLSearchParams): unknown }).state());
    await stage.standIn.close();
    expect(new Set(remote.values()).size).toBe(WRITES);
    const counts = [...remote.keys()].map((key) => books.split(new RegExp(`\\b${key}\\b`)).length - 1);
    // However often the door of the books says a key, it says each alike: none stands there twice as often as another.
    expect(new Set(counts.filter((count) => count > 0)).size).toBe(1);
    // In Twinfield's one field the oldest lines make way for the newest.
    const mayMakeWay = FULL && subject.connector.declaration.id === 'twinfield';
    if (!mayMakeWay) expect(counts.filter((count) => count === 0)).toEqual([]);
  }, 600_000);
});
