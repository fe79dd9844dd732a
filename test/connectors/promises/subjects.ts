import { companyNumberOf, createClearFactsSandbox } from '../../../sandbox/clearfacts/index.js';
import { createExactOnlineSandbox } from '../../../sandbox/exact-online/index.js';
import { createTwinfieldSandbox } from '../../../sandbox/twinfield/index.js';
import { createClearFacts } from '../../../src/connectors/clearfacts/index.js';
import { createExactOnline } from '../../../src/connectors/exact-online/index.js';
import { createTwinfield } from '../../../src/connectors/twinfield/index.js';
import { fixedClock, type Clock } from '../../../src/kernel/index.js';
import type { Mapped, ReceivableRecord } from '../../../src/ledger/domain/index.js';
import { NOW, type ContractSubject, type Stage } from '../../contract/stage.js';
import { namesIn } from '../../contract/words/twinfield.js';

/** Whether the numbers are those of the promise, or scaled down to what every change can wait for. */
export const FULL = process.env['OPENPOST_FULL_TESTS'] === '1';

type Named = readonly [string, ContractSubject];

/** Every connector with a stand-in that has receivables and takes notes, the stand-ins beginning at a moment. */
export const subjectsAt = (clock: Clock): readonly Named[] =>
  (
    [
      [
        'Exact Online',
        {
          connector: createExactOnline(clock),
          start: (book) => createExactOnlineSandbox({ books: [book], clock, quota: false }),
          calls: { token: '/api/oauth2/token', receivables: 'sync/Cashflow/PaymentTerms', note: 'POST .*/activities/CommunicationNotes' }, // prettier-ignore
        },
      ],
      [
        'Twinfield',
        {
          connector: createTwinfield(clock),
          start: (book) => createTwinfieldSandbox({ books: [book], clock, quota: false }),
          namesIn,
          calls: { token: '/connect/token', receivables: '#columns', note: 'POST .*#dimensions' },
        },
      ],
      [
        'ClearFacts, as proposed',
        {
          connector: createClearFacts('extended', clock),
          start: (book) => createClearFactsSandbox({ books: [book], clock, profile: 'extended' }),
          administration: companyNumberOf,
          calls: { token: '/oauth2-server/token', receivables: '#salesInvoices', note: '#addNote' },
        },
      ],
    ] as readonly Named[]
  ).map(([name, subject]) => [name, FULL ? { ...subject, timeoutMs: 120_000 } : subject]);

export const SUBJECTS = subjectsAt(fixedClock(NOW));

/** What a firm's books hold after pulls: a higher version replaces, a tombstone removes. */
export class Local {
  readonly receivables = new Map<string, ReceivableRecord>();
  private readonly gone = new Map<string, bigint>();
  readonly rejected: Extract<Mapped, { outcome: 'rejected' }>[] = [];

  take(mapped: readonly Mapped[]): void {
    for (const each of mapped) {
      if (each.outcome === 'rejected') this.rejected.push(each);
      if (each.outcome === 'receivable') this.put(each.record);
      if (each.outcome === 'tombstone' && each.record.object === 'receivables') {
        this.receivables.delete(each.record.sourceId);
        this.gone.set(each.record.sourceId, each.record.sourceVersion);
      }
    }
  }

  private put(record: ReceivableRecord): void {
    const { sourceId, sourceVersion } = record;
    const known = this.receivables.get(sourceId)?.sourceVersion ?? this.gone.get(sourceId) ?? 0n;
    if (sourceVersion >= known) this.receivables.set(sourceId, record);
  }

  /** Debtor, due date, amount and open amount of every invoice and credit note, sorted. */
  facts(): string[] {
    const documents = [...this.receivables.values()].filter(({ kind, openAmount }) => kind !== 'payment' || openAmount !== 0n); // prettier-ignore
    return documents.map((each) => `${each.debtorSourceId} ${each.dueDate} ${each.amount} ${each.openAmount}`).toSorted(); // prettier-ignore
  }
}

/** The same facts, out of the books of the stand-in. */
export function factsOfBook(stage: Stage): string[] {
  return stage.book.receivables
    .map((each) => `${stage.nameOf(each.debtorId)} ${each.dueDate} ${each.amountMinor} ${each.openMinor}`)
    .toSorted();
}
