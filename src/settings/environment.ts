import { plainToInstance } from 'class-transformer';
import {
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { InputError } from '../kernel/index.js';
import { LOG_LEVELS, Settings, type ConnectorCredentials, type LogLevel } from './settings.js';

/** A base URL may be on localhost (a stand-in); anything else is https, because secrets travel over it. */
const SAFE_URL = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/;
const safeUrl = { message: 'an https URL, or http on localhost' };

const CLEARFACTS_PROFILES = ['public', 'extended'];

/** The variables we read, each with what it must be. Names are documented in .env.example. */
class Environment {
  @IsOptional() @IsInt({ message: 'a port number' }) @Min(0) @Max(65_535) PORT = 3000;
  @IsOptional()
  @IsUrl({ require_tld: false }, { message: 'the URL at which people reach Openpost' })
  PUBLIC_URL?: string;
  @IsOptional() @Matches(/^postgres(ql)?:\/\//, { message: 'a postgres:// URL' }) DATABASE_URL?: string;
  @IsOptional() @Matches(/^rediss?:\/\//, { message: 'a redis:// URL' }) REDIS_URL?: string;
  @IsOptional() @Matches(/^smtps?:\/\//, { message: 'an smtp:// or smtps:// URL' }) SMTP_URL?: string;
  @IsOptional() @IsString() @MinLength(1) OPENPOST_DATA_DIR = '.openpost';
  @IsOptional() @IsString() OPENPOST_IMPORT_DIR?: string;
  @IsOptional() @IsString() OPENPOST_SECRET_KEYS?: string;
  @IsOptional() @IsEmail({ require_tld: false }, { message: 'an e-mail address' }) OPENPOST_ADMIN_EMAIL?: string;
  @IsOptional() @MinLength(10, { message: 'at least 10 characters' }) OPENPOST_ADMIN_PASSWORD?: string;
  @IsOptional() @IsInt({ message: 'a whole number of minutes' }) @Min(1) OPENPOST_MAX_STALENESS_MINUTES = 1440;
  @IsOptional() @IsIn(LOG_LEVELS, { message: `one of ${LOG_LEVELS.join(', ')}` }) LOG_LEVEL: LogLevel = 'info';
  @IsOptional() @Matches(SAFE_URL, safeUrl) EXACT_ONLINE_BASE_URL = 'https://start.exactonline.nl';
  @IsOptional() @IsString() EXACT_ONLINE_CLIENT_ID?: string;
  @IsOptional() @IsString() EXACT_ONLINE_CLIENT_SECRET?: string;
  @IsOptional() @IsString() EXACT_ONLINE_WEBHOOK_SECRET?: string;
  @IsOptional() @Matches(SAFE_URL, safeUrl) TWINFIELD_LOGIN_URL = 'https://login.twinfield.com';
  @IsOptional() @IsString() TWINFIELD_CLIENT_ID?: string;
  @IsOptional() @IsString() TWINFIELD_CLIENT_SECRET?: string;
  @IsOptional() @Matches(SAFE_URL, safeUrl) CLEARFACTS_LOGIN_URL = 'https://login.clearfacts.be';
  @IsOptional() @Matches(SAFE_URL, safeUrl) CLEARFACTS_API_URL = 'https://api.clearfacts.be/graphql';
  @IsOptional() @IsString() CLEARFACTS_CLIENT_ID?: string;
  @IsOptional() @IsString() CLEARFACTS_CLIENT_SECRET?: string;
  @IsOptional() @IsIn(CLEARFACTS_PROFILES, { message: 'public or extended' }) CLEARFACTS_PROFILE = 'public';
}

const NUMBERS = ['PORT', 'OPENPOST_MAX_STALENESS_MINUTES'] as const;

/**
 * Reads and checks the environment. `secretKeysFallback` supplies the key text when OPENPOST_SECRET_KEYS is absent
 * (embedded use keeps one in the data folder). Throws {@link InputError} that names the first wrong variable.
 */
export function readSettings(variables: NodeJS.ProcessEnv, secretKeysFallback: (dataDir: string) => string): Settings {
  const environment = plainToInstance(Environment, present(variables), { exposeDefaultValues: true });
  const [wrong] = validateSync(environment, { whitelist: true });
  if (wrong !== undefined) throw new InputError(wrong.property, expectation(wrong), 'INVALID_SETTING');
  const publicUrl = (environment.PUBLIC_URL ?? `http://localhost:${environment.PORT}`).replace(/\/+$/, '');
  return new Settings({
    port: environment.PORT,
    publicUrl,
    databaseUrl: environment.DATABASE_URL ?? null,
    redisUrl: environment.REDIS_URL ?? null,
    smtpUrl: environment.SMTP_URL ?? null,
    dataDir: environment.OPENPOST_DATA_DIR,
    secretKeys: parseSecretKeys(environment.OPENPOST_SECRET_KEYS ?? secretKeysFallback(environment.OPENPOST_DATA_DIR)),
    adminEmail: environment.OPENPOST_ADMIN_EMAIL ?? null,
    adminPassword: environment.OPENPOST_ADMIN_PASSWORD ?? null,
    maxStalenessMinutes: environment.OPENPOST_MAX_STALENESS_MINUTES,
    logLevel: environment.LOG_LEVEL,
    importDir: environment.OPENPOST_IMPORT_DIR ?? null,
    connectors: {
      'exact-online': exactOnline(environment),
      twinfield: twinfield(environment),
      clearfacts: clearFacts(environment),
    },
  });
}

/** Empty means absent: `FOO=` in a file is not a value. Numbers are read strictly, so `30oo` is refused. */
function present(variables: NodeJS.ProcessEnv): Record<string, unknown> {
  const given = Object.entries(variables).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(
    given.map(([name, value]) => [name, (NUMBERS as readonly string[]).includes(name) ? Number(value) : value]),
  );
}

function expectation(error: ValidationError): string {
  return Object.values(error.constraints ?? { unknown: 'a valid value' }).join(' and ');
}

function exactOnline(environment: Environment): ConnectorCredentials | null {
  const plain = plainConnector(environment, 'EXACT_ONLINE');
  const webhookSecret = environment.EXACT_ONLINE_WEBHOOK_SECRET;
  return plain && { ...plain, extra: webhookSecret === undefined ? {} : { webhookSecret } };
}

/** The cluster with the books is named per user, after the login: only the login's address is a setting. */
function twinfield(environment: Environment): ConnectorCredentials | null {
  const app = appOf(environment, 'TWINFIELD');
  return app && { baseUrl: withoutSlash(environment.TWINFIELD_LOGIN_URL), ...app, extra: {} };
}

/** The API has a host of its own. `extended` is a proposal: the login of ClearFacts refuses its scopes until it exists. */
function clearFacts(environment: Environment): ConnectorCredentials | null {
  const app = appOf(environment, 'CLEARFACTS');
  const { CLEARFACTS_LOGIN_URL, CLEARFACTS_API_URL, CLEARFACTS_PROFILE } = environment;
  const extra = { apiUrl: withoutSlash(CLEARFACTS_API_URL), profile: CLEARFACTS_PROFILE };
  return app && { baseUrl: withoutSlash(CLEARFACTS_LOGIN_URL), ...app, extra };
}

/** The part before `_BASE_URL` or `_CLIENT_ID` of the variables that the class has. */
type PrefixOf<Suffix extends string> = keyof Environment extends infer Name
  ? Name extends `${infer Prefix}_${Suffix}`
    ? Prefix
    : never
  : never;

/** An address and an app: all that most connectors need. */
function plainConnector(environment: Environment, name: PrefixOf<'BASE_URL'>): ConnectorCredentials | null {
  const app = appOf(environment, name);
  return app && { baseUrl: withoutSlash(environment[`${name}_BASE_URL`]), ...app, extra: {} };
}

/** Client id and secret, which come together or not at all. */
function appOf(
  environment: Environment,
  name: PrefixOf<'CLIENT_ID'>,
): Pick<ConnectorCredentials, 'clientId' | 'clientSecret'> | null {
  const clientId = environment[`${name}_CLIENT_ID`];
  const clientSecret = environment[`${name}_CLIENT_SECRET`];
  if (clientId === undefined && clientSecret === undefined) return null;
  if (clientId === undefined)
    throw new InputError(`${name}_CLIENT_ID`, 'a value, since the secret is given', 'INVALID_SETTING');
  if (clientSecret === undefined)
    throw new InputError(`${name}_CLIENT_SECRET`, 'a value, since the client id is given', 'INVALID_SETTING');
  return { clientId, clientSecret };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

/** `id:base64,id2:base64`, newest first; each key is 32 bytes. */
export function parseSecretKeys(text: string): ReadonlyMap<string, Buffer> {
  const keys = new Map<string, Buffer>();
  for (const part of text.split(',').map((piece) => piece.trim())) {
    const [id = '', encoded = ''] = part.split(':');
    const key = Buffer.from(encoded, 'base64');
    if (!/^[\w-]+$/.test(id) || key.length !== 32)
      throw new InputError(
        'OPENPOST_SECRET_KEYS',
        'id:base64-of-32-bytes, newest first, separated by commas',
        'INVALID_SETTING',
      );
    keys.set(id, key);
  }
  return keys;
}
