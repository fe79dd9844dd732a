export { createTwinfield, twinfield } from './connector.js';
