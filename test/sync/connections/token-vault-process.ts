import { createHash } from 'node:crypto';
import { SourceError } from '../../../src/connectors/contract/index.js';
import { createExactOnline } from '../../../src/connectors/exact-online/index.js';
import type { Clock } from '../../../src/kernel/index.js';
import { appDataSource, SecretBox, UnitOfWork } from '../../../src/persistence/index.js';
import { ConnectorRegistry } from '../../../src/sync/connector-registry.js';
import type { ConnectionRef } from '../../../src/sync/connections/connection-ref.js';
import { GrantSpool, type SpooledGrant } from '../../../src/sync/connections/grant-spool.client.js';
import { TokenVault } from '../../../src/sync/connections/token-vault.service.js';
import { TokenRepository, type Replaces, type SealedGrant } from '../../../src/sync/connections/token.repository.js';
import { Sleeper } from '../../../src/sync/sleeper.js';

/** What a process of the vault is told when it starts. */
export interface ProcessSettings {
  readonly databaseUrl: string;
  readonly dataDir: string;
  /** Key id → key in base64. */
  readonly secretKeys: Readonly<Record<string, string>>;
  readonly source: { readonly baseUrl: string; readonly clientId: string; readonly clientSecret: string };
}

/** "It is now `now`: a token, please, `times` times at once." */
export interface Wanted {
  readonly id: number;
  readonly now: string;
  readonly ref: ConnectionRef;
  readonly times: number;
  /** How long the process lingers after each step between the source's answer and the end, so that it can be met there. */
  readonly lingerMs: number;
  /** Stays at this step for ever: whoever asked kills it there. */
  readonly holdAt: Step | null;
}

/** Fingerprints of the tokens or, behind a `!`, kinds of errors. */
export interface Answered {
  readonly id: number;
  readonly tokens: readonly string[];
}

/** How far a renewal has come: the source answered; its answer lies in the local file; it lies in the database. */
export type Step = 'answered' | 'kept' | 'stored';

const FOR_EVER_MS = 2 ** 31 - 1;

class ToldClock implements Clock {
  at = new Date(0);
  now(): Date {
    return this.at;
  }
}

/** Really waits, but not long. */
class ShortSleeper extends Sleeper {
  sleep(milliseconds: number): Promise<void> {
    return wait(Math.min(milliseconds, 20));
  }
}

class LingeringSpool extends GrantSpool {
  constructor(
    dataDir: string,
    private readonly linger: (step: Step) => Promise<void>,
  ) {
    super(dataDir);
  }
  override async keep(entry: SpooledGrant): Promise<void> {
    await this.linger('answered');
    await super.keep(entry);
    await this.linger('kept');
  }
}

class LingeringTokens extends TokenRepository {
  constructor(
    unitOfWork: UnitOfWork,
    private readonly linger: (step: Step) => Promise<void>,
  ) {
    super(unitOfWork);
  }
  override async storeGrant(ref: ConnectionRef, replaces: Replaces, grant: SealedGrant): Promise<boolean> {
    const stored = await super.storeGrant(ref, replaces, grant);
    await this.linger('stored');
    return stored;
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((proceed) => setTimeout(proceed, milliseconds));
}

async function main({ databaseUrl, dataDir, secretKeys, source }: ProcessSettings): Promise<void> {
  const dataSource = await appDataSource({ url: databaseUrl, poolSize: 2 }).initialize();
  const clock = new ToldClock();
  const keys = Object.entries(secretKeys).map(([id, key]) => [id, Buffer.from(key, 'base64')] as const);
  const registry = new ConnectorRegistry([createExactOnline(clock)], { connectors: { 'exact-online': { ...source, extra: {} } } }); // prettier-ignore
  let lingerMs = 0;
  let heldAt: Step | null = null;
  const linger = async (step: Step): Promise<void> => {
    if (lingerMs === 0) return;
    process.send!({ step });
    await wait(step === heldAt ? FOR_EVER_MS : lingerMs);
  };
  const unitOfWork = new UnitOfWork(dataSource);
  const tokens = new LingeringTokens(unitOfWork, linger);
  const spool = new LingeringSpool(dataDir, linger);
  const vault = new TokenVault(tokens, spool, new SecretBox(new Map(keys)), registry, clock, new ShortSleeper());
  const one = (ref: ConnectionRef): Promise<string> =>
    vault.bearer(ref).then(
      (token) => createHash('sha256').update(token).digest('hex'),
      (error: unknown) => `!${error instanceof SourceError ? error.kind : String(error)}`,
    );
  process.on('message', ({ id, now, ref, times, lingerMs: asked, holdAt }: Wanted) => {
    clock.at = new Date(now);
    lingerMs = asked;
    heldAt = holdAt;
    const all = Array.from({ length: times }, () => one(ref));
    void Promise.all(all).then((found) => process.send!({ id, tokens: found } satisfies Answered));
  });
  process.on('disconnect', () => process.exit(0));
  process.send!({ ready: true });
}

await main(JSON.parse(process.env['VAULT_PROCESS']!) as ProcessSettings);
