export type { CommandResult, LedgerCommand } from './book-door.js';
export {
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  DEFAULT_USERS,
  DEFAULT_WEBHOOK_SECRET,
  type ExactOnlineSandboxOptions,
  type SandboxUser,
} from './options.js';
export { createExactOnlineSandbox, ExactOnlineSandbox } from './sandbox.js';
