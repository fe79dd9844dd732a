export type ReadMode = 'snapshot' | 'delta';

export interface Connector {
  id: string;
  name: string;
  country: string[];
  maturity: string;
  description: string;
  auth: { kind: string };
  settings: {
    key: string;
    label: string;
    required: boolean;
    secret: boolean;
    pattern?: { source: string; expected: string };
    initial?: string;
  }[];
  objects: ConnectorObject[];
  limits: { label: string; count: number; perSeconds: number; scope: string }[];
  /** Whether this installation has the package's app credentials; absent means that the settings below ask for them. */
  configured?: boolean;
}

export interface ConnectorObject {
  object: string;
  label: string;
  readMode: string | null;
  pageSize: number | null;
  deleteSignal: string | null;
  completeness: string;
  writeOperations: { operation: string; label: string; idempotency: string }[];
}

export type ConnectionState = 'active' | 'needs_reconnect' | 'revoked' | 'error';

export interface Connection {
  id: string;
  connector: string;
  name: string;
  state: ConnectionState;
  stateReason: string | null;
  stateMessage: string | null;
  lastSuccessAt: string | null;
  tokenExpiresAt: string | null;
  createdAt: string;
  sourceUser: string | null;
  administrations: number;
  quota: Quota[];
  /** Endpoints that are left alone, because the package would block us after more errors. */
  resting?: { administrationId: string | null; endpoint: string; until: string }[];
  tokenIssuedAt: string | null;
  /** Since when it needs a person; null while it works. */
  brokenSince: string | null;
  noticeSentAt: string | null;
  rightsMissing: { administrationId: string; object: string; message: string | null }[];
  rightsCheckedAt: string | null;
}

export interface Quota {
  /** null: all administrations of the connection together. */
  administrationId: string | null;
  scope: string;
  remaining: number;
  limit: number;
  /** Of what remains, kept for people and write-backs. */
  reserve?: number;
  resetsAt: string | null;
}

export interface SourceAdministration {
  sourceId: string;
  name: string;
  country: string | null;
  currency: string | null;
  enabled: boolean;
  administrationId: string | null;
  rights?: { object: string; allowed: boolean; message: string | null }[];
}
