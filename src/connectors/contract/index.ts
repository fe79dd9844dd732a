export * from './connector.js';
export * from './declaration.js';
export * from './errors.js';
export * from './metering.js';
export * from './hints.js';
