export { createExactOnline, exactOnline } from './connector.js';
