export * from './compute-profile.js';
export * from './decide-segment.js';
export * from './default-rules.js';
export * from './types.js';
export * from './validate-segment-rules.js';
