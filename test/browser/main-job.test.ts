import type { Browser, Page } from 'playwright-core';
import { ADMIN, startProduct, type Product } from '../support/product.js';
import { openChromium } from './support/chromium.js';

/** What a person does on the first day, in a real browser, at desktop and phone width. */
describe.each([
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
])('the main job in the browser (%s)', (_name, viewport) => {
  let product: Product;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    product = await startProduct({ size: 2466, debtors: 100 });
    browser = await openChromium();
    page = await browser.newPage({ viewport, locale: 'nl-NL' });
    page.setDefaultTimeout(20_000);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  const by = (id: string) => page.getByTestId(id);

  it('signs in', async () => {
    await page.goto(product.baseUrl);
    await by('login-email').fill(ADMIN.email);
    await by('login-password').fill(ADMIN.password);
    await by('login-submit').click();
    await by('page-title').waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
  }, 60_000);

  it('connects Exact Online through its own login and consent pages', async () => {
    await page.goto(`${product.baseUrl}/connections`);
    await by('connect').first().click();
    await by('connector-exact-online').click();
    await by('capabilities').waitFor();
    await by('go-to-consent').click();
    const [user] = product.exact.users;
    await page.locator('input[name*="user" i]').fill(user!.userName);
    await page.locator('input[type=password]').fill(user!.password);
    await page.locator('button[type=submit]').first().click();
    await page.locator('button[type=submit]').first().click();
    await page.waitForURL(/result=connected/);
    await by('pick-administration').first().check();
    await by('add-administrations').click();
    await page.waitForURL(/\/administrations\//);
  }, 60_000);

  it('synchronises and shows that the books tie out', async () => {
    const result = page.locator('[data-testid=sync-result]').first();
    if (!(await result.isVisible())) await by('sync-now').click();
    await page.waitForFunction(
      () => document.querySelector('[data-testid=sync-result]')?.getAttribute('data-state') === 'complete',
      undefined,
      { timeout: 60_000 },
    );
    await by('tie-out').first().waitFor();
  }, 90_000);

  it('fills in the house style that a message needs', async () => {
    await page.getByTestId('tab-style').click();
    const form = by('house-style-form');
    await form.getByLabel('E-mailadres van de afzender').fill('debiteuren@lindeboom.example');
    await form.getByLabel('IBAN om op te betalen').fill('NL91 ABNA 0417 1643 00');
    await form.locator('button[type=submit]').click();
    await page.waitForFunction(async () => {
      const answer = (await (await fetch('/api/v1/administrations')).json()) as {
        items: { houseStyle: { iban: string | null } }[];
      };
      return answer.items[0]?.houseStyle.iban === 'NL91ABNA0417164300';
    });
  }, 60_000);

  it('plans a run, approves it, and sees the messages go out', async () => {
    await page.goto(`${product.baseUrl}/runs`);
    await by('new-run').click();
    await by('start-run').click();
    await by('run-approve').waitFor();
    await by('run-approve').click();
    await by('run-approve-confirm').click();
    await by('run-result').waitFor({ timeout: 15_000 });
    expect(Number(await by('run-result').getAttribute('data-sent'))).toBeGreaterThan(0);
    const expected = await product.database.sql<{ count: string }>('select count(*) from message');
    expect(Number(await by('run-result').getAttribute('data-sent'))).toBe(Number(expected[0]!.count));
  }, 120_000);

  it('sees what was written back to the ledger', async () => {
    const [{ count }] = (await product.database.sql<{ count: string }>('select count(*) from message')) as [
      { count: string },
    ];
    for (let attempt = 0; attempt < 300; attempt += 1) {
      const [open] = await product.database.sql<{ count: string }>(
        `select count(*) from writeback where state <> 'applied'`,
      );
      if (open!.count === '0') break;
      await page.waitForTimeout(200);
    }
    await page.goto(`${product.baseUrl}/writebacks`);
    await by('writeback-row').first().waitFor();
    const state = product.exact.state() as { divisions: { notes: unknown[]; documents: unknown[] }[] };
    expect(state.divisions[0]!.notes).toHaveLength(Number(count));
    expect(state.divisions[0]!.documents).toHaveLength(Number(count));
  }, 120_000);

  it('never scrolls sideways', async () => {
    for (const path of [
      '/',
      '/debtors',
      '/receivables',
      '/runs',
      '/messages',
      '/writebacks',
      '/connections',
      '/settings',
    ]) {
      await page.goto(`${product.baseUrl}${path}`);
      await by('page-title').waitFor();
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect({ path, overflow: Math.max(0, overflow) }).toEqual({ path, overflow: 0 });
    }
  }, 120_000);
});
