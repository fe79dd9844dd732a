import { isUnusualVolume, staleReason } from '../../../src/dunning/runs/holds.js';
import type { AdministrationFacts } from '../../../src/dunning/runs/administration-facts.js';
import { Desk } from '../../support/dunning.js';

/** Promise 17: it stops itself. */
describe('far more messages than usual', () => {
  it.each([
    [1_000, [], false, 'the first run has nothing to compare with'],
    [50, [1], false, 'fifty is never unusual'],
    [51, [1], true, 'fifty-one is, where one was usual'],
    [90, [30, 30], false, 'three times the usual'],
    [91, [30, 30], true, 'more than three times the usual'],
  ])('%d after %p: held %p (%s)', (messages, recent, expected) => {
    expect(isUnusualVolume(messages, recent)).toBe(expected);
  });

  it('holds the run for a person, who can still let it go', async () => {
    const desk = await Desk.open('2026-10-20');
    await desk.invoice(await desk.debtor('Eerste BV'), 'F-0', { due: '2026-10-01', cents: 50_00 });
    await desk.planAndApprove();
    for (let index = 1; index <= 51; index += 1)
      await desk.invoice(await desk.debtor(`Debtor ${index}`, { email: `d${index}@klant.example` }), `F-${index}`, {
        due: '2026-10-01',
        cents: 50_00,
      });
    const run = await desk.plan();
    expect(run).toMatchObject({ state: 'held', stateReason: 'VOLUME_UNUSUAL', summary: { messages: 51 } });
    expect(await desk.tasks()).toMatchObject([{ kind: 'run-held' }]);
    await desk.as('collector').post(`/dunning-runs/${run.id}/apply`).expect(409);
    expect(await desk.messages()).toHaveLength(1);
    expect(await desk.approve(run)).toMatchObject({ state: 'applied', applied: { messages: 51 } });
    await desk.close();
  });
});

/** Promise 3: never on stale books. */
describe('stale books', () => {
  const books = (facts: Partial<AdministrationFacts>) =>
    ({ connectionState: 'active', booksAgeMinutes: 10, dunning: {}, ...facts }) as AdministrationFacts;

  it.each([
    ['fresh', books({}), null],
    ['as old as may be', books({ booksAgeMinutes: 1_440 }), null],
    ['a little older', books({ booksAgeMinutes: 1_440.1 }), 'STALE_BOOKS'],
    ['never pulled', books({ booksAgeMinutes: null }), 'STALE_BOOKS'],
    [
      'older than the own, stricter limit',
      books({ booksAgeMinutes: 61, dunning: { maxStalenessMinutes: 60 } }),
      'STALE_BOOKS',
    ],
    ['fresh, but the connection is lost', books({ connectionState: 'needs_reconnect' }), 'CONNECTION_LOST'],
  ])('%s', (_, administration, expected) => {
    expect(staleReason(administration, 1_440)).toBe(expected);
  });
});
