export { GraphQlEndpoint, rootFieldsOf, type Served } from './endpoint.js';
