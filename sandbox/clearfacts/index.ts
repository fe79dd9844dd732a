export { companyNumberOf } from './company-number.js';
export {
  CLEARFACTS_CLIENT_ID,
  CLEARFACTS_CLIENT_SECRET,
  CLEARFACTS_USERS,
  type ClearFactsSandboxOptions,
  type ClearFactsUser,
} from './options.js';
export { ClearFactsSandbox, createClearFactsSandbox } from './sandbox.js';
export type { ClearFactsCommand } from './store/index.js';
