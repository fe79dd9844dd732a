/** The part of the library that these tests use: it comes without types. */
declare module 'simple-oauth2' {
  export interface Token {
    readonly access_token: string;
    readonly refresh_token: string;
    readonly token_type: string;
    readonly expires_at: Date;
  }
  export class AccessToken {
    readonly token: Token;
    expired(expirationWindowSeconds?: number): boolean;
    refresh(params?: Record<string, string>): Promise<AccessToken>;
  }
  export interface Options {
    readonly client: { readonly id: string; readonly secret: string };
    readonly auth: { readonly tokenHost: string; readonly tokenPath: string; readonly authorizePath: string };
    readonly options?: { readonly authorizationMethod?: 'header' | 'body' };
  }
  export class AuthorizationCode {
    constructor(options: Options);
    authorizeURL(params: Record<string, string>): string;
    getToken(params: Record<string, string>): Promise<AccessToken>;
  }
}
