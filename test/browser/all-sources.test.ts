import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startDemo, type Demo } from '../../sandbox/demo/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { eventually, freePort } from '../support/product.js';
import { openChromium } from './support/chromium.js';

interface SourceUser {
  readonly userName: string;
  readonly password: string;
}

interface TwinfieldBooks {
  readonly offices: readonly { readonly customers: readonly { readonly code: string; readonly written: object }[] }[];
}

interface ClearFactsBooks {
  readonly administrations: readonly {
    readonly notes: readonly object[];
    readonly dunning: readonly object[];
    readonly appInfo: object | null;
  }[];
}

const day = (offset: number): string =>
  new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10).split('-').toReversed().join('-');

/** Three open items as an ordinary package would export them. */
const OPEN_ITEMS = [
  'Debiteurnummer;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Openstaand',
  `1001;Van der Heijden & Zonen Installatietechniek BV;F-2026-0001;${day(-50)};${day(-20)};1.234,56`,
  `1001;Van der Heijden & Zonen Installatietechniek BV;F-2026-0002;${day(-20)};${day(10)};100,00`,
  `1002;Bakkerij 't Hoekje;F-2026-0003;${day(-40)};${day(-10)};65,44`,
].join('\r\n');

/** Promise of the demo: every source is offered, connects by its own pages, is pulled, and keeps what was written back. */
describe('every source of the demo in the browser', () => {
  let database: TestDatabase;
  let dataDir: string;
  let demo: Demo;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'openpost-demo-'));
    const environment = { DATABASE_URL: database.url, LOG_LEVEL: 'error' };
    demo = await startDemo({ dataDir, port: await freePort(), say: () => undefined, environment });
    browser = await openChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'nl-NL' });
    page.setDefaultTimeout(20_000);
    await page.goto(demo.settings.publicUrl);
    await by('login-email').fill(demo.credentials.email);
    await by('login-password').fill(demo.credentials.password);
    await by('login-submit').click();
    await by('page-title').waitFor();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.close();
    await database?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const by = (id: string) => page.getByTestId(id);
  const open = (path: string) => page.goto(demo.settings.publicUrl + path);
  const stateOf = async <T>(sandbox: { readonly baseUrl: string }): Promise<T> =>
    (await (await fetch(`${sandbox.baseUrl}/__sandbox/state?rows=0`)).json()) as T;

  /** From the dialog over the package's own login and consent to books that were read once. Returns the administration. */
  async function connect(connector: string, user: SourceUser, sourceUrl: string): Promise<string> {
    await open('/connections');
    await by('connect').click();
    await by(`connector-${connector}`).click();
    await by('capabilities').waitFor();
    await by('go-to-consent').click();
    const password = page.locator('input[type=password]');
    await password.waitFor();
    expect(new URL(page.url()).origin).toBe(new URL(sourceUrl).origin);
    await page.locator('input:not([type=hidden]):not([type=password])').first().fill(user.userName);
    await password.fill(user.password);
    await page.locator('button[type=submit]').first().click();
    // The same page asks what the app may do, once somebody is signed in.
    await password.waitFor({ state: 'detached' });
    await page.locator('button[type=submit]').first().click();
    await page.waitForURL(/result=connected/);
    await by('pick-administration').first().check();
    await by('add-administrations').click();
    await page.waitForURL(/\/administrations\//);
    await page.locator('[data-testid=sync-result][data-state=complete]').waitFor({ timeout: 30_000 });
    return new URL(page.url()).pathname.split('/').pop()!;
  }

  async function fillHouseStyle(): Promise<void> {
    await by('tab-style').click();
    const form = by('house-style-form');
    await form.getByLabel('E-mailadres van de afzender').fill('debiteuren@voorbeeld.example');
    await form.getByLabel('IBAN om op te betalen').fill('NL91 ABNA 0417 1643 00');
    const saved = page.waitForResponse(
      (answer) => answer.request().method() === 'PATCH' && /\/administrations\/[^/]+$/.test(answer.url()),
    );
    await form.locator('button[type=submit]').click();
    expect((await saved).status()).toBe(200);
  }

  /** Plans, approves, and goes to the journal once nothing is on its way to the ledger any more. Returns the messages sent. */
  async function runAndSeeJournal(administrationId: string): Promise<number> {
    await open(`/runs?administration=${administrationId}`);
    await by('new-run').click();
    await by('start-run').click();
    await by('run-approve').click();
    await by('run-approve-confirm').click();
    await by('run-result').waitFor({ timeout: 30_000 });
    const sent = Number(await by('run-result').getAttribute('data-sent'));
    expect(sent).toBeGreaterThan(0);
    const states = await eventually(
      () =>
        database.sql<{ state: string; kind: string }>(
          `select state, kind from writeback where administration_id = $1`,
          [administrationId],
        ),
      (rows) =>
        rows.filter(({ kind }) => kind === 'note').length === sent && rows.every(({ state }) => state === 'applied'),
      30_000,
    );
    await by('see-writebacks').click();
    await by('writeback-row')
      .nth(states.length - 1)
      .waitFor();
    const shown = await by('writeback-row').allInnerTexts();
    expect(shown).toHaveLength(states.length);
    expect(shown.every((row) => row.includes('Geschreven'))).toBe(true);
    return sent;
  }

  it('offers all four sources', async () => {
    await open('/connections');
    await by('connect').click();
    await by('connector-files').waitFor();
    const names = await page.locator('[data-testid^=connector-] .op-strong').allInnerTexts();
    expect(names.toSorted()).toEqual([
      'Bestanden (CSV, Excel, UBL)',
      'ClearFacts (voorgestelde uitbreiding)',
      'Exact Online',
      'Twinfield',
    ]);
  }, 30_000);

  it('connects Twinfield, and after a run the comments of its customers say what was sent', async () => {
    const { twinfield } = demo.standIns;
    const administrationId = await connect('twinfield', twinfield.users[0]!, twinfield.loginUrl);
    await fillHouseStyle();
    const sent = await runAndSeeJournal(administrationId);
    const { offices } = await stateOf<TwinfieldBooks>(twinfield);
    const told = offices.flatMap(({ customers }) => customers).filter(({ written }) => JSON.stringify(written).includes('herinnering verstuurd')); // prettier-ignore
    expect(told).toHaveLength(sent);
  }, 60_000);

  it('connects ClearFacts, and after a run it has the notes, the status of invoices and the badge', async () => {
    const { clearfacts } = demo.standIns;
    const administrationId = await connect('clearfacts', clearfacts.users[0]!, clearfacts.loginUrl);
    await fillHouseStyle();
    const sent = await runAndSeeJournal(administrationId);
    const { administrations } = await stateOf<ClearFactsBooks>(clearfacts);
    expect(administrations[0]!.notes).toHaveLength(sent);
    expect(administrations[0]!.dunning.length).toBeGreaterThanOrEqual(sent);
    expect(JSON.stringify(administrations[0]!.appInfo)).toContain(String(sent));
  }, 60_000);

  it('takes a list of open items as a file, after its columns were looked at', async () => {
    await open('/connections');
    await by('connect').click();
    await by('connector-files').click();
    await by('setting-name').fill('Kwekerij Het Groene Hart BV');
    await by('go-to-consent').click();
    await page.waitForURL(/tab=files/);
    const file = { name: 'openstaande posten.csv', mimeType: 'text/csv', buffer: Buffer.from(OPEN_ITEMS) };
    await by('file-input').setInputFiles(file);
    await by('preview-row').nth(2).waitFor();
    expect(await by('preview-summary').innerText()).toContain('3 van 3 regels begrepen');
    await by('import-file').click();
    await by('file-row').getByText('Geïmporteerd').waitFor();
    const administrationId = new URL(page.url()).pathname.split('/').pop()!;
    await eventually(
      () => database.sql(`select from receivable where administration_id = $1 and open_amount > 0`, [administrationId]),
      (rows) => rows.length === 3,
    );
    await open(`/receivables?administration=${administrationId}`);
    await by('receivable-row').nth(2).waitFor();
    const shown = (await by('receivable-row').allInnerTexts()).join('\n');
    expect(shown).toContain('F-2026-0001');
    expect(shown).toContain('1.234,56');
    expect(shown).toContain('Van der Heijden & Zonen');
  }, 60_000);

  it('asks whether what a full pull missed is gone, and takes it out when an admin says so', async () => {
    const [planted] = await database.sql<{ administrationId: string }>(
      `insert into sweep (id, firm_id, administration_id, sync_id, object, live, record_ids, record_versions, state)
       select gen_random_uuid(), a.firm_id, a.id, gen_random_uuid(), 'receivables', 600, r.ids, r.versions, 'asked'
         from administration a join connection c on c.id = a.connection_id and c.connector = 'clearfacts',
         lateral (select array_agg(id) as ids, array_agg(source_version) as versions
                    from (select id, source_version from receivable where administration_id = a.id and deleted_at is null
                           order by id limit 60) chosen) r
       returning administration_id as "administrationId"`,
    );
    const { administrationId } = planted!;
    await open(`/administrations/${administrationId}`);
    expect(await by('sweep-question').innerText()).toContain('60 van de 600 openstaande posten');
    expect(await by('sweep-delete').isDisabled()).toBe(true);
    await by('sweep-note').fill('In het pakket nagekeken: de proefboekingen zijn verwijderd.');
    await by('sweep-delete').click();
    await by('sweep-question').waitFor({ state: 'detached' });
    expect(await by('sweep-row').innerText()).toContain('de proefboekingen zijn verwijderd');
    const [gone] = await database.sql<{ count: string }>(
      `select count(*) from receivable where administration_id = $1 and deleted_at is not null`,
      [administrationId],
    );
    expect(gone!.count).toBe('60');
  }, 30_000);
});
