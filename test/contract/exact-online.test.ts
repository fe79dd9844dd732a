import { createExactOnlineSandbox } from '../../sandbox/exact-online/index.js';
import { createExactOnline } from '../../src/connectors/exact-online/index.js';
import { fixedClock } from '../../src/kernel/index.js';
import { describeConnector, NOW } from './connector-contract.js';
import { standing } from './words/exact-online.js';

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
  standing,
});
