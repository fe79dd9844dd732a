export * from './books/index.js';
export * from './clearfacts/index.js';
export { runSandboxCommand, type SandboxIo } from './cli.js';
export * from './exact-online/index.js';
export * from './smtp/index.js';
export * from './twinfield/index.js';
