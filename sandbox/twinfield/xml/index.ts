export * from './read.js';
export * from './values.js';
export * from './write.js';
