import { validateScenario } from '../../../src/dunning/domain/index.js';
import { DEFAULT_SCENARIOS } from '../../../src/dunning/scenarios/default-scenarios.js';
import { readDefinitions, scenarioForSegment } from '../../../src/dunning/scenarios/scenario-definition.js';
import { Desk } from '../../support/dunning.js';

interface Item {
  readonly id: string;
  readonly version: number;
  readonly definition: { steps: { level: number; trigger: { days: number } }[]; segments: string[] };
}

describe('the scenarios that an administration starts with', () => {
  it('are all valid, as a set and one by one', () => {
    expect(readDefinitions({ scenarios: DEFAULT_SCENARIOS })).toHaveLength(DEFAULT_SCENARIOS.length);
    for (const { id, name, steps } of DEFAULT_SCENARIOS)
      expect(validateScenario({ id, name, steps }).steps).toEqual(steps);
  });

  it('never send a formal notice without a person', () => {
    const notices = DEFAULT_SCENARIOS.flatMap(({ steps }) => steps).filter((step) => step.template === 'formal-notice');
    expect(notices.length).toBeGreaterThan(0);
    expect(notices.every((step) => step.approval === 'required')).toBe(true);
  });

  it('are chosen by segment, and the standard one for any other', () => {
    const stored = DEFAULT_SCENARIOS.map((definition) => ({ definition, version: 1, createdAt: new Date(0) }));
    const chosen = (segment: string | null) => scenarioForSegment(stored, segment)?.definition.id;
    expect(['special', 'new', 'high-risk', 'something-else', null].map(chosen)).toEqual([
      'careful',
      'new',
      'standard',
      'standard',
      'standard',
    ]);
  });
});

describe('scenarios over HTTP', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open('2026-10-20');
  });
  afterEach(() => desk.close());

  const path = () => `/administrations/${desk.administration}/scenarios`;
  const get = async (): Promise<Item[]> =>
    ((await desk.as('viewer').get(path()).expect(200)).body as { items: Item[] }).items;
  const definitions = async () => (await get()).map((item) => item.definition);
  const put = (scenarios: unknown) => desk.as('admin').put(path()).send({ scenarios });

  it('start with the defaults, in version 1, the standard one first', async () => {
    const items = await get();
    expect(items.map(({ id, version }) => `${id} v${version}`)).toEqual([
      'standard v1',
      'careful v1',
      'new v1',
      'with-notice v1',
    ]);
  });

  it('give what changed a new version, and nothing else', async () => {
    const changed = await definitions();
    changed[0]!.steps[0]!.trigger.days = 10;
    const { body } = await put(changed).expect(200);
    expect((body as { items: Item[] }).items.map(({ id, version }) => `${id} v${version}`)).toEqual([
      'standard v2',
      'careful v1',
      'new v1',
      'with-notice v1',
    ]);
    await put(changed).expect(200);
    const kept = await desk.database.sql(
      `select version, current from scenario where key = 'standard' order by version`,
    );
    expect(kept).toEqual([
      { version: 1, current: false },
      { version: 2, current: true },
    ]);
    const audit = await desk.database.sql(`select action, detail from audit_entry`);
    expect(audit).toEqual([{ action: 'scenarios.changed', detail: { changed: ['standard'] } }]);
  });

  it('retire what is left out, and bring it back under the next version', async () => {
    const all = await definitions();
    await put(all.slice(0, 3)).expect(200);
    expect((await get()).map((item) => item.id)).toEqual(['standard', 'careful', 'new']);
    await put(all).expect(200);
    expect((await get()).at(-1)).toMatchObject({ id: 'with-notice', version: 2 });
  });

  it.each([
    [
      'two steps at one level',
      (s: Item['definition'][]) => (s[0]!.steps[1]!.level = 1),
      '$.scenarios[0].steps[1].level',
    ],
    ['a channel nobody serves', (s: object[]) => change(s, 'channel', 'webhook'), '$.scenarios[0].steps[0].channel'],
    ['an unknown template', (s: object[]) => change(s, 'template', 'sommatie'), '$.scenarios[0].steps[0].template'],
    ['an unknown key', (s: object[]) => change(s, 'colour', 'red'), '$.scenarios[0].steps[0].colour'],
    ['one segment twice', (s: Item['definition'][]) => s[1]!.segments.push('normal'), '$.scenarios[1].segments[1]'],
    ['one id twice', (s: object[]) => s.push(s[1]!), '$.scenarios[4].id'],
    ['no standard', (s: object[]) => s.shift(), '$.scenarios'],
  ] as [string, (scenarios: never) => unknown, string][])(
    'refuse %s by path, and store nothing',
    async (_, spoil, at) => {
      const scenarios = await definitions();
      spoil(scenarios as never);
      const { body } = await put(scenarios).expect(400);
      expect(body).toMatchObject({ code: 'INVALID_INPUT' });
      const { errors } = body as { errors: { path: string; expected: string }[] };
      expect(errors.map((error) => error.path)).toContain(at);
      expect(errors.every((error) => error.expected.length > 5)).toBe(true);
      expect((await get()).every((item) => item.version === 1)).toBe(true);
    },
  );

  it('name their version on every line and message that used them', async () => {
    const changed = await definitions();
    changed[0]!.steps[0]!.trigger.days = 5;
    await put(changed).expect(200);
    await desk.invoice(await desk.debtor('Jansen BV'), 'F-1', { due: '2026-10-15', cents: 50_00 });
    const run = await desk.planAndApprove();
    expect(await desk.lines(run)).toMatchObject([{ scenario: { id: 'standard', version: 2 } }]);
    const messages = await desk.database.sql('select scenario_key, scenario_version from message');
    expect(messages).toEqual([{ scenario_key: 'standard', scenario_version: 2 }]);
  });

  it('follow the segment of the debtor', async () => {
    const [special, plain] = [
      await desk.debtor('Gemeente', { segment_override: 'special' }),
      await desk.debtor('Jansen'),
    ];
    await desk.invoice(special, 'S-1', { due: '2026-10-10', cents: 50_00 });
    await desk.invoice(plain, 'P-1', { due: '2026-10-10', cents: 50_00 });
    expect(await desk.reasons(await desk.plan())).toEqual({ 'S-1': 'NOT_DUE_YET', 'P-1': 'STEP_DUE' });
  });

  it('are the admin’s to change', async () => {
    await desk.as('collector').put(path()).send({ scenarios: [] }).expect(403);
  });
});

