import { formOf, jsonAnswer, type Answer, type Call } from '../../http/index.js';
import type { Site } from '../options.js';
import { toWallMs } from '../wire/wall-time.js';
import {
  ACCESS_TTL_SECONDS,
  EARLIEST_REFRESH_MS,
  REFRESH_IDLE_MS,
  type TokenPair,
  type TokenStore,
} from './token-store.js';

/** An answer and, when it was an error, whose error budget it counts towards. */
export interface TokenAnswer {
  readonly answer: Answer;
  readonly userName: string | null;
}

/** `POST /api/oauth2/token`: credentials in the form or in a Basic header; everything else in the form. */
export function answerToken(call: Call, site: Site, tokens: TokenStore): TokenAnswer {
  const form = formOf(call);
  const client = credentials(call, form);
  if (client.id !== site.clientId || client.secret !== site.clientSecret)
    return refusal(401, 'invalid_client', 'Client authentication failed.'); // body unverified
  const grant = form.get('grant_type');
  if (grant === 'authorization_code') return exchange(form, site, tokens);
  if (grant === 'refresh_token') return refresh(form, site, tokens);
  return refusal(400, 'unsupported_grant_type', 'The grant type is not supported.');
}

function exchange(form: URLSearchParams, site: Site, tokens: TokenStore): TokenAnswer {
  const code = tokens.takeCode(form.get('code') ?? '', site.clientId, form.get('redirect_uri') ?? '');
  // Sources only know "400 Bad Request" for a used or expired code.
  if (code === null) return refusal(400, 'invalid_grant', 'Bad Request');
  const { userName, divisions } = code;
  return granted(tokens.startChain({ clientId: site.clientId, userName, divisions }), userName);
}

function refresh(form: URLSearchParams, site: Site, tokens: TokenStore): TokenAnswer {
  const found = tokens.findRefresh(form.get('refresh_token') ?? '');
  // No body was found for a token that never was; clients test for invalid_grant.
  if (found === null) return refusal(400, 'invalid_grant', 'The refresh token is invalid.');
  const { chain } = found;
  if (found.use === 'old') return refusal(401, 'unauthorized_client', 'Old refresh token used.', chain.userName);
  if (chain.ended === 'revoked')
    return refusal(400, 'invalid_grant', 'The user has withdrawn the access of this app.', chain.userName);
  const now = site.clock.now().getTime();
  const expires = chain.grantedAt + REFRESH_IDLE_MS;
  if (now > expires)
    return refusal(
      400,
      'invalid_request',
      `The refresh token expired at ${americanTime(expires)} and it is now ${americanTime(now)}.`,
      chain.userName,
    );
  if (now < chain.grantedAt + EARLIEST_REFRESH_MS) return { answer: TOO_EARLY, userName: chain.userName };
  return granted(tokens.renew(chain), chain.userName);
}

const TOO_EARLY_TEXT = 'Rate limit exceeded: access_token not expired';

/** Byte for byte as reported in January 2026. */
const TOO_EARLY: Answer = {
  status: 400,
  headers: {
    'Content-Type': 'application/json; charset=utf-8',
    Reason: `TooEarlyToRefreshTokens: ${TOO_EARLY_TEXT}`,
  },
  body: `{ "error":"access_denied","error_description":"${TOO_EARLY_TEXT}" }`,
};

/** `expires_in` is text: "600". */
function granted(pair: TokenPair, userName: string): TokenAnswer {
  const body = {
    access_token: pair.access,
    token_type: 'Bearer',
    expires_in: String(ACCESS_TTL_SECONDS),
    refresh_token: pair.refresh,
  };
  return { answer: jsonAnswer(200, body, { 'Cache-Control': 'no-store', Pragma: 'no-cache' }), userName };
}

function refusal(status: number, error: string, description: string, userName: string | null = null): TokenAnswer {
  const body = JSON.stringify({ error, error_description: description });
  return {
    answer: { status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body },
    userName,
  };
}

function credentials(call: Call, form: URLSearchParams): { id: string | null; secret: string | null } {
  const basic = /^Basic\s+(.+)$/i.exec(call.headers.authorization ?? '')?.[1];
  if (basic === undefined) return { id: form.get('client_id'), secret: form.get('client_secret') };
  const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id: decodeForm(id), secret: decodeForm(rest.join(':')) };
}

/** The parts of a Basic header are form-encoded before they are joined. */
function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** "10/11/2022 9:18:20 PM", the server's own way of writing a moment. */
function americanTime(utcMs: number): string {
  const wall = new Date(toWallMs(utcMs));
  const hour = wall.getUTCHours();
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${wall.getUTCMonth() + 1}/${wall.getUTCDate()}/${wall.getUTCFullYear()}`;
  return `${date} ${hour % 12 === 0 ? 12 : hour % 12}:${two(wall.getUTCMinutes())}:${two(wall.getUTCSeconds())} ${hour < 12 ? 'AM' : 'PM'}`;
}
