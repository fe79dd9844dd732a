export { AuthorizeEndpoint } from './authorize.js';
export { OpenId } from './open-id.js';
export { hasScope } from './scopes.js';
export { answerToken, answerUserInfo, bearerOf, unauthorised, type TokenParts } from './token-endpoint.js';
export { TokenStore, type TokenRecord } from './token-store.js';
