import { SourceError } from '../contract/index.js';

/** Where calls may go: the base URL's own host and the declared others. */
export interface Reach {
  readonly baseUrl: string;
  readonly allowedHosts: readonly string[];
}

/**
 * The address of a call: absolute as given, or a path below the base URL. Throws SourceError `bug` for what is no
 * address, and `contract_changed` for a foreign host, another protocol or credentials in the address (a source's own
 * "next page" link is not trusted either): before any token is fetched or sent.
 */
export function targetOf(url: string, { baseUrl, allowedHosts }: Reach): URL {
  const isPath = !/^[a-z][a-z\d+.-]*:/i.test(url) && !url.startsWith('//') && !url.includes('\\');
  const absolute = isPath ? `${baseUrl.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}` : url;
  const base = new URL(baseUrl);
  if (!URL.canParse(absolute, base)) throw new SourceError('bug', 'The address of a call could not be read.');
  const target = new URL(absolute, base);
  const isHome = target.host === base.host || allowedHosts.some((pattern) => fits(target.host, pattern));
  if (isHome && target.protocol === base.protocol && target.username === '' && target.password === '') return target;
  throw new SourceError(
    'contract_changed',
    `The source pointed at ${target.protocol}//${target.host}, which is not one of its hosts; the call was not made.`,
  );
}

function fits(host: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}
