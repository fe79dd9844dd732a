import { createExactOnlineSandbox, type ExactOnlineSandbox } from '../../sandbox/exact-online/index.js';
import { createExactOnline } from '../../src/connectors/exact-online/index.js';
import { fixedClock } from '../../src/kernel/index.js';
import { describeConnector, NOW } from './connector-contract.js';

describeConnector({
  connector: createExactOnline(fixedClock(NOW)),
  start: (book) => createExactOnlineSandbox({ books: [book], clock: fixedClock(NOW), quota: false }),
  calls: {
    token: '/api/oauth2/token',
    receivables: 'sync/Cashflow/PaymentTerms',
    note: 'POST .*/activities/CommunicationNotes',
    document: 'POST .*/documents/Documents',
    file: 'POST .*/documents/DocumentAttachments',
    task: 'POST .*/activities/Tasks',
  },
  standing: {
    read: ({ standIn }, debtor) => {
      const { divisions } = (standIn as ExactOnlineSandbox).state() as unknown as { divisions: { accounts: { id: string; written: { Remarks?: string } }[] }[] }; // prettier-ignore
      return divisions[0]!.accounts.find(({ id }) => id === debtor)?.written.Remarks ?? '';
    },
    edit: ({ standIn }, debtor, text) => {
      standIn.applyBookCommand({ kind: 'edit-account', debtor, fields: { Remarks: text } });
    },
  },
});
