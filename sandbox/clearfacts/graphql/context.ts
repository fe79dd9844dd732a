import { GraphQLError } from 'graphql';
import { normaliseCompanyNumber } from '../company-number.js';
import { hasScope, type TokenRecord } from '../oauth/index.js';
import type { Site } from '../options.js';
import type { AdministrationStore, Ledger } from '../store/index.js';

/** The rows a list served, so that a fault can spoil or move them. */
export interface ServedList {
  readonly field: string;
  readonly store: AdministrationStore;
  readonly ids: readonly string[];
}

/** What a call may see and do. */
export interface Context {
  readonly site: Site;
  readonly ledger: Ledger;
  readonly token: TokenRecord;
  readonly file: Buffer | null;
  served: ServedList | null;
}

export type Arguments = Readonly<Record<string, unknown>>;
export type Resolver = (args: Arguments, context: Context) => unknown;
export type Resolvers = Readonly<Record<string, Resolver>>;

/** What the API answers, in the only shape it has: a message, with status 200. */
export function refuse(message: string): GraphQLError {
  return new GraphQLError(message);
}

/** Puts the scope check before a resolver. The wording is ours: no refusal of a scope is documented. */
export function scoped(scope: string | null, resolve: Resolver): Resolver {
  return (args, context) => {
    if (scope !== null && !hasScope(context.token.scopes, scope))
      throw refuse(`Access denied: scope ${scope} is missing.`);
    return resolve(args, context);
  };
}

/** The administrations that the token's user can reach. */
export function reachable({ site, ledger, token }: Context): AdministrationStore[] {
  const user = site.users.find(({ userName }) => userName === token.userName);
  const only = user?.administrations?.map(normaliseCompanyNumber);
  return [...ledger.administrations.values()].filter(({ companyNumber }) => only?.includes(companyNumber) ?? true);
}

/** The administration an argument names: `companyNumber`, or `vatnumber` as it used to be called. */
export function administrationOf(args: Arguments, context: Context): AdministrationStore {
  const given = normaliseCompanyNumber(String(args['companyNumber'] ?? args['vatnumber'] ?? ''));
  const found = reachable(context).find(({ companyNumber }) => companyNumber === given);
  if (found === undefined) throw refuse('Administration not found.');
  return found;
}

export function offsetOf(args: Arguments): number {
  const offset = args['offset'];
  return typeof offset === 'number' && offset > 0 ? offset : 0;
}

export const PAGE_SIZE = 100;

/** Never more than 100, whatever is asked. */
export function firstOf(args: Arguments): number {
  const first = args['first'];
  return typeof first === 'number' && first >= 0 ? Math.min(first, PAGE_SIZE) : PAGE_SIZE;
}
