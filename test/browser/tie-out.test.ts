import type { Browser, Page } from 'playwright-core';
import { ADMIN, connectExact, eventually, startProduct, syncOnce, type Product } from '../support/product.js';
import { openChromium } from './support/chromium.js';

/** What a person sees when the books differ and when a connection is down, in a real browser. */
describe('differences and health in the browser', () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  let ids: { connectionId: string; administrationId: string };

  beforeAll(async () => {
    product = await startProduct({ size: 300, debtors: 30 });
    const api = await product.api();
    ids = await connectExact(product, api);
    await syncOnce(api, ids.administrationId);
    browser = await openChromium();
    page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'nl-NL' });
    page.setDefaultTimeout(20_000);
    await page.goto(product.baseUrl);
    await by('login-email').fill(ADMIN.email);
    await by('login-password').fill(ADMIN.password);
    await by('login-submit').click();
    await by('page-title').waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  const by = (id: string) => page.getByTestId(id);

  it('leads from the badge to the debtor and the line of a planted cent', async () => {
    const [planted] = await product.database.sql<{ number: string }>(
      `update receivable set open_amount = open_amount + 1 where id = (
         select id from receivable where kind = 'invoice' and open_amount > 0 and deleted_at is null order by id limit 1)
       returning invoice_number as number`,
    );
    await page.goto(`${product.baseUrl}/administrations/${ids.administrationId}`);
    await by('to-tie-out').click();
    await by('compare-now').click();
    await by('tie-out-line').waitFor();
    expect(await by('tie-out-line').innerText()).toContain(planted!.number);
    expect(await by('tie-out-debtor').count()).toBe(1);
    expect(await by('page-state').innerText()).toContain('1 debiteur sluit niet aan');
    await page.goto(`${product.baseUrl}/tasks?administration=${ids.administrationId}`);
    expect(await by('task-row').first().innerText()).toContain('De boeken sluiten niet aan');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    expect(wide).toBe(false);
  }, 60_000);

  it('tries a quarantined record again and says what came of it', async () => {
    await product.database.sql(
      `insert into rejected_record (firm_id, administration_id, object, source_id, reason, message, raw)
       select firm_id, id, 'receivables', 'odd', 'DATE_MISSING', 'DueDate is empty.', '{"ID": "odd"}' from administration`,
    );
    await page.goto(`${product.baseUrl}/administrations/${ids.administrationId}?tab=quarantine`);
    await by('quarantine-row').waitFor();
    await by('quarantine-retry').click();
    await page.getByText('Nog steeds niet te begrijpen').waitFor();
    expect(await by('quarantine-row').count()).toBe(1);
  }, 60_000);

  it('reconnects in the browser that began, and in no other', async () => {
    await product.database.sql(`update connection set state = 'needs_reconnect', broken_since = now()`);
    await page.goto(`${product.baseUrl}/debtors`);
    await by('connection-notice').getByRole('link').click();
    await page.waitForURL(/\/connections\//);
    await by('reconnect').first().click();
    const [user] = product.exact.users;
    await page.locator('input[name*="user" i]').fill(user!.userName);
    await page.locator('input[type=password]').fill(user!.password);
    await page.locator('button[type=submit]').first().click();
    const cookies = await page.context().cookies(product.baseUrl);
    expect(cookies.find(({ name }) => name.startsWith('openpost_consent_'))).toMatchObject({
      httpOnly: true,
      sameSite: 'Lax',
    });
    // Somebody else's browser gets the answer first.
    let callback = '';
    await page.route(`${product.exact.baseUrl}/**`, async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      const answer = await route.fetch({ maxRedirects: 0 });
      callback = answer.headers()['location'] ?? '';
      await route.fulfill({ status: 200, body: 'held back' });
    });
    await page.locator('button[type=submit]').first().click();
    await page.getByText('held back').waitFor();
    const stranger = await browser.newContext();
    const other = await stranger.newPage();
    await other.goto(callback);
    expect(other.url()).toContain('other-browser');
    await stranger.close();
    await page.goto(callback);
    await page.waitForURL(/result=connected/);
    await by('result-connected').waitFor();
    const api = await product.api();
    await eventually(
      () => api.get<{ state: string; brokenSince: string | null }>(`/connections/${ids.connectionId}`),
      ({ state, brokenSince }) => state === 'active' && brokenSince === null,
    );
  }, 60_000);
});
