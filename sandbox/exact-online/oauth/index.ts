export { AuthorizeEndpoint } from './authorize.js';
export { answerToken } from './token-endpoint.js';
export { TokenStore, type Chain } from './token-store.js';
