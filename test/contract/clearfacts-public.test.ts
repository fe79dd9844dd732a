import { companyNumberOf, createClearFactsSandbox } from '../../sandbox/clearfacts/index.js';
import { createClearFacts } from '../../src/connectors/clearfacts/index.js';
import { fixedClock } from '../../src/kernel/index.js';
import { describeConnector, NOW } from './connector-contract.js';

const clock = fixedClock(NOW);

describeConnector({
  connector: createClearFacts('public', clock),
  start: (book) => createClearFactsSandbox({ books: [book], clock }),
  administration: companyNumberOf,
  debtors: 260,
  calls: { token: '/oauth2-server/token', receivables: '#customers', document: '#uploadArchiveFile' },
});
