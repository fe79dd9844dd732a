import { companyNumberOf, createClearFactsSandbox } from '../../sandbox/clearfacts/index.js';
import { createClearFacts } from '../../src/connectors/clearfacts/index.js';
import { fixedClock } from '../../src/kernel/index.js';
import { describeConnector, NOW } from './connector-contract.js';

const clock = fixedClock(NOW);
const token = '/oauth2-server/token';
const document = '#uploadArchiveFile';

describeConnector({
  connector: createClearFacts('extended', clock),
  start: (book) => createClearFactsSandbox({ books: [book], clock, profile: 'extended' }),
  administration: companyNumberOf,
  calls: { token, receivables: '#salesInvoices', note: '#addNote', document, file: document },
});
