/** The credential columns of a connection. */
export type TokenField = 'access_token' | 'refresh_token';

/** Where a sealed token belongs: part of what is authenticated, so that it opens in its own row and column only. */
export function tokenPlace(connectionId: string, field: TokenField): string {
  return `connection:${connectionId}:${field}`;
}
