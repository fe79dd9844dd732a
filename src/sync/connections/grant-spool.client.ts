import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectionRef } from './connection-ref.js';
import type { Replaces, SealedGrant } from './token.repository.js';

export interface SpooledGrant {
  readonly ref: ConnectionRef;
  readonly replaces: Replaces;
  readonly grant: SealedGrant;
}

/**
 * A new token pair lies here, sealed, from the source's answer until the database has it. A single-use refresh token
 * exists nowhere else in that moment: without the file, a crash or a database outage would cost the connection.
 */
export class GrantSpool {
  private readonly directory: string;

  constructor(dataDir: string) {
    this.directory = join(dataDir, 'grant-spool');
  }

  async keep(entry: SpooledGrant): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const file = this.fileOf(entry.ref.connectionId);
    const handle = await open(`${file}.new`, 'w', 0o600);
    try {
      await handle.writeFile(JSON.stringify(entry));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${file}.new`, file);
  }

  async find(connectionId: string): Promise<SpooledGrant | null> {
    const text = await readFile(this.fileOf(connectionId), 'utf8').catch(() => null);
    return text === null ? null : (JSON.parse(text) as SpooledGrant);
  }

  async remove(connectionId: string): Promise<void> {
    await rm(this.fileOf(connectionId), { force: true });
  }

  /** Connections for which a grant is waiting. */
  async waiting(): Promise<string[]> {
    const names = await readdir(this.directory).catch(() => []);
    return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  }

  private fileOf(connectionId: string): string {
    return join(this.directory, `${connectionId}.json`);
  }
}
