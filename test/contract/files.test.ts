import { files } from '../../src/connectors/files/index.js';
import { describeConnector } from './connector-contract.js';
import { startFilesStandIn } from './files-stand-in.js';

describeConnector({
  connector: files,
  start: startFilesStandIn,
  administration: () => 'books',
  driftBy: 'command',
  vanishing: 'settled',
  calls: { token: '', receivables: '/records' },
});
