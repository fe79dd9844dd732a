export * from './filter.js';
export * from './lexer.js';
export * from './next-link.js';
export * from './query.js';
