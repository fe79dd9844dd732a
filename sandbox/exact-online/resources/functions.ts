import { parseLiterals } from '../odata/index.js';
import { ExactError } from '../wire/errors.js';
import { toWire } from '../wire/values.js';
import { toWallMs } from '../wire/wall-time.js';
import type { Context } from './resource.js';

/** A function of the reference: arguments in the query, one value back. */
export type ExactFunction = (query: URLSearchParams, context: Context) => Record<string, unknown>;

/** `users/UserHasRights?endpoint='Logistics/Items'&action='GET'`. */
function userHasRights(query: URLSearchParams, { user }: Context): Record<string, unknown> {
  const endpoint = textArgument(query, 'endpoint').toLowerCase();
  const missing = user.missingRights ?? [];
  return { UserHasRights: !missing.some((each) => each.toLowerCase() === endpoint) };
}

/** The tables behind the names that clients pass as `endPoint`. */
const SYNC_TABLES: Readonly<Record<string, string>> = {
  paymentterms: 'terms',
  accounts: 'accounts',
  deleted: 'deleted',
  documents: 'documents',
  documentattachments: 'attachments',
};

/**
 * `read/sync/Sync/SyncTimestamp?modified=datetime'…'&endPoint='PaymentTerms'`: the row version after which everything
 * modified since then comes. The spelling of the parameters is uncertain, so any case is taken.
 */
function syncTimestamp(query: URLSearchParams, { division }: Context): Record<string, unknown> {
  const modified = parseLiterals(argument(query, 'modified'))[0];
  if (modified?.type !== 'DateTime') throw new ExactError(400, "Unrecognized 'Edm.DateTime' literal in 'modified'.");
  const endpoint = textArgument(query, 'endpoint');
  const name = SYNC_TABLES[endpoint.split('/').at(-1)!.toLowerCase()];
  if (name === undefined) throw new ExactError(400, `Invalid endPoint: ${endpoint}`);
  let highest = 0;
  for (const row of division.tables[name]!.values())
    if (toWallMs(row.modified) < Number(modified.value)) highest = Math.max(highest, row.timestamp);
  return {
    Modified: toWire('DateTime', modified.value),
    API: endpoint,
    TimeStampAsBigInt: toWire('Int64', highest),
  };
}

export const FUNCTIONS: Readonly<Record<string, { run: ExactFunction; typeName: string; scope: string }>> = {
  'users/UserHasRights': {
    run: userHasRights,
    typeName: 'Exact.Web.Api.Models.Users.UserHasRights',
    scope: 'organization.administration',
  },
  'read/sync/Sync/SyncTimestamp': {
    run: syncTimestamp,
    typeName: 'Exact.Web.Api.Models.Sync.SyncTimestamp',
    scope: 'organization.administration',
  },
};

function argument(query: URLSearchParams, name: string): string {
  for (const [key, value] of query) if (key.toLowerCase() === name) return value;
  throw new ExactError(400, `Missing parameter: ${name}`);
}

function textArgument(query: URLSearchParams, name: string): string {
  const text = argument(query, name);
  return text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : text;
}
