import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from './environment.js';
import type { Settings } from './settings.js';

/**
 * The settings of this process, the only reading of `process.env`. Without OPENPOST_SECRET_KEYS a key is made once and
 * kept in the data folder (mode 0600), so that an embedded start needs nothing and still encrypts.
 */
export function loadSettings(overrides: NodeJS.ProcessEnv = {}): Settings {
  return readSettings({ ...process.env, ...overrides }, keyInDataDir);
}

function keyInDataDir(dataDir: string): string {
  const file = join(dataDir, 'secret-keys');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, `local-1:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}