function change(scenarios: object[], key: string, value: string): void {
  const [first] = scenarios as { steps: Record<string, unknown>[] }[];
  first!.steps[0]![key] = value;
}

describe('texts over HTTP', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open('2026-10-20');
  });
  afterAll(() => desk.close());

  const path = () => `/administrations/${desk.administration}/templates`;
  const get = async () =>
    ((await desk.as('viewer').get(path()).expect(200)).body as { items: Record<string, unknown>[] }).items;

  it('start with four texts in three languages', async () => {
    const items = await get();
    expect(items).toHaveLength(12);
    expect(items.every((item) => item['version'] === 1)).toBe(true);
  });

  it('refuse an unknown variable by name, and store nothing', async () => {
    const [item] = await get();
    const broken = { ...item, body: '{{ debtor.iq }} {% payment %} {% invoices %}' };
    const { body } = await desk
      .as('admin')
      .put(path())
      .send({ items: [broken] })
      .expect(400);
    expect(body).toMatchObject({
      errors: [{ path: '$.items[0].body', expected: expect.stringContaining('debtor.iq') as string }],
    });
    expect((await get()).every((each) => each['version'] === 1)).toBe(true);
  });

  it('give a changed text a new version, which the next message names', async () => {
    const item = (await get()).find((each) => each['key'] === 'first-reminder' && each['language'] === 'nl')!;
    const items = [{ ...item, subject: 'Even herinneren: {{ count }}' }];
    await desk.as('admin').put(path()).send({ items }).expect(200);
    await desk.invoice(await desk.debtor('Jansen BV'), 'F-1', { due: '2026-10-01', cents: 50_00 });
    await desk.planAndApprove();
    const messages = await desk.database.sql('select subject, template_key, template_version from message');
    expect(messages).toEqual([{ subject: 'Even herinneren: 1', template_key: 'first-reminder', template_version: 2 }]);
  });
});
