import { SourceError, type ConnectorAuth, type ConnectorSettings, type SourceErrorKind, type SourceResponse, type TokenGrant } from '../contract/index.js'; // prettier-ignore
import { postForm, redact } from '../transport/index.js';
import { isRecord, type Clock, type JsonRecord } from '../../kernel/index.js';
import { DEFAULT_LIFETIME_SECONDS } from './declaration.js';
import { errorOf } from './errors.js';
import { SCOPES, type Profile } from './profile.js';
import { readText } from './wire-values.js';

const TOKEN_PATH = '/oauth2-server/token';

/** A token without an end and without a refresh token works until somebody revokes it: then a person reconnects. */
const LASTING_SECONDS = 10 * 365 * 86_400;

/** The calls to the login host. Stores nothing, repeats nothing. */
export function createAuth(settings: ConnectorSettings, how: { profile: Profile; clock: Clock }): ConnectorAuth {
  const grant = async (form: Readonly<Record<string, string>>): Promise<TokenGrant> => {
    const { baseUrl, clientId, clientSecret } = settings;
    const credentials = { client_id: clientId, client_secret: clientSecret };
    const response = await postForm({ baseUrl, url: TOKEN_PATH, form: { ...form, ...credentials } });
    const { code, refresh_token: token } = form;
    const secrets = [clientSecret, code, token].filter((each) => each !== undefined);
    return toGrant(response, { clock: how.clock, secrets });
  };
  return {
    authorizeUrl: (request) => authorizeUrl(settings, how.profile, request),
    exchange: ({ code, redirectUri }) => grant({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    refresh: async ({ refreshToken }) => {
      if (refreshToken === '')
        throw new SourceError('auth_revoked', 'ClearFacts no longer takes the token and gave none to renew it with.');
      return grant({ grant_type: 'refresh_token', refresh_token: refreshToken });
    },
  };
}

function authorizeUrl(
  { baseUrl, clientId }: ConnectorSettings,
  profile: Profile,
  request: { redirectUri: string; state: string; forceLogin: boolean },
): string {
  const url = new URL('/oauth2-server/authorize', baseUrl);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: request.redirectUri,
    scope: SCOPES[profile],
    state: request.state,
    ...(request.forceLogin ? { prompt: 'login' } : {}),
  }).toString();
  return url.href;
}

interface Judging {
  readonly clock: Clock;
  readonly secrets: readonly string[];
}

function toGrant(response: SourceResponse, judging: Judging): TokenGrant {
  if (response.status < 200 || response.status > 299) throw refusalOf(response, judging);
  const body = isRecord(response.body) ? response.body : {};
  const accessToken = readText(body, 'access_token');
  const refreshToken = readText(body, 'refresh_token') ?? '';
  if (accessToken !== null) return { accessToken, refreshToken, expiresInSeconds: lifetimeOf(body, refreshToken) };
  throw new SourceError('outcome_unknown', 'ClearFacts granted a token, but the answer does not hold it.', {
    status: response.status,
  });
}

function lifetimeOf(body: JsonRecord, refreshToken: string): number {
  const seconds = Number(body['expires_in']);
  if (Number.isInteger(seconds) && seconds > 0) return seconds;
  return refreshToken === '' ? LASTING_SECONDS : DEFAULT_LIFETIME_SECONDS;
}

function refusalOf(response: SourceResponse, { clock, secrets }: Judging): SourceError {
  if (response.status === 429) return errorOf(response, clock)!;
  const body = isRecord(response.body) ? response.body : {};
  const description = readText(body, 'error_description') ?? readText(body, 'error');
  const text = redact(`ClearFacts: ${description ?? `the token endpoint answered ${response.status}`}`, secrets);
  return new SourceError(kindOf(response.status, body), text, { status: response.status });
}

/** `rejected`: our own id or secret is wrong, which no reconnecting mends. A 5xx may come after the token was spent. */
function kindOf(status: number, body: JsonRecord): SourceErrorKind {
  if (readText(body, 'error') === 'invalid_client') return 'rejected';
  if (status >= 500 || status === 408) return 'outcome_unknown';
  return status >= 400 ? 'auth_revoked' : 'contract_changed';
}
