import { createTwinfieldSandbox } from '../../sandbox/twinfield/index.js';
import { createTwinfield } from '../../src/connectors/twinfield/index.js';
import { fixedClock } from '../../src/kernel/index.js';
import { describeConnector, NOW } from './connector-contract.js';
import { namesIn, standing } from './words/twinfield.js';

describeConnector({
  connector: createTwinfield(fixedClock(NOW)),
  start: (book) => createTwinfieldSandbox({ books: [book], clock: fixedClock(NOW), quota: false }),
  namesIn,
  waits: { minute: '2026-11-20T09:01:00.000Z', day: '2026-11-20T10:00:30.000Z' },
  driftBy: 'command',
  standing,
  calls: { token: '/connect/token', receivables: '#columns', note: 'POST .*#dimensions' },
});
