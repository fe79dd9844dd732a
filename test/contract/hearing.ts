import * as fc from 'fast-check';
import type { ConnectorSettings } from '../../src/connectors/contract/index.js';
import type { ContractSubject } from './stage.js';

/** What a source that gives hints keeps to: the empty question is answered, and nothing unsigned is believed. */
export function describeHearing({ connector }: ContractSubject): void {
  const { hints } = connector.declaration;
  if (hints === undefined || connector.hear === undefined) return;
  const hear = connector.hear.bind(connector);
  const settings: ConnectorSettings = {
    baseUrl: 'https://source.example',
    clientId: 'app',
    clientSecret: 'canary-client-secret',
    extra: { [hints.secret.setting]: 'canary-webhook-secret' },
  };
  const request = (body: Uint8Array) => ({ body: Buffer.from(body), headers: {} });

  describe('hearing', () => {
    it('subscribes and ends what it subscribed', () => {
      expect([typeof connector.subscribe, typeof connector.unsubscribe]).toEqual(['function', 'function']);
      expect(hints.topics.length).toBeGreaterThan(0);
      expect(hints.completeness).toMatch(/\w/);
    });

    it('believes nothing that is not signed, whatever it is, and never throws', () => {
      const anything = fc.oneof(
        fc.uint8Array({ minLength: 1 }),
        fc.json().map((text) => Buffer.from(text)),
      );
      fc.assert(fc.property(anything, (bytes) => hear(request(bytes), settings).outcome === 'refused'));
    });

    it('believes nobody where there is no secret to check with', () => {
      expect(hear(request(Buffer.from('{}')), { ...settings, extra: {} })).toEqual({ outcome: 'refused', reason: 'no-secret' }); // prettier-ignore
    });
  });
}
