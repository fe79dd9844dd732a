import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { Settings } from '../../../src/settings/index.js';

/** Settings of a process that knows some sources and nothing else. */
export function settingsOf(connectors: Settings['connectors']): Settings {
  return new Settings({
    port: 0,
    publicUrl: 'https://openpost.example',
    databaseUrl: null,
    redisUrl: null,
    smtpUrl: null,
    dataDir: tmpdir(),
    secretKeys: new Map([['test-1', randomBytes(32)]]),
    adminEmail: null,
    adminPassword: null,
    maxStalenessMinutes: 1440,
    logLevel: 'error',
    connectors,
  });
}
