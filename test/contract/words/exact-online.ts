import type { ExactOnlineSandbox } from '../../../sandbox/exact-online/index.js';
import type { ContractSubject } from '../stage.js';

/** The remarks of an account, as a bookkeeper sees them. */
export const standing: NonNullable<ContractSubject['standing']> = {
  read: ({ standIn }, debtor) => {
    const { divisions } = (standIn as ExactOnlineSandbox).state() as unknown as { divisions: { accounts: { id: string; written: { Remarks?: string } }[] }[] }; // prettier-ignore
    return divisions[0]!.accounts.find(({ id }) => id === debtor)?.written.Remarks ?? '';
  },
  edit: ({ standIn }, debtor, text) => {
    standIn.applyBookCommand({ kind: 'edit-account', debtor, fields: { Remarks: text } });
  },
};
