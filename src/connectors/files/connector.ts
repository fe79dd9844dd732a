import { noLogin, type Connector } from '../contract/index.js';
import { declaration } from './declaration.js';
import { firstPosition } from './position.js';
import { check, pull, rights } from './pull.js';
import { toLedger } from './to-ledger.js';

/** Files that people bring, as a source. The rows were stored when the files came in; a pull reads what changed. */
export const files: Connector = {
  declaration,
  auth: noLogin,
  check,
  rights,
  firstPosition,
  pull,
  // The declaration offers no write, so the engine asks for none.
  push: async () => ({ outcome: 'rejected', message: 'Files take nothing back.', fields: [] }),
  probe: async () => ({ outcome: 'absent' }),
  map: toLedger,
};
