import { inspect } from 'node:util';
import * as fc from 'fast-check';
import type { FaultKind } from '../../sandbox/http/index.js';
import type { SourceErrorKind } from '../../src/connectors/contract/index.js';
import type { LedgerObject } from '../../src/ledger/domain/index.js';
import { newBook } from './reading.js';
import { failureOf, NOW, Stage, TIMEOUT_MS, type ContractSubject } from './stage.js';

const READ_FAULTS: readonly (readonly [FaultKind, readonly SourceErrorKind[]])[] = [
  ['401', ['auth_expired']],
  ['403', ['scope_missing']],
  ['429-minute', ['rate_limited']],
  ['429-day', ['quota_exhausted']],
  ['429-bare', ['rate_limited']],
  ['500', ['source_down']],
  ['503', ['source_down']],
  ['timeout-before-commit', ['timeout_read']],
  ['timeout-after-commit', ['timeout_read']],
  ['reset-mid-body', ['source_down']],
  ['truncated-body', ['source_down']],
  ['malformed-body', ['source_down']],
];

/** Every failure has the kind that says who recovers how, costs one call, and shows no secret. */
export function describeFailing(subject: ContractSubject): void {
  describe('failing', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await Stage.open(subject, await newBook(50));
    });
    afterAll(() => stage.standIn.close());

    const secrets = () => [stage.tokens.accessToken, stage.tokens.refreshToken, stage.settings.clientSecret];

    it.each(READ_FAULTS)('a read that meets %s fails as %j, without another try', async (kind, kinds) => {
      stage.standIn.arm({ kind, match: subject.calls.receivables, delayMs: TIMEOUT_MS * 2 });
      const before = stage.standIn.requests.length;
      const error = await failureOf(() => stage.pull(stage.main, subject.connector.firstPosition(stage.main)));
      expect(kinds).toContain(error.kind);
      expect(stage.standIn.requests.length - before).toBe(1);
      const isLimit = error.kind === 'rate_limited' || error.kind === 'quota_exhausted';
      expect(error.until === null).toBe(!isLimit);
      if (error.until !== null) expect(error.until.getTime()).toBeGreaterThan(new Date(NOW).getTime());
      const shown = `${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}${error.stack}`;
      for (const secret of secrets()) expect(shown).not.toContain(secret);
      // And the next try is as good as ever.
      await stage.pull(stage.main, subject.connector.firstPosition(stage.main));
    });

    it('takes a slow answer for an answer', async () => {
      stage.standIn.arm({ kind: 'slow', match: subject.calls.receivables, delayMs: TIMEOUT_MS / 3 });
      const started = performance.now();
      const page = await stage.pull(stage.main, subject.connector.firstPosition(stage.main));
      expect(performance.now() - started).toBeGreaterThanOrEqual(TIMEOUT_MS / 3 - 5);
      expect(page.records.length).toBeGreaterThan(0);
    });

    it('waits for the end of the minute or the day that the source names', async () => {
      const pull = () => stage.pull(stage.main, subject.connector.firstPosition(stage.main));
      stage.standIn.arm({ kind: '429-minute', match: subject.calls.receivables });
      expect((await failureOf(pull)).until?.toISOString()).toBe(subject.waits?.minute ?? '2026-11-20T09:01:00.000Z');
      stage.standIn.arm({ kind: '429-day', match: subject.calls.receivables });
      expect((await failureOf(pull)).until?.toISOString()).toBe(subject.waits?.day ?? '2026-11-21T00:00:00.000Z');
    });
  });
}

/** Whatever a source sends, its record is understood, or put aside with a reason. */
export function describeMapping({ connector }: ContractSubject): void {
  it('never throws on a record, whatever it is', () => {
    const objects = fc.constantFrom<LedgerObject>('debtors', 'receivables', 'deletions', 'open-items');
    fc.assert(
      fc.property(objects, fc.anything(), (object, raw) => {
        const { outcome } = connector.map(raw, { object, currency: 'EUR', country: 'NL' });
        expect(['rejected', 'ignored']).toContain(outcome);
      }),
    );
  });
}

