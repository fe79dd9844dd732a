import { ApiClient } from './api-client.js';
import { FormBrowser } from './form-browser.js';

interface DemoFirm {
  readonly baseUrl: string;
  readonly credentials: { readonly email: string; readonly password: string };
  readonly sourceUser: { readonly user: string; readonly password: string };
  readonly say: (text: string) => void;
}

interface Listed<T> {
  readonly items: readonly T[];
}

interface SyncView {
  readonly id: string;
  readonly state: string;
  readonly progress: { readonly done: number; readonly total: number | null };
  readonly error: { readonly message: string } | null;
}

interface RunView {
  readonly id: string;
  readonly state: string;
  readonly summary: { readonly messages?: number; readonly lines?: number };
}

/** Connects the demo firm as a person would: the same API, the same login and consent pages. Does only what is still to do. */
export async function connectDemoFirm(firm: DemoFirm): Promise<void> {
  const api = new ApiClient(firm.baseUrl);
  await api.login(firm.credentials.email, firm.credentials.password);
  const connectionId = await ensureConnection(api, firm);
  const administrationId = await ensureAdministration(api, connectionId);
  await firstSync(api, administrationId, firm.say);
  await firstRun(api, administrationId, firm.say);
}

async function ensureConnection(api: ApiClient, firm: DemoFirm): Promise<string> {
  const { items } = await api.get<Listed<{ id: string; state: string }>>('/connections');
  const active = items.find((connection) => connection.state === 'active');
  if (active !== undefined) return active.id;
  const [existing] = items;
  const { id, authorizeUrl } =
    existing === undefined
      ? await api.post<{ id: string; authorizeUrl: string }>('/connections', { connector: 'exact-online' })
      : { id: existing.id, ...(await api.post<{ authorizeUrl: string }>(`/connections/${existing.id}/reconnect`)) };
  const browser = new FormBrowser();
  const login = await browser.open(authorizeUrl);
  const consent = await browser.submitFirstForm(login, firm.sourceUser);
  const end = await browser.submitFirstForm(consent, firm.sourceUser);
  if (!end.url.includes('result=connected'))
    throw new Error(`the demo connection was not made: ${new URL(end.url).search}`);
  firm.say('connection  Exact Online (sandbox) connected by OAuth');
  return id;
}

const HOUSE_STYLE = {
  senderName: 'Lindeboom Groothandel BV',
  senderEmail: 'debiteuren@lindeboom.example',
  replyTo: 'debiteuren@lindeboom.example',
  iban: 'NL91ABNA0417164300',
  bic: 'ABNANL2A',
  accentColor: '#0f766e',
  signature: 'Debiteurenbeheer\nLindeboom Groothandel BV',
  addressLines: ['Industrieweg 14', '3542 AD Utrecht'],
  phone: '030 555 01 00',
};

async function ensureAdministration(api: ApiClient, connectionId: string): Promise<string> {
  const { items } = await api.get<Listed<{ id: string }>>('/administrations');
  if (items[0] !== undefined) return items[0].id;
  const reachable = await api.get<Listed<{ sourceId: string; name: string }>>(
    `/connections/${connectionId}/administrations`,
  );
  const [first] = reachable.items;
  if (first === undefined) throw new Error('the demo consent reaches no administration');
  const { id } = await api.post<{ id: string }>('/administrations', { connectionId, sourceId: first.sourceId });
  await api.patch(`/administrations/${id}`, { houseStyle: HOUSE_STYLE });
  return id;
}

async function firstSync(api: ApiClient, administrationId: string, say: (text: string) => void): Promise<void> {
  const administration = await api.get<{ firstLoadedAt: string | null; debtorCount: number; receivableCount: number }>(
    `/administrations/${administrationId}`,
  );
  if (administration.firstLoadedAt !== null) {
    say(`books       ${administration.debtorCount} debtors, ${administration.receivableCount} receivables, as left`);
    return;
  }
  const { id } = await api.post<{ id: string }>(`/administrations/${administrationId}/syncs`, { full: true });
  for (;;) {
    const sync = await api.get<SyncView>(`/syncs/${id}`);
    showProgress(sync);
    if (sync.state === 'failed' || sync.state === 'partial')
      throw new Error(`the first sync ended ${sync.state}: ${sync.error?.message ?? ''}`);
    if (sync.state.startsWith('complete')) break;
    await new Promise((proceed) => setTimeout(proceed, 150));
  }
  const loaded = await api.get<{ debtorCount: number; receivableCount: number }>(
    `/administrations/${administrationId}`,
  );
  say(`first sync  ${loaded.debtorCount} debtors, ${loaded.receivableCount} receivables`);
}

const WIDTH = 30;

function showProgress({ progress }: SyncView): void {
  if (!process.stdout.isTTY) return;
  const share = progress.total === null || progress.total === 0 ? 0 : Math.min(1, progress.done / progress.total);
  const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
  process.stdout.write(
    `\rfirst sync  ${bar} ${progress.done}${progress.total === null ? '' : ` / ${progress.total}`}\r`,
  );
}

async function firstRun(api: ApiClient, administrationId: string, say: (text: string) => void): Promise<void> {
  const { items } = await api.get<Listed<RunView>>(`/administrations/${administrationId}/dunning-runs`);
  if (items.length > 0) return;
  const { id } = await api.post<{ id: string }>(`/administrations/${administrationId}/dunning-runs`);
  for (;;) {
    const run = await api.get<RunView>(`/dunning-runs/${id}`);
    if (run.state !== 'planning') {
      say(
        `first run   ${run.summary.messages ?? 0} messages ${run.state === 'awaiting_approval' ? 'wait for approval' : run.state}`,
      );
      return;
    }
    await new Promise((proceed) => setTimeout(proceed, 150));
  }
}
