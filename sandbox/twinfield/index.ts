export type { CommandResult as TwinfieldCommandResult, TwinfieldCommand } from './book-door.js';
export {
  DEFAULT_CLIENT_ID as TWINFIELD_CLIENT_ID,
  DEFAULT_CLIENT_SECRET as TWINFIELD_CLIENT_SECRET,
  DEFAULT_USERS as TWINFIELD_USERS,
  type TwinfieldSandboxOptions,
  type TwinfieldUser,
} from './options.js';
export { createTwinfieldSandbox, TwinfieldSandbox } from './sandbox.js';
export type { OfficeState, TwinfieldState } from './state-door.js';
