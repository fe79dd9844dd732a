export * from './ageing.js';
export * from './dso.js';
