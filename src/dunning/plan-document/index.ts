export * from './command-io.js';
export * from './parse-plan-document.js';
export * from './plan-command.js';
export * from './process-io.js';
export { DEFAULT_OPTIONS } from './read-options.js';
export * from './to-plan-json.js';
