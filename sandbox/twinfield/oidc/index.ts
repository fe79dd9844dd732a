export { AUTH_PATH, OpenIdProvider, TOKEN_PATH } from './provider.js';
export { guidOf, ORGANISATION, userCodeOf } from './scopes.js';
export { TokenStore, type Access, type Grant } from './token-store.js';
