import type { Book } from '../../../sandbox/books/index.js';
import type { TwinfieldSandbox } from '../../../sandbox/twinfield/index.js';
import type { ContractSubject } from '../stage.js';

/** Debtors by their code of six digits; invoices and credit notes by daybook, running number of the year, and line. */
export function namesIn(book: Book): ReadonlyMap<string, string> {
  const last = new Map<string, number>();
  const numbered = [...book.receivables].sort((left, right) => left.entryNumber - right.entryNumber).map((each) => {
    const year = each.invoiceDate.slice(0, 4);
    last.set(year, (last.get(year) ?? 0) + 1);
    return [each.id, `VRK/${year}${String(last.get(year)).padStart(5, '0')}/1`] as const;
  }); // prettier-ignore
  return new Map([...book.debtors.map(({ id, code }) => [id, String(code).padStart(6, '0')] as const), ...numbered]);
}

/** The comment in credit management, as a bookkeeper sees it. */
export const standing: NonNullable<ContractSubject['standing']> = {
  read: ({ standIn }, debtor) => {
    const { offices } = (standIn as TwinfieldSandbox).state();
    return offices[0]!.customers.find(({ id }) => id === debtor)?.written['creditmanagement/comment'] ?? '';
  },
  edit: ({ standIn }, debtor, text) => {
    standIn.applyBookCommand({ kind: 'edit-customer', debtor, elements: { 'creditmanagement/comment': text } });
  },
};
