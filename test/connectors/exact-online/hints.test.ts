import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { exactOnline } from '../../../src/connectors/exact-online/index.js';
import type { Heard } from '../../../src/connectors/contract/index.js';
import { settings } from './support.js';

const SECRET = 'canary-webhook-secret';
const CONTENT = {
  Topic: 'BankEntries',
  ClientId: '{APP}',
  Division: 1700101,
  Action: 'Create',
  Key: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  ExactOnlineEndpoint: "https://start.exactonline.nl/api/v1/1700101/financialtransaction/BankEntries(guid'3fa85f64')",
  EventCreatedOn: '2026-11-20T10:00:30.123',
};

const signed = (content: string, secret = SECRET): string => {
  const hash = createHmac('sha256', secret).update(content).digest('hex').toUpperCase();
  return `{"Content":${content},"HashCode":"${hash}"}`;
};
const hear = (body: string | Buffer, extra: Record<string, string> = { webhookSecret: SECRET }): Heard =>
  exactOnline.hear!({ body: Buffer.from(body), headers: {} }, { ...settings, extra });
const reasonOf = (heard: Heard): string => (heard.outcome === 'refused' ? heard.reason : heard.outcome);

describe('what Exact says in a webhook', () => {
  const good = signed(JSON.stringify(CONTENT));

  it('is a hint at one administration, and nothing more', () => {
    const heard = hear(good);
    expect(heard).toEqual({
      outcome: 'hint',
      administration: '1700101',
      topic: 'BankEntries',
      eventKey: createHmac('sha256', SECRET).update(JSON.stringify(CONTENT)).digest(),
    });
  });

  it('is signed over the bytes as they came: white space, order and escapes count', () => {
    const content = '{ "Division" : "1700101","Topic":"Acc\\u006funts",\n"Key":",\\"HashCode\\":\\"fake" }';
    expect(hear(signed(content))).toMatchObject({ outcome: 'hint', administration: '1700101', topic: 'Accounts' });
    const again = JSON.stringify(JSON.parse(content));
    expect(again).not.toBe(content);
    const hash = /"HashCode":"(\w{64})"}$/.exec(signed(content))![1]!;
    expect(reasonOf(hear(`{"Content":${again},"HashCode":"${hash}"}`))).toBe('unsigned');
  });

  it('is the question whether anybody is there when it is empty, with or without a secret', () => {
    expect(hear('')).toEqual({ outcome: 'validation' });
    expect(hear('', {})).toEqual({ outcome: 'validation' });
  });

  it('is refused when any single byte differs', () => {
    const bytes = Buffer.from(good);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(bytes);
        changed[at] = changed[at]! ^ by;
        const heard = hear(changed);
        expect(heard.outcome).toBe('refused');
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, string, string]>([
    ['another secret', signed(JSON.stringify(CONTENT), 'another'), 'unsigned'],
    ['a hash in lower case, which Exact never sends', good.replace(/[A-F0-9]{64}/, (hash) => hash.toLowerCase()), 'unsigned'], // prettier-ignore
    ['no hash', `{"Content":${JSON.stringify(CONTENT)}}`, 'unsigned'],
    ['something after the end', `${good}x`, 'unsigned'],
    ['not JSON at all', '<html></html>', 'unsigned'],
    ['signed, but no division', signed('{"Topic":"Accounts"}'), 'malformed'],
    ['signed, but a division that is no number', signed('{"Division":"../1"}'), 'malformed'],
    ['signed, but no JSON', signed('{nothing}'), 'malformed'],
    ['signed for another app', signed(JSON.stringify({ ...CONTENT, ClientId: 'another' })), 'foreign-app'],
  ])('is refused with its reason: %s', (_name, body, reason) => {
    expect(reasonOf(hear(body))).toBe(reason);
  });

  it('is refused where no secret is configured, rather than believed', () => {
    expect(reasonOf(hear(good, {}))).toBe('no-secret');
    expect(reasonOf(hear(signed(JSON.stringify(CONTENT), ''), { webhookSecret: '' }))).toBe('no-secret');
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => hear(Buffer.from(bytes)).outcome === 'refused'));
  });
});
