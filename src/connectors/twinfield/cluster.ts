import { isRecord } from '../../kernel/index.js';
import { ACCESS_TOKEN_PLACE, SourceError, type ConnectorContext, type SourceHttp } from '../contract/index.js';
import { errorOf } from './errors.js';

const VALIDATION = '/auth/authentication/connect/accesstokenvalidation';

/** What the login host says of a token: whose it is, and where that user's books are. */
export interface TokenFacts {
  readonly user: string;
  /** The organisation: with another one, the same office code means other books. */
  readonly organisation: string | null;
  /** Scheme and host, without a slash at the end. */
  readonly cluster: string;
}

/**
 * Where one connection's books are, for as long as its way out lives: a validation per call would double the calls.
 * Keyed by the way out and by nothing else, because two firms on different clusters may both have an office 001.
 */
const KNOWN = new WeakMap<SourceHttp, TokenFacts>();

/** The facts, asked for once. Throws SourceError. */
export async function resolveCluster(context: ConnectorContext): Promise<TokenFacts> {
  return KNOWN.get(context.http) ?? askAgain(context);
}

/** A fault said that this is not the user's cluster (any more). */
export function forgetCluster(context: ConnectorContext): void {
  KNOWN.delete(context.http);
}

/** `accesstokenvalidation` (KB "Which cluster do I need"). The token is in the address, as Twinfield wants it. */
export async function askAgain(context: ConnectorContext): Promise<TokenFacts> {
  const url = `${VALIDATION}?token=${encodeURIComponent(ACCESS_TOKEN_PLACE)}`;
  const response = await context.http.request({ method: 'GET', url, token: 'placed' });
  const body = isRecord(response.body) ? response.body : {};
  // 400 with a message is how it says that a token is none (any more).
  if (response.status === 400) throw new SourceError('auth_expired', 'Twinfield: the access token is not valid.', { status: 400 }); // prettier-ignore
  const error = errorOf(response, context.clock);
  if (error !== null) throw error;
  const facts: TokenFacts = {
    user: textIn(body, 'twf.organisationUserCode') ?? textIn(body, 'sub') ?? 'unknown',
    organisation: textIn(body, 'twf.organisationId') ?? textIn(body, 'twf.organisationCode'),
    cluster: clusterOf(textIn(body, 'twf.clusterUrl'), context.settings.baseUrl),
  };
  KNOWN.set(context.http, facts);
  return facts;
}

/**
 * The cluster decides where the token goes: only to Twinfield's own hosts, or to the host of the login itself (a
 * stand-in). Anything else is refused here, and once more by the way out.
 */
function clusterOf(text: string | null, loginUrl: string): string {
  if (text === null)
    throw new SourceError('scope_missing', 'Twinfield does not say where the books are: scope twf.organisation is missing.'); // prettier-ignore
  const login = new URL(loginUrl);
  const url = URL.canParse(text) ? new URL(text) : null;
  const isTheirs = url?.protocol === 'https:' && url.host.endsWith('.twinfield.com');
  const isLocal = url?.host === login.host && url.protocol === login.protocol;
  if (url === null || !(isTheirs || isLocal) || url.username !== '')
    throw new SourceError('contract_changed', 'Twinfield names a cluster that is not one of its hosts; nothing was sent there.'); // prettier-ignore
  return url.origin;
}

function textIn(body: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = body[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
