export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One accounting package's application credentials. */
export interface ConnectorCredentials {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly extra: Readonly<Record<string, string>>;
}

export interface SettingsValues {
  readonly port: number;
  /** Where people reach us, without a trailing slash; OAuth redirects and links in messages start with it. */
  readonly publicUrl: string;
  /** null: embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | null;
  /** null: the queue lives in this process. */
  readonly redisUrl: string | null;
  /** null: e-mail stays queued and says so. */
  readonly smtpUrl: string | null;
  readonly dataDir: string;
  /** Master keys by id, newest first. */
  readonly secretKeys: ReadonlyMap<string, Buffer>;
  readonly adminEmail: string | null;
  readonly adminPassword: string | null;
  /** Books older than this hold everything automatic. */
  readonly maxStalenessMinutes: number;
  readonly logLevel: LogLevel;
  /** Folder in which files to import are put, below the id of their administration; absent or null: none is watched. */
  readonly importDir?: string | null;
  /** By connector id; null when its credentials are not configured. */
  readonly connectors: Readonly<Record<string, ConnectorCredentials | null>>;
}

/** What the environment decided, checked once at start and frozen. Injected by class. */
export class Settings implements SettingsValues {
  readonly port!: number;
  readonly publicUrl!: string;
  readonly databaseUrl!: string | null;
  readonly redisUrl!: string | null;
  readonly smtpUrl!: string | null;
  readonly dataDir!: string;
  readonly secretKeys!: ReadonlyMap<string, Buffer>;
  readonly adminEmail!: string | null;
  readonly adminPassword!: string | null;
  readonly maxStalenessMinutes!: number;
  readonly logLevel!: LogLevel;
  readonly importDir?: string | null;
  readonly connectors!: Readonly<Record<string, ConnectorCredentials | null>>;

  constructor(values: SettingsValues) {
    Object.assign(this, values);
    Object.freeze(this);
  }
}
