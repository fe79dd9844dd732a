export * from './connector.js';
export * from './declaration.js';
export * from './errors.js';
export * from './intents.js';
export * from './managed-block.js';
export * from './hints.js';
export * from './http.js';
export * from './metering.js';
