export * from './assert.js';
export * from './business-date.js';
export * from './clock.js';
export * from './ids.js';
export * from './money.js';
export * from './record.js';
