import type { Book } from '../../sandbox/books/index.js';
import { createTwinfieldSandbox, type TwinfieldSandbox } from '../../sandbox/twinfield/index.js';
import { createTwinfield } from '../../src/connectors/twinfield/index.js';
import { fixedClock } from '../../src/kernel/index.js';
import { describeConnector, NOW } from './connector-contract.js';

/** Debtors by their code of six digits; invoices and credit notes by daybook, running number of the year, and line. */
function namesIn(book: Book): ReadonlyMap<string, string> {
  const last = new Map<string, number>();
  const numbered = [...book.receivables].sort((left, right) => left.entryNumber - right.entryNumber).map((each) => {
    const year = each.invoiceDate.slice(0, 4);
    last.set(year, (last.get(year) ?? 0) + 1);
    return [each.id, `VRK/${year}${String(last.get(year)).padStart(5, '0')}/1`] as const;
  }); // prettier-ignore
  return new Map([...book.debtors.map(({ id, code }) => [id, String(code).padStart(6, '0')] as const), ...numbered]);
}

describeConnector({
  connector: createTwinfield(fixedClock(NOW)),
  start: (book) => createTwinfieldSandbox({ books: [book], clock: fixedClock(NOW), quota: false }),
  namesIn,
  waits: { minute: '2026-11-20T09:01:00.000Z', day: '2026-11-20T10:00:30.000Z' },
  driftBy: 'command',
  standing: {
    read: ({ standIn }, debtor) => {
      const { offices } = (standIn as TwinfieldSandbox).state();
      return offices[0]!.customers.find(({ id }) => id === debtor)?.written['creditmanagement/comment'] ?? '';
    },
    edit: ({ standIn }, debtor, text) => {
      standIn.applyBookCommand({ kind: 'edit-customer', debtor, elements: { 'creditmanagement/comment': text } });
    },
  },
  calls: { token: '/connect/token', receivables: '#columns', note: 'POST .*#dimensions' },
});
