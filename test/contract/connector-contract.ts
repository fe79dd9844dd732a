import { checkConnector } from '../../src/connectors/bench/index.js';
import { describeFailing, describeMapping, describeTokens } from './failing.js';
import { describeHearing } from './hearing.js';
import { describeChanges, describeReading } from './reading.js';
import type { ContractSubject } from './stage.js';
import { describeShowing } from './showing.js';
import { describeWriting } from './writing.js';

export { NOW, type ContractSubject, type StandIn } from './stage.js';

/** What every connector keeps to, proved against its stand-in over real HTTP. */
export function describeConnector(subject: ContractSubject): void {
  describe(`the contract of connectors: ${subject.connector.declaration.name}`, () => {
    it('declares what it reads and writes, and has what it declares', () => {
      expect(checkConnector(subject.connector)).toEqual([]);
    });
    describeReading(subject);
    describeChanges(subject);
    describeMapping(subject);
    // What lies here has no network to fail and no login to refuse.
    const hasLogin = subject.connector.declaration.auth.kind !== 'none';
    if (hasLogin) describeFailing(subject);
    if (hasLogin) describeTokens(subject);
    describeWriting(subject);
    describeShowing(subject);
    describeHearing(subject);
  });
}
