import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { CommanderError } from 'commander';
import { InputError, systemClock } from '../../kernel/index.js';
import { SourceError, type Connector, type ConnectorSettings } from '../contract/index.js';
import { checkConnector } from './check-connector.js';
import {
  connectorCommand,
  type Actions,
  type LoginOptions,
  type RecordOptions,
  type SourceOptions,
} from './command-options.js';
import { readLines, toLines } from './conversation.js';
import { logIn } from './login.client.js';
import { toRecordLines, toSummary } from './report.js';
import { recordConversation, replayConversation } from './talk.js';

/** What the command needs of its surroundings. */
export interface BenchWorld {
  /** Every connector, told what its settings hold besides address and app. */
  connectors(extras: Readonly<Record<string, { readonly extra: ConnectorSettings['extra'] }>>): readonly Connector[];
  readFile(path: string): Promise<string>;
  out(text: string): Promise<void>;
  err(text: string): Promise<void>;
}

/**
 * `openpost connector …`, `argv` being what follows "connector". Answers the exit code: 0 in order, 1 found something
 * wrong, 2 wrong usage or input.
 */
export async function runConnectorCommand(argv: readonly string[], world: BenchWorld): Promise<number> {
  const result = { code: 0 };
  const program = connectorCommand(actionsIn(world), (code) => void (result.code = code));
  const written: Promise<void>[] = [];
  for (const each of [program, ...program.commands])
    each.exitOverride().configureOutput({
      writeOut: (text) => void written.push(world.out(text)),
      writeErr: (text) => void written.push(world.err(text)),
    });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return result.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof InputError || error instanceof SourceError)) throw error;
    await world.err(`openpost connector: ${error.message}\n`);
    return error instanceof InputError ? 2 : 1;
  } finally {
    await Promise.all(written);
  }
}

function actionsIn(world: BenchWorld): Actions {
  return {
    check: (names) => check(world, names),
    login: (name, options) => login(world, name, options),
    record: (name, options) => record(world, name, options),
    replay: (file, { summary }) => replay(world, file, summary === true),
  };
}

async function check(world: BenchWorld, names: readonly string[]): Promise<number> {
  const connectors = names.length === 0 ? world.connectors({}) : names.map((name) => find(world, name, {}));
  const counts = connectors.map(async (connector) => {
    const { id } = connector.declaration;
    const findings = checkConnector(connector);
    const lines = findings.map(({ code, path, message }) => `${id}: ${code} at ${path}: ${message}\n`);
    await world.out(findings.length === 0 ? `${id}: in order\n` : lines.join(''));
    return findings.length;
  });
  return (await Promise.all(counts)).some((count) => count > 0) ? 1 : 0;
}

async function login(world: BenchWorld, name: string, options: LoginOptions): Promise<number> {
  const connector = find(world, name, options.set);
  if (connector.declaration.auth.kind === 'none')
    throw new InputError('name', `a source with a login; ${name} has none`);
  const grant = await logIn({
    connector,
    settings: toSettings(options),
    port: options.port,
    onAddress: (address) => world.err(`Open this in a browser and log in:\n  ${address}\n`),
  });
  await writeFile(options.out, `${JSON.stringify(grant)}\n`, { mode: 0o600 });
  await world.err(`Tokens are in ${options.out}, good for ${grant.expiresInSeconds} s. Keep the file to yourself.\n`);
  return 0;
}

async function record(world: BenchWorld, name: string, options: RecordOptions): Promise<number> {
  const connector = find(world, name, options.set);
  const { administration = null, object, pages, limit, write, debtor = null } = options;
  const objects = object.length > 0 ? object : connector.declaration.pullOrder;
  const { conversation, report } = await recordConversation({
    connector,
    settings: toSettings(options),
    token: await tokenOf(world, connector, options),
    plan: { administration, objects, pages, limit, write, debtor },
    at: systemClock.now(),
    people: options.anonymise === true ? randomBytes(32).toString('base64') : null,
    onStep: (step) => void world.err(`${step}\n`),
  });
  const text = toLines(conversation);
  await writeFile(options.out, text, { mode: 0o600 });
  await world.out(toSummary(report));
  // What was taken out must not be what the connector needs: a recording that cannot be replayed is worth nothing.
  const { difference } = await replayConversation(connector, readLines(text));
  if (difference !== null) await world.err(`The recording does not replay: ${difference}\n`);
  else await world.err(`${conversation.exchanges.length} calls are in ${options.out}, and replay.\n`);
  return difference === null && report.failures.length === 0 ? 0 : 1;
}

async function replay(world: BenchWorld, file: string, isSummary: boolean): Promise<number> {
  const conversation = readLines(await read(world, file));
  const connector = find(world, conversation.head.connector, conversation.head.extra);
  const { report, difference } = await replayConversation(connector, conversation);
  if (report === null) {
    await world.err(`${difference}\n`);
    return 1;
  }
  await world.out(isSummary ? '' : toRecordLines(report));
  await (isSummary ? world.out : world.err)(toSummary(report));
  return 0;
}

function find(world: BenchWorld, name: string, extra: ConnectorSettings['extra']): Connector {
  const connectors = world.connectors({ [name]: { extra } });
  const found = connectors.find(({ declaration }) => declaration.id === name);
  if (found !== undefined) return found;
  throw new InputError(
    'name',
    `one of ${connectors.map(({ declaration }) => declaration.id).join(', ')}, got "${name}"`,
  );
}

function toSettings({ baseUrl, clientId, clientSecret, set }: SourceOptions): ConnectorSettings {
  if (!URL.canParse(baseUrl)) throw new InputError('--base-url', `an address, got "${baseUrl}"`);
  return { baseUrl: baseUrl.replace(/\/+$/, ''), clientId, clientSecret, extra: set };
}

async function tokenOf(world: BenchWorld, { declaration }: Connector, options: RecordOptions): Promise<string> {
  const { token, tokenFile } = options;
  if (token !== undefined) return token;
  if (tokenFile !== undefined) return readToken(await read(world, tokenFile));
  if (declaration.auth.kind === 'none') return '';
  throw new InputError('--token', 'a token, or --token-file (`openpost connector login` writes one)');
}

function readToken(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) return trimmed;
  const { accessToken } = JSON.parse(trimmed) as { accessToken?: string };
  if (accessToken !== undefined) return accessToken;
  throw new InputError('--token-file', 'a token, or the file that `openpost connector login` wrote');
}

async function read(world: BenchWorld, path: string): Promise<string> {
  try {
    return await world.readFile(path);
  } catch {
    throw new InputError('file', `one that can be read, got "${path}"`);
  }
}
