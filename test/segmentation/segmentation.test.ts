import { newId } from '../../src/kernel/index.js';
import { LedgerModule } from '../../src/ledger/index.js';
import { InProcessQueue } from '../../src/queue/index.js';
import { SegmentationModule, SegmentationService } from '../../src/segmentation/index.js';
import { createTestApi, type TestApi } from '../support/api.js';
import { authorBooks, type Books } from '../support/books.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../support/database.js';

interface Segment {
  readonly id: string;
  readonly reason: string;
  readonly reasonCode: string;
  readonly override: boolean;
}

/** It is 22 November 2026. Amounts in cents. */
describe('segmentation of an administration', () => {
  let database: TestDatabase;
  let api: TestApi;
  let service: SegmentationService;
  let firm: string;
  let books: Books;
  let administration: string;
  let prompt: string;
  let slow: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await createTestApi(database, { modules: [LedgerModule, SegmentationModule] });
    service = api.app.get(SegmentationService);
    firm = await addFirm(database);
    books = authorBooks(database, firm);
  });
  beforeEach(async () => {
    administration = await books.administration({ source_id: newId() });
    prompt = await books.debtor(administration, { code: '1', name: 'Prompt BV' });
    slow = await books.debtor(administration, { code: '2', name: 'Slow BV' });
    for (const month of ['06', '07', '08']) {
      await paid(prompt, `2026-${month}-10`, `2026-${month}-10`);
      await paid(slow, `2026-${month}-01`, `2026-${month}-28`);
    }
  });
  afterAll(async () => {
    await api.close();
    await database.close();
  });

  const paid = (debtor: string, due: string, settled: string) =>
    books.receivable(
      { administration, debtor },
      { due_date: due, amount: 10_000, open_amount: 0, settled_on: settled },
    );
  const segmentOf = async (debtor: string): Promise<Segment> =>
    ((await api.as(firm).get(`/debtors/${debtor}`).expect(200)).body as { segment: Segment }).segment;
  const patch = (debtor: string, body: object) => api.as(firm, 'collector').patch(`/debtors/${debtor}`).send(body);

  it('gives every debtor a profile and a segment with its reason, by the default rules', async () => {
    expect(await service.recompute(firm, administration)).toEqual({ debtors: 2, changed: 2 });
    expect(await segmentOf(prompt)).toMatchObject({ id: 'low-risk', reasonCode: 'CONDITIONS_MET', override: false });
    expect(await segmentOf(slow)).toMatchObject({ id: 'high-risk' });
    const { body } = await api.as(firm).get(`/debtors/${slow}`);
    expect(body).toMatchObject({
      profile: {
        asOf: '2026-11-22',
        paidCount: 3,
        paidAmount: { amount: '300.00', currency: 'EUR' },
        amountWeightedDaysLate: 27,
        shareOnTimeByCount: 0,
      },
    });
  });

  it('writes nothing when nothing changed, and only the debtor that changed otherwise', async () => {
    await service.recompute(firm, administration);
    expect(await service.recompute(firm, administration)).toEqual({ debtors: 2, changed: 0 });
    await paid(prompt, '2026-09-10', '2026-09-10');
    expect(await service.recompute(firm, administration)).toEqual({ debtors: 2, changed: 1 });
  });

  it('goes through more debtors than fit in one batch, each once', async () => {
    await database.sql(
      `insert into debtor (firm_id, administration_id, source_id, source_hash, code, name, kind)
       select $1, $2, 'n' || n, 'h', n::text, 'Debtor ' || n, 'business' from generate_series(1, 500) n`,
      [firm, administration],
    );
    expect(await service.recompute(firm, administration)).toEqual({ debtors: 502, changed: 502 });
    const { body } = await api.as(firm).get(`/administrations/${administration}/segments`).expect(200);
    expect(body).toMatchObject({
      version: 1,
      counts: { new: 500, 'low-risk': 1, 'high-risk': 1, normal: 0, special: 0 },
    });
  });

  it('leaves out what the ledger has deleted', async () => {
    await books.debtor(administration, { name: 'Gone', deleted_at: '2026-01-01' });
    await books.receivable(
      { administration, debtor: prompt },
      { due_date: '2026-01-01', amount: 1, deleted_at: '2026-02-01' },
    );
    expect(await service.recompute(firm, administration)).toEqual({ debtors: 2, changed: 2 });
    expect(await segmentOf(prompt)).toMatchObject({ id: 'low-risk' });
  });

  it('runs when the ledger changed', async () => {
    await api.queue.enqueue(
      'ledger-changed',
      { firmId: firm, administrationId: administration },
      { key: administration },
    );
    for (let attempt = 0; attempt < 100 && (await segmentOf(slow)) === null; attempt += 1)
      await new Promise((proceed) => setTimeout(proceed, 50));
    expect(await segmentOf(slow)).toMatchObject({ id: 'high-risk' });
  });

  it('recomputes in many processes at once and ends with one row per debtor', async () => {
    await Promise.all(Array.from({ length: 6 }, () => service.recompute(firm, administration)));
    const rows = await database.sql(`select debtor_id from debtor_profile where administration_id = $1`, [
      administration,
    ]);
    expect(rows).toHaveLength(2);
  });

  describe('its rules', () => {
    const RULES = [
      { id: 'vip', name: 'VIP', when: [{ field: 'amountWeightedDaysLate', op: '=', value: 0 }] },
      { id: 'rest', name: 'The rest', when: [] },
    ];
    const put = (rules: unknown, role: 'admin' | 'collector' = 'admin') =>
      api.as(firm, role).put(`/administrations/${administration}/segments`).send({ rules });

    it('start as the default, are versioned, sort the debtors again, and leave an audit entry', async () => {
      expect((await api.as(firm, 'viewer').get(`/administrations/${administration}/segments`)).body).toMatchObject({
        version: 1,
      });
      const { body } = await put(RULES).expect(200);
      expect(body).toEqual({ version: 2, rules: RULES, counts: { vip: 1, rest: 1 } });
      expect(await segmentOf(prompt)).toMatchObject({ id: 'vip' });
      const audit = await database.sql(
        `select actor, detail from audit_entry where action = 'segment-rules-changed' and subject_id = $1`,
        [administration],
      );
      expect(audit).toEqual([{ actor: 'admin@example.com', detail: { from: 1, to: 2 } }]);
    });

    it('stay the version they are when put again unchanged', async () => {
      await put(RULES).expect(200);
      expect((await put(RULES).expect(200)).body).toMatchObject({ version: 2 });
    });

    it('get one version each when two people put rules at once', async () => {
      const named = (name: string) => [{ id: 'all', name, when: [] }];
      await Promise.all(['One', 'Two', 'Three'].map((name) => put(named(name)).expect(200)));
      const versions = await database.sql(
        `select version from segment_ruleset where administration_id = $1 order by 1`,
        [administration],
      );
      expect(versions).toEqual([1, 2, 3, 4].map((version) => ({ version })));
    });

    it.each([
      [[], 'rules'],
      [[{ id: 'a', name: 'A', when: [{ field: 'mood', op: '=', value: 1 }] }, RULES[1]], 'rules[0].when[0].field'],
      [[RULES[1], RULES[1]], 'rules[0].when'],
    ])('are refused with the path of the mistake', async (rules, path) => {
      const { body } = await put(rules).expect(400);
      expect(body).toMatchObject({ code: 'INVALID_INPUT' });
      expect(JSON.stringify(body)).toContain(path);
    });

    it('are an admin’s to change', async () => {
      await put(RULES, 'collector').expect(403);
    });
  });

  describe('what people decide', () => {
    it('a chosen segment wins, says so, survives a recompute, and lets go', async () => {
      const { body } = await patch(slow, { segment: 'special' }).expect(200);
      expect(body).toMatchObject({
        segment: { id: 'special', override: true, reasonCode: 'CHOSEN_BY_PERSON' },
        overrides: { segment: 'special' },
      });
      await service.recompute(firm, administration);
      expect(await segmentOf(slow)).toMatchObject({ id: 'special', override: true });
      const released = await patch(slow, { segment: null }).expect(200);
      expect(released.body).toMatchObject({
        segment: { id: 'high-risk', override: false },
        overrides: { segment: null },
      });
    });

    it('keeps kind, language, contact and account manager beside what the ledger says', async () => {
      const { body } = await patch(prompt, {
        kind: 'consumer',
        language: 'fr',
        dunningContact: { name: 'Anne', email: 'anne@prompt.example' },
        accountManager: 'Bea',
      }).expect(200);
      expect(body).toMatchObject({
        kind: 'consumer',
        language: 'fr',
        dunningContact: { name: 'Anne', email: 'anne@prompt.example' },
        accountManager: 'Bea',
        overrides: { segment: null, kind: 'consumer', language: 'fr' },
      });
      expect((await patch(prompt, { kind: null, dunningContact: null }).expect(200)).body).toMatchObject({
        kind: 'business',
        language: 'fr',
        dunningContact: null,
        accountManager: 'Bea',
      });
    });

    it('leaves one audit entry per change and none for what stays the same', async () => {
      await patch(prompt, { language: 'fr', accountManager: 'Bea' }).expect(200);
      await patch(prompt, { language: 'fr', accountManager: 'Bea' }).expect(200);
      const entries = await database.sql(
        `select action, actor, detail from audit_entry where subject_id = $1 order by action`,
        [prompt],
      );
      expect(entries).toEqual([
        { action: 'debtor-account-manager-changed', actor: 'collector@example.com', detail: { from: null, to: 'Bea' } },
        { action: 'debtor-language-changed', actor: 'collector@example.com', detail: { from: null, to: 'fr' } },
      ]);
    });

    it.each([
      [{ segment: 'nowhere' }, 'segment'],
      [{ segment: 5 }, 'segment'],
      [{ kind: 'government' }, 'kind'],
      [{ language: 'de' }, 'language'],
      [{ dunningContact: { name: 'Anne', email: 'nobody' } }, 'dunningContact.email'],
      [{ dunningContact: { name: 'A\r\nBcc: x', email: 'a@example.com' } }, 'dunningContact.name'],
      [{ dunningContact: 'anne' }, 'dunningContact'],
      [{ dunningContact: [] }, 'dunningContact'],
      [{ name: 'Other' }, 'name'],
    ])('refuses %j and changes nothing', async (body, path) => {
      const answer = await patch(prompt, { accountManager: 'Bea', ...body }).expect(400);
      expect((answer.body as { errors: { path: string }[] }).errors.map((error) => error.path)).toContain(path);
      expect((await api.as(firm).get(`/debtors/${prompt}`)).body).toMatchObject({ accountManager: null });
    });

    it('is a collector’s to do, not a viewer’s', async () => {
      await api.as(firm, 'viewer').patch(`/debtors/${prompt}`).send({ language: 'fr' }).expect(403);
    });
  });

  it('says 404 to another firm and for what does not exist', async () => {
    const stranger = api.as(await addFirm(database, 'Other'));
    const rules = [{ id: 'all', name: 'All', when: [] }];
    await stranger.get(`/administrations/${administration}/segments`).expect(404);
    await stranger.put(`/administrations/${administration}/segments`).send({ rules }).expect(404);
    await stranger.patch(`/debtors/${prompt}`).send({ language: 'fr' }).expect(404);
    await api.as(firm).patch(`/debtors/${newId()}`).send({ language: 'fr' }).expect(404);
    await expect(service.recompute(await addFirm(database, 'Third'), administration)).rejects.toMatchObject({
      status: 404,
    });
  });

  it('takes jobs for one name once per process', () => {
    expect(api.queue).toBeInstanceOf(InProcessQueue);
    expect(() => api.queue.process('ledger-changed', 1, async () => undefined)).toThrow(/one handler/);
  });
});
