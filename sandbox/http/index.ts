export * from './answer.js';
export * from './clock.js';
export * from './deliver.js';
export * from './doors.js';
export * from './faults.js';
export * from './journal.js';
export * from './request-log.js';
export * from './server.js';
