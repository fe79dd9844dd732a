/** The parts of an API address. */
export interface Route {
  /** `null` for `current/…`. */
  readonly division: number | null;
  /** As in the reference, e.g. `sync/Cashflow/PaymentTerms`; key and `$count` taken off. */
  readonly path: string;
  /** What stood between the parentheses. */
  readonly key: string | null;
  readonly count: boolean;
}

const PREFIX = '/api/v1/';

/** Reads `/api/v1/{division}/{service}/{Entity}(key)` or `…/$count`; `null` when it is none of these. */
export function parseRoute(path: string): Route | null {
  if (!path.toLowerCase().startsWith(PREFIX)) return null;
  const [head = '', ...rest] = path.slice(PREFIX.length).replace(/\/$/, '').split('/');
  if (rest.length === 0) return null;
  if (head.toLowerCase() === 'current')
    return { division: null, path: `current/${rest.join('/')}`, key: null, count: false };
  if (!/^\d+$/.test(head)) return null;
  const count = rest.at(-1) === '$count';
  const text = (count ? rest.slice(0, -1) : rest).join('/');
  const match = /^([^()]+)(?:\((.*)\))?$/.exec(text);
  if (match === null) return null;
  return { division: Number(head), path: match[1]!, key: match[2] ?? null, count };
}

/** What the error limit counts by: the endpoint without division and key. */
export function endpointOf(route: Route | null): string {
  return route === null ? 'unknown' : route.path.toLowerCase();
}
