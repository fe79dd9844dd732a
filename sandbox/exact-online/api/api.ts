import { createHash } from 'node:crypto';
import { JSON_TYPE, type Answer, type Call } from '../../http/index.js';
import { FUNCTIONS, RESOURCES, type Context } from '../resources/index.js';
import type { Chain, TokenStore } from '../oauth/index.js';
import type { SandboxUser, Site } from '../options.js';
import type { Quota } from '../quota.js';
import type { DivisionStore } from '../store/index.js';
import { errorAnswer, ExactError, scopeViolated, unauthorised } from '../wire/errors.js';
import type { Target } from './project.js';
import { readCount, readList, readOne, type Served } from './read.js';
import { endpointOf, parseRoute, type Route } from './route.js';
import { change, create, methodNotAllowed, remove } from './write.js';

export interface ApiParts {
  readonly site: Site;
  readonly tokens: TokenStore;
  readonly quota: Quota;
  readonly divisions: ReadonlyMap<number, DivisionStore>;
}

/** Everything under `/api/v1`: who, how often, which books, which resource. */
export class Api {
  constructor(private readonly parts: ApiParts) {}

  answer(call: Call): Served {
    const route = parseRoute(call.path);
    const chain = this.authenticate(call);
    if (chain === null) {
      this.recordStatus(call, 401);
      return alone(unauthorised(bearerOf(call) === null ? 'Authentication Required' : 'access token expired'));
    }
    const { quota } = this.parts;
    const endpoint = this.budgetOf(chain, route);
    if (quota.isBlocked(endpoint)) return alone(tooMany({}));
    const verdict = route?.division == null ? null : quota.take(chain.clientId, route.division);
    if (verdict?.allowed === false) return alone(tooMany(verdict.headers));
    const served = this.guarded(call, route, chain);
    quota.recordStatus(endpoint, served.answer.status);
    const headers = { ...served.answer.headers, ...verdict?.headers };
    return { ...served, answer: { ...served.answer, headers } };
  }

  /** Counts a failure that was played, or that came before the caller was known, towards the error limit. */
  recordStatus(call: Call, status: number): void {
    const token = bearerOf(call);
    const found = token === null ? null : this.parts.tokens.findAccess(token);
    if (found !== null) this.parts.quota.recordStatus(this.budgetOf(found.chain, parseRoute(call.path)), status);
  }

  /** The file behind an attachment's `Url`; needs the same bearer as the rest. */
  download(call: Call): Answer {
    const chain = this.authenticate(call);
    if (chain === null) return unauthorised('Authentication Required');
    const division = Number(call.query.get('_Division_'));
    const id = (call.query.get('ID') ?? '').replaceAll(/[{}]/g, '').toLowerCase();
    const row = this.parts.divisions.get(division)?.attachments.get(id);
    if (row === undefined || !chain.divisions.includes(division))
      return errorAnswer(new ExactError(404, "Resource not found for the segment 'SysAttachment'."));
    const { fileName, base64 } = row.record;
    const type = fileName.toLowerCase().endsWith('.pdf') ? 'application/pdf' : 'application/octet-stream';
    const headers = {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    };
    return { status: 200, headers, body: Buffer.from(base64, 'base64') };
  }

  private authenticate(call: Call): Chain | null {
    const token = bearerOf(call);
    const found = token === null ? null : this.parts.tokens.findAccess(token);
    return found?.valid === true ? found.chain : null;
  }

  private budgetOf(chain: Chain, route: Route | null): string {
    return [chain.clientId, chain.userName, route?.division ?? 'current', endpointOf(route)].join(' ');
  }

  private guarded(call: Call, route: Route | null, chain: Chain): Served {
    try {
      if (route === null) throw new ExactError(404, 'Resource not found.');
      return this.serve(call, route, this.contextOf(call, route, chain));
    } catch (error) {
      if (error instanceof ExactError) return alone(errorAnswer(error));
      throw error;
    }
  }

  private contextOf(call: Call, route: Route, chain: Chain): Context {
    const { site, divisions } = this.parts;
    const reachable = chain.divisions.map((code) => divisions.get(code)).filter((store) => store !== undefined);
    const division =
      route.division === null ? reachable[0] : reachable.find(({ head }) => head.code === route.division);
    // What a division outside the consent answers is not published; a refusal of access it must be.
    if (division === undefined) throw new ExactError(403, `Forbidden - No access to division ${route.division}.`);
    const user = site.users.find(({ userName }) => userName === chain.userName) ?? lostUser(chain.userName);
    return {
      site,
      division,
      reachable,
      user,
      userId: guidOf(chain.userName),
      origin: call.origin,
      now: site.clock.now().getTime(),
    };
  }

  private serve(call: Call, route: Route, context: Context): Served {
    const code = FUNCTION_PATHS.get(route.path.toLowerCase());
    if (code !== undefined) return this.runFunction(call, code, context);
    const resource = RESOURCES.get(route.path.toLowerCase());
    if (resource === undefined)
      throw new ExactError(404, `Resource not found for the segment '${route.path.split('/').at(-1)}'.`);
    this.checkScope(resource.scope, call.method);
    const base = `${call.origin}/api/v1/${route.division ?? 'current'}`;
    const address = route.division === null ? `${call.origin}/api/v1/current/Me` : `${base}/${resource.path}`;
    return this.dispatch(call, route, { resource, context, address });
  }

  private dispatch(call: Call, route: Route, target: Target): Served {
    const { key } = route;
    if (call.method === 'GET' && route.count) return alone(readCount(target, call));
    if (call.method === 'GET') return key === null ? readList(target, call) : readOne(target, call, key);
    if (call.method === 'POST' && key === null) return create(target, call);
    if (call.method === 'PUT' && key !== null) return alone(change(target, call, key));
    if (call.method === 'DELETE' && key !== null) return alone(remove(target, call, key));
    throw methodNotAllowed(call);
  }

  private runFunction(call: Call, path: keyof typeof FUNCTIONS, context: Context): Served {
    const { run, typeName, scope } = FUNCTIONS[path]!;
    this.checkScope(scope, 'GET');
    if (call.method !== 'GET') throw methodNotAllowed(call);
    const uri = `${call.origin}/api/v1/${context.division.head.code}/${path}`;
    const body = { d: { __metadata: { uri, type: typeName }, ...run(call.query, context) } };
    return alone({ status: 200, headers: { 'Content-Type': JSON_TYPE }, body: JSON.stringify(body) });
  }

  private checkScope(scope: string | null, method: string): void {
    if (scope !== null && this.parts.site.missingScopes.includes(scope))
      throw scopeViolated(scope, method === 'GET' ? 'read' : 'manage');
  }
}

const FUNCTION_PATHS = new Map(Object.keys(FUNCTIONS).map((path) => [path.toLowerCase(), path]));

function alone(answer: Answer): Served {
  return { answer, rows: [] };
}

/** Refused for being too many: the body is empty. */
export function tooMany(headers: Record<string, string>): Answer {
  return { status: 429, headers, body: '' };
}

function bearerOf(call: Call): string | null {
  return /^Bearer\s+(\S+)$/i.exec(call.headers.authorization ?? '')?.[1] ?? null;
}

function lostUser(userName: string): SandboxUser {
  return { userName, password: '' };
}

function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
