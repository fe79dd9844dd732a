import { createClearFactsSandbox, type ClearFactsSandbox } from '../../../sandbox/clearfacts/index.js';
import { createBook, type Book } from '../../../sandbox/books/index.js';
import type { ApiClient } from '../../../sandbox/demo/api-client.js';
import { FormBrowser } from '../../../sandbox/demo/form-browser.js';
import { createTwinfieldSandbox, type TwinfieldSandbox } from '../../../sandbox/twinfield/index.js';
import { systemClock } from '../../../src/kernel/index.js';
import { connectExact } from '../../support/product.js';
import { addOverdueInvoices, overdueInvoice } from './story.js';
import { World } from './world.js';

const SIZE = { size: 90, debtors: 6 };
const HOUSE_STYLE = { senderName: 'Bakker Techniek BV', senderEmail: 'debiteuren@bakker.example', replyTo: 'debiteuren@bakker.example', iban: 'NL91ABNA0417164300', bic: 'ABNANL2A', accentColor: '#0f766e', signature: 'Bakker Techniek BV', addressLines: ['Industrieweg 14', '3542 AD Utrecht'], phone: null }; // prettier-ignore
/** Every call takes a while, so that a moment chosen at random lies in the middle of something. */
const LATENCY_MS = 100;

/** What a test can reach of the ledgers besides Exact Online. */
type Other = TwinfieldSandbox | ClearFactsSandbox;

/** One firm with books at Exact Online, Twinfield, ClearFacts and in files, worked at by processes that can be killed. */
export class FourLedgers {
  private constructor(
    readonly world: World,
    readonly twinfield: TwinfieldSandbox,
    readonly clearfacts: ClearFactsSandbox,
    readonly filed: Book,
  ) {}

  /** The same books each time, to the last id. */
  static async create(): Promise<FourLedgers> {
    const world = await World.create({ ...SIZE, seed: 7 });
    const today = new Date().toISOString().slice(0, 10);
    const [office, belgian, filed] = await Promise.all([
      createBook({ today, ...SIZE, seed: 11, code: 42 }),
      createBook({ today, ...SIZE, seed: 12, country: 'BE' }),
      createBook({ today, ...SIZE, seed: 13 }),
    ]);
    const twinfield = await createTwinfieldSandbox({ books: [office], clock: systemClock, quota: false });
    const clearfacts = await createClearFactsSandbox({ books: [belgian], clock: systemClock, profile: 'extended' });
    addOverdueInvoices(world);
    for (const { id } of office.debtors) overdueInvoice(twinfield, id);
    for (const { id } of belgian.debtors) overdueInvoice(clearfacts, id);
    return new FourLedgers(world, twinfield, clearfacts, filed);
  }

  async start(): Promise<void> {
    const { twinfield, clearfacts } = this;
    await this.world.start({
      TWINFIELD_LOGIN_URL: twinfield.baseUrl,
      TWINFIELD_CLIENT_ID: twinfield.clientId,
      TWINFIELD_CLIENT_SECRET: twinfield.clientSecret,
      CLEARFACTS_LOGIN_URL: clearfacts.baseUrl,
      CLEARFACTS_API_URL: `${clearfacts.baseUrl}/graphql`,
      CLEARFACTS_CLIENT_ID: clearfacts.clientId,
      CLEARFACTS_CLIENT_SECRET: clearfacts.clientSecret,
      CLEARFACTS_PROFILE: 'extended',
    });
  }

  /** Connects all four as a person does; their first pulls begin at once. Answers the administration of the files. */
  async connect(): Promise<string> {
    const api = await this.world.api();
    const { connector, settings } = { connector: 'files', settings: { name: 'Uit bestanden', currency: 'EUR', country: 'NL' } }; // prettier-ignore
    const { id } = await api.post<{ id: string }>('/connections', { connector, settings });
    const files = await enable(api, id, 'books');
    await connectOther(api, 'twinfield', this.twinfield);
    await connectOther(api, 'clearfacts', this.clearfacts);
    await connectExact(this.world.product, api);
    return files;
  }

  /** Calls that the ledgers and the mail server have met. */
  met(): number {
    const { exact, smtp } = this.world.product;
    return exact.requests.length + this.twinfield.requests.length + this.clearfacts.requests.length + smtp.messages().length; // prettier-ignore
  }

  async slowDown(): Promise<void> {
    const { exact, smtp } = this.world.product;
    for (const standIn of [exact, this.twinfield, this.clearfacts])
      standIn.arm({ kind: 'slow', match: '', count: 0, delayMs: LATENCY_MS });
    const slow = { kind: 'slow', count: 1_000, delayMs: LATENCY_MS };
    await fetch(`${smtp.baseUrl}/__sandbox/faults`, { method: 'POST', body: JSON.stringify(slow) });
  }

  async close(): Promise<void> {
    await this.world.close();
    await Promise.all([this.twinfield.close(), this.clearfacts.close()]);
  }
}

async function connectOther(api: ApiClient, connector: string, standIn: Other): Promise<void> {
  const { id, authorizeUrl } = await api.post<{ id: string; authorizeUrl: string }>('/connections', { connector });
  const [user] = standIn.users;
  const values = { user: user!.userName, password: user!.password };
  const browser = new FormBrowser();
  const login = await browser.open(authorizeUrl);
  const end = await browser.submitFirstForm(await browser.submitFirstForm(login, values), values);
  if (!end.url.includes('result=connected')) throw new Error(`not connected: ${end.url}`);
  const { items } = await api.get<{ items: { sourceId: string }[] }>(`/connections/${id}/administrations`);
  await enable(api, id, items[0]!.sourceId);
}

async function enable(api: ApiClient, connectionId: string, sourceId: string): Promise<string> {
  const { id } = await api.post<{ id: string }>('/administrations', { connectionId, sourceId });
  await api.patch(`/administrations/${id}`, { houseStyle: HOUSE_STYLE });
  return id;
}
