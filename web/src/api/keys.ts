import type { Query } from './client';

/** Cache keys in one place: what is read under a name is refreshed under that name. */
export const keys = {
  session: ['session'] as const,
  demo: ['demo'] as const,
  overview: (administration?: string) => ['overview', administration ?? 'all'] as const,
  connectors: ['connectors'] as const,
  connections: ['connections'] as const,
  connection: (id: string) => ['connections', id] as const,
  sourceAdministrations: (id: string) => ['connections', id, 'administrations'] as const,
  administrations: ['administrations'] as const,
  administration: (id: string) => ['administrations', id] as const,
  under: (id: string, part: string, query: Query = {}) => ['administrations', id, part, query] as const,
  sync: (id: string) => ['syncs', id] as const,
  debtor: (id: string) => ['debtors', id] as const,
  debtorPart: (id: string, part: string) => ['debtors', id, part] as const,
  run: (id: string) => ['runs', id] as const,
  runPart: (id: string, part: string, query: Query = {}) => ['runs', id, part, query] as const,
  message: (id: string) => ['messages', id] as const,
  apiKeys: ['api-keys'] as const,
  audit: ['audit'] as const,
};
