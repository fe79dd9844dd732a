export { createClearFacts } from './connector.js';
export type { Profile as ClearFactsProfile } from './profile.js';
