import { createHash } from 'node:crypto';
import { systemClock, type Clock } from '../../kernel/index.js';
import {
  SourceError,
  type ConnectorAuth,
  type ConnectorSettings,
  type SourceErrorKind,
  type SourceResponse,
  type TokenGrant,
} from '../contract/index.js';
import { postForm, redact } from '../transport/index.js';
import { declaration } from './declaration.js';
import { errorOf } from './errors.js';

const AUTHORIZE_PATH = '/auth/authentication/connect/authorize';
const TOKEN_PATH = '/auth/authentication/connect/token';

/**
 * `twf.organisationUser` is needed to log in at all, `twf.organisation` for the cluster, `offline_access` for a refresh
 * token, and `twf.user` does not come without `openid`.
 */
const SCOPES = 'openid twf.user twf.organisation twf.organisationUser offline_access';

/** The calls to Twinfield's login host (OpenID Connect, code flow). Stores nothing, repeats nothing. */
export function createAuth(settings: ConnectorSettings, clock: Clock = systemClock): ConnectorAuth {
  const { baseUrl, clientId, clientSecret } = settings;
  const grant = async (form: Readonly<Record<string, string>>, secret: string): Promise<TokenGrant> => {
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const headers = { Authorization: `Basic ${basic}` };
    const response = await postForm({ baseUrl, url: TOKEN_PATH, form, headers });
    const known = form['refresh_token'] ?? null;
    return toGrant(response, { clock, known, secrets: [clientSecret, basic, secret] });
  };
  return {
    authorizeUrl: (request) => authorizeUrl(settings, request),
    exchange: ({ code, redirectUri }) =>
      grant({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }, code),
    refresh: ({ refreshToken }) => grant({ grant_type: 'refresh_token', refresh_token: refreshToken }, refreshToken),
  };
}

/** No PKCE: Twinfield does not know it. */
function authorizeUrl(
  { baseUrl, clientId }: ConnectorSettings,
  request: { redirectUri: string; state: string; forceLogin: boolean },
): string {
  const url = new URL(AUTHORIZE_PATH, baseUrl);
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: request.redirectUri,
    response_type: 'code',
    scope: SCOPES,
    state: request.state,
    nonce: nonceOf(request.state),
    ...(request.forceLogin ? { prompt: 'login' } : {}),
  }).toString();
  return url.href;
}

/** Twinfield insists on a nonce. Derived from the state, it is as fresh as that and need not be kept. */
export function nonceOf(state: string): string {
  return createHash('sha256').update(`nonce:${state}`).digest('hex').slice(0, 32);
}

interface Judging {
  readonly clock: Clock;
  /** The refresh token that was used; it stays good when the answer brings no other. */
  readonly known: string | null;
  readonly secrets: readonly string[];
}

function toGrant(response: SourceResponse, judging: Judging): TokenGrant {
  if (response.status < 200 || response.status > 299) throw refusalOf(response, judging);
  const body = bodyOf(response);
  const accessToken = textIn(body, 'access_token');
  const refreshToken = textIn(body, 'refresh_token') ?? judging.known;
  if (accessToken !== null && refreshToken !== null)
    return { accessToken, refreshToken, expiresInSeconds: readSeconds(body['expires_in']) };
  if (accessToken !== null)
    throw new SourceError('scope_missing', 'Twinfield gave no refresh token: scope offline_access is missing.');
  throw new SourceError('outcome_unknown', 'Twinfield granted a token, but the answer does not hold it.', { status: response.status }); // prettier-ignore
}

function readSeconds(value: unknown): number {
  const seconds = typeof value === 'string' && /^\d{1,6}$/.test(value.trim()) ? Number(value) : value;
  const isUsable = typeof seconds === 'number' && Number.isInteger(seconds) && seconds > 0;
  return isUsable ? seconds : declaration.auth.accessLifetimeSeconds;
}

function refusalOf(response: SourceResponse, { clock, secrets }: Judging): SourceError {
  if (response.status === 429) return errorOf(response, clock)!;
  const body = bodyOf(response);
  const description = textIn(body, 'error_description') ?? textIn(body, 'error');
  const text = redact(`Twinfield: ${description ?? `the token endpoint answered ${response.status}`}`, secrets);
  return new SourceError(kindOf(response, body), text, { status: response.status });
}

/**
 * `rejected`: our own client id or secret is wrong (a new secret in the portal invalidates the old one), which no
 * reconnecting mends. A 5xx may come after a code was spent; a refresh may simply be repeated. Everything else
 * (`invalid_grant`: withdrawn, or a code used twice) is final.
 */
function kindOf(response: SourceResponse, body: Readonly<Record<string, unknown>>): SourceErrorKind {
  if (/^(invalid_client|unauthorized_client)$/.test(textIn(body, 'error') ?? '')) return 'rejected';
  if (response.status >= 500 || response.status === 408) return 'outcome_unknown';
  return response.status >= 400 ? 'auth_revoked' : 'contract_changed';
}

function bodyOf({ body }: SourceResponse): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
}

function textIn(body: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = body[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
