import { isRecord, systemClock, type Clock, type JsonRecord } from '../../kernel/index.js';
import {
  SourceError,
  type ConnectorAuth,
  type ConnectorSettings,
  type SourceErrorKind,
  type SourceResponse,
  type TokenGrant,
} from '../contract/index.js';
import { postForm, redact } from '../transport/index.js';
import { declaration, TOO_EARLY_WAIT_SECONDS } from './declaration.js';
import { errorOf } from './errors.js';
import { readText } from './wire-values.js';

const TOKEN_PATH = '/api/oauth2/token';

/** The calls to Exact's login host (KB "OAuth: step 1–3"). Stores nothing, repeats nothing. */
export function createAuth(settings: ConnectorSettings, clock: Clock = systemClock): ConnectorAuth {
  const grant = async (form: Readonly<Record<string, string>>): Promise<TokenGrant> => {
    const { baseUrl, clientId, clientSecret } = settings;
    const credentials = { client_id: clientId, client_secret: clientSecret };
    const response = await postForm({ baseUrl, url: TOKEN_PATH, form: { ...form, ...credentials } });
    return toGrant(response, { clock, secrets: [clientSecret, ...Object.values(secretsOf(form))] });
  };
  return {
    authorizeUrl: (request) => authorizeUrl(settings, request),
    exchange: ({ code, redirectUri }) =>
      grant({ grant_type: 'authorization_code', code: decodeCode(code), redirect_uri: redirectUri }),
    refresh: ({ refreshToken }) => grant({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  };
}

/** There is no scope parameter: scopes are set with the app, divisions are picked on the consent page. */
function authorizeUrl(
  { baseUrl, clientId }: ConnectorSettings,
  request: { redirectUri: string; state: string; forceLogin: boolean },
): string {
  const url = new URL('/api/oauth2/auth', baseUrl);
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: request.redirectUri,
    response_type: 'code',
    state: request.state,
    force_login: request.forceLogin ? '1' : '0',
  }).toString();
  return url.href;
}

/** The `!` of a code may still travel as `%21`; no code holds a percent sign of its own. */
function decodeCode(code: string): string {
  try {
    return /%[\da-f]{2}/i.test(code) ? decodeURIComponent(code) : code;
  } catch {
    return code;
  }
}

function secretsOf(form: Readonly<Record<string, string>>): Record<string, string> {
  const { code, refresh_token: refreshToken } = form;
  return { ...(code === undefined ? {} : { code }), ...(refreshToken === undefined ? {} : { refreshToken }) };
}

interface Judging {
  readonly clock: Clock;
  readonly secrets: readonly string[];
}

function toGrant(response: SourceResponse, judging: Judging): TokenGrant {
  if (response.status < 200 || response.status > 299) throw refusalOf(response, judging);
  const body = isRecord(response.body) ? response.body : {};
  const accessToken = readText(body, 'access_token');
  const refreshToken = readText(body, 'refresh_token');
  if (accessToken === null || refreshToken === null)
    // The old token is spent by now, and the new one did not arrive whole.
    throw new SourceError('outcome_unknown', 'Exact Online granted tokens, but the answer does not hold them.', {
      status: response.status,
      ...granted(body),
    });
  return { accessToken, refreshToken, expiresInSeconds: readSeconds(body['expires_in']) };
}

/** "600" as text by the documentation; a number is taken too. */
function readSeconds(value: unknown): number {
  const seconds = typeof value === 'string' && /^\d{1,6}$/.test(value.trim()) ? Number(value) : value;
  const isUsable = typeof seconds === 'number' && Number.isInteger(seconds) && seconds > 0;
  return isUsable ? seconds : declaration.auth.accessLifetimeSeconds;
}

/** A refusal may still carry the refresh token to use next (reported once): whoever catches the error must keep it. */
function granted(body: JsonRecord): { grantedRefreshToken?: string } {
  const token = readText(body, 'refresh_token');
  return token === null ? {} : { grantedRefreshToken: token };
}

function refusalOf(response: SourceResponse, { clock, secrets }: Judging): SourceError {
  if (response.status === 429) return errorOf(response, clock)!;
  const body = isRecord(response.body) ? response.body : {};
  const description = readText(body, 'error_description') ?? readText(body, 'error');
  const text = redact(`Exact Online: ${description ?? `the token endpoint answered ${response.status}`}`, secrets);
  const kind = kindOf(response, body);
  const until = new Date(clock.now().getTime() + TOO_EARLY_WAIT_SECONDS * 1_000);
  return new SourceError(kind, text, {
    status: response.status,
    ...granted(body),
    ...(kind === 'rate_limited' ? { until } : {}),
  });
}

/**
 * `rate_limited`: asked within 570 s of the last grant, 401 in old answers and 400 in new ones. `rejected`: our own
 * client id or secret is wrong, which no reconnecting mends. `outcome_unknown`: a 5xx of something in between may come
 * after the single-use token was spent. Everything else ("Old refresh token used.", "The refresh token expired at …",
 * a used code, `invalid_grant`) is final.
 */
function kindOf(response: SourceResponse, body: JsonRecord): SourceErrorKind {
  const error = readText(body, 'error') ?? '';
  const words = `${response.headers['reason'] ?? ''} ${readText(body, 'error_description') ?? ''}`;
  if (/TooEarlyToRefreshTokens|access_token not expired/i.test(words)) return 'rate_limited';
  if (error === 'invalid_client') return 'rejected';
  if (response.status >= 500 || response.status === 408) return 'outcome_unknown';
  return response.status >= 400 ? 'auth_revoked' : 'contract_changed';
}