/** Tokens: granted once, renewed when due, and a refusal is told apart from silence. */
export function describeTokens(subject: ContractSubject): void {
  const { auth } = subject.connector.declaration;
  if (auth.kind === 'none') return;
  describe('tokens', () => {
    let stage: Stage;
    beforeEach(async () => {
      stage = await Stage.open(subject, await newBook(5));
    });
    afterEach(() => stage.standIn.close());

    const later = (seconds: number): string => new Date(new Date(NOW).getTime() + seconds * 1_000).toISOString();

    it('grants what the declaration says', () => {
      expect(stage.tokens.expiresInSeconds).toBe(auth.accessLifetimeSeconds);
    });

    it('renews when due, and the renewed token works', async () => {
      stage.standIn.setClock(later(auth.earliestRefreshSeconds + 1), true);
      const old = stage.tokens;
      await stage.refresh();
      expect(stage.tokens.accessToken).not.toBe(old.accessToken);
      expect(stage.tokens.refreshToken === old.refreshToken).toBe(auth.refreshToken === 'reusable');
      await subject.connector.check(stage.context);
    });

    it('tells "too early" from "never again"', async () => {
      if (auth.earliestRefreshSeconds > 0) {
        const early = await failureOf(() => stage.refresh());
        expect([early.kind, early.until instanceof Date]).toEqual(['rate_limited', true]);
      }
      stage.standIn.setClock(later(auth.earliestRefreshSeconds + 1), true);
      const old = stage.tokens;
      await stage.refresh();
      if (auth.refreshToken === 'single-use') {
        const again = () => subject.connector.auth(stage.settings).refresh({ refreshToken: old.refreshToken });
        expect((await failureOf(again)).kind).toBe('auth_revoked');
      }
    });

    it('says revoked when the user withdraws the consent', async () => {
      stage.standIn.setClock(later(auth.earliestRefreshSeconds + 1), true);
      stage.standIn.arm({ kind: 'revoke' });
      const error = await failureOf(() => stage.refresh());
      expect(error.kind).toBe('auth_revoked');
      expect(inspect(error)).not.toContain(stage.tokens.refreshToken);
    });

    it('does not know what became of a refresh whose answer was lost', async () => {
      stage.standIn.setClock(later(auth.earliestRefreshSeconds + 1), true);
      stage.standIn.arm({ kind: 'reset-mid-body', match: subject.calls.token });
      const error = await failureOf(() => stage.refresh());
      expect(error.kind).toBe('outcome_unknown');
      expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain(stage.tokens.refreshToken);
    });

    it('waits for a slow token endpoint, and asks it once', async () => {
      stage.standIn.setClock(later(auth.earliestRefreshSeconds + 1), true);
      stage.standIn.arm({ kind: 'token-slow', delayMs: 300 });
      const before = stage.standIn.requests.length;
      const old = stage.tokens.accessToken;
      await stage.refresh();
      expect(stage.tokens.accessToken).not.toBe(old);
      expect(stage.standIn.requests.length - before).toBe(1);
    });

    it.each<[FaultKind, readonly SourceErrorKind[]]>([
      ['429-minute', ['rate_limited']],
      ['500', ['outcome_unknown', 'source_down']],
      ['503', ['outcome_unknown', 'source_down']],
      ['malformed-body', ['outcome_unknown']],
      ['truncated-body', ['outcome_unknown']],
    ])('a refresh that meets %s is %j, asked once, and never taken for the end of the consent', async (kind, kinds) => {
      stage.standIn.setClock(later(auth.earliestRefreshSeconds + 1), true);
      stage.standIn.arm({ kind, match: subject.calls.token });
      const before = stage.standIn.requests.length;
      const error = await failureOf(() => stage.refresh());
      expect(kinds).toContain(error.kind);
      expect(stage.standIn.requests.length - before).toBe(1);
      expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain(stage.tokens.refreshToken);
    });

    it('refuses a code that nobody gave', async () => {
      const exchange = () => subject.connector.auth(stage.settings).exchange({ code: 'made!up', redirectUri: 'http://localhost:39999/oauth/callback' }); // prettier-ignore
      const error = await failureOf(exchange);
      expect(error.kind).toBe('auth_revoked');
      expect(error.message).not.toContain('made!up');
    });
  });
}
