import { AuthorizationCode, type AccessToken, type Options } from 'simple-oauth2';
import { signIn } from '../../contract/sign-in.js';

export const REDIRECT = 'http://localhost:9999/callback';

/** What an app does with an ordinary OAuth library, and its user in a browser: log in, consent, come back, exchange. */
export async function authorise(
  library: Options,
  user: { userName: string; password: string },
  ask: Readonly<Record<string, string>> = {},
): Promise<AccessToken> {
  const app = new AuthorizationCode(library);
  const state = 'a state of its own';
  const back = await signIn(app.authorizeURL({ redirect_uri: REDIRECT, state, ...ask }), user);
  expect(back.searchParams.get('state')).toBe(state);
  return app.getToken({ code: back.searchParams.get('code')!, redirect_uri: REDIRECT });
}
