import type { Declaration } from '../../connectors/contract/index.js';
import type { ConnectionRow } from './connection.repository.js';

/** PURE. A connection as the API shows it. */
export function toConnectionView(row: ConnectionRow): object {
  return {
    ...row,
    lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
    tokenExpiresAt: row.tokenExpiresAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    tokenIssuedAt: row.tokenIssuedAt?.toISOString() ?? null,
    brokenSince: row.brokenSince?.toISOString() ?? null,
    noticeSentAt: row.noticeSentAt?.toISOString() ?? null,
    rightsCheckedAt: row.rightsCheckedAt?.toISOString() ?? null,
  };
}

/** PURE. A connector's declaration as the API shows it, before anybody consents. */
export function toConnectorView(declaration: Declaration, configured: boolean): object {
  const { id, name, version, countries, maturity, description, documentation, auth, settings, objects, budgets } =
    declaration;
  return {
    id,
    name,
    version,
    country: countries,
    maturity,
    description,
    documentation,
    configured,
    auth: { kind: auth.kind },
    settings,
    objects,
    limits: budgets,
  };
}
