import nock from 'nock';
import type { ConnectorContext, ConnectorSettings } from '../../../src/connectors/contract/index.js';
import { createSourceHttp } from '../../../src/connectors/transport/index.js';
import { fixedClock } from '../../../src/kernel/index.js';

// Importing nock is enough for it to intercept, also in the files that this worker runs next; see `answersOnly`.
nock.restore();

export const HOST = 'https://start.exactonline.nl';
export const DIVISION = '1700101';
export const TOKEN = 'AAEAAGxW-canary-access-token';
export const NOW = '2026-11-20T09:00:30.000Z';
export const clock = fixedClock(NOW);
export const settings: ConnectorSettings = { baseUrl: HOST, clientId: 'app', clientSecret: 'canary-secret', extra: {} };

/** A context on the real host, where only answers that a test wrote down exist. */
export function contextOf(extra: Readonly<Record<string, string>> = {}): ConnectorContext {
  const http = createSourceHttp({ baseUrl: HOST, bearer: async () => TOKEN, timeoutMs: 300 });
  return { http, clock, settings: { ...settings, extra } };
}

/**
 * No call leaves the machine, and every answer that was written down must have been asked for. A test that imports this
 * file has to call it: merely importing nock takes over HTTP for every test file of the same process until `restore`.
 */
export function answersOnly(): void {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.abortPendingRequests();
    nock.cleanAll();
    expect(pending).toEqual([]);
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });
}

/** Exact's error body, with its line ends and empty code and language. */
export function errorBody(message: string): string {
  return `{\r\n"error": {\r\n"code": "", "message": {\r\n"lang": "", "value": ${JSON.stringify(message)}\r\n}\r\n}\r\n}`;
}
