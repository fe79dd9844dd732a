export * from './charges.js';
export { DAY_COUNT_RULES } from './days.js';
export * from './json-fields.js';
export * from './plan-run.js';
export * from './reasons.js';
export * from './types.js';
export { readScenario, validateScenario } from './validate-scenario.js';
