import type { Book } from '../../../sandbox/books/index.js';
import { formatMinor } from '../../../src/kernel/index.js';
import { ADMIN } from '../../support/product.js';
import { Caller, signIn } from '../../api/support.js';
import type { World } from './world.js';

const PAUSE_MS = 100;

interface Standing {
  readonly pulling: number;
  readonly broken: readonly string[];
  readonly waitingRuns: readonly string[];
  readonly busyRuns: number;
  readonly uncertain: readonly string[];
  readonly moving: number;
  /** Administrations with a debtor who has an address and no message yet, and nothing under way. */
  readonly unreached: readonly string[];
}

const STANDING = `
select
  (select count(*)::int from sync where state in ('queued', 'running')) as pulling,
  (select coalesce(array_agg(why), '{}') from (
    select 'pull ' || state || ' ' || coalesce(error_kind, '') as why from sync where state in ('partial', 'failed') union all
    select 'run ' || state || ' ' || coalesce(state_reason, '') from dunning_run where state in ('held', 'failed') union all
    select 'write-back ' || kind || ' ' || coalesce(last_error_kind, '') from writeback where state in ('rejected', 'conflict')) b) as broken,
  (select coalesce(array_agg(id), '{}') from dunning_run where state = 'awaiting_approval') as "waitingRuns",
  (select count(*)::int from dunning_run where state in ('planning', 'approved', 'applying')) as "busyRuns",
  (select coalesce(array_agg(id), '{}') from message where state = 'uncertain') as uncertain,
  (select count(*)::int from message where state in ('queued', 'sending')) +
    (select count(*)::int from writeback w left join message m on m.id = w.message_id
      where w.state in ('pending', 'sending', 'unknown') and (m.state is null or m.state <> 'uncertain')) as moving,
  (select coalesce(array_agg(a.id), '{}') from administration a where a.first_loaded_at is null or exists (
    select from debtor d where d.administration_id = a.id and d.email is not null and d.deleted_at is null
      and exists (select from receivable r where r.debtor_id = d.id and r.open_amount > 0 and r.due_date < current_date - 20)
      and not exists (select from message m where m.debtor_id = d.id and m.state = 'sent'))) as unreached`;

/**
 * A collector with several books: brings the files, plans and approves runs, and answers what is uncertain by looking at
 * the mail server. Tries again whenever nobody answers.
 */
export class Collector {
  private caller: Caller | null = null;

  constructor(
    private readonly world: World,
    private readonly files: { readonly administrationId: string; readonly book: Book },
  ) {}

  /** Works until every debtor with an address got his message and nothing is left to do. */
  async work(deadline: number): Promise<void> {
    while (!(await this.step())) {
      if (Date.now() > deadline) throw new Error(`not done: ${JSON.stringify(await this.standing())}`);
      await new Promise((proceed) => setTimeout(proceed, PAUSE_MS));
    }
  }

  private async standing(): Promise<Standing> {
    return (await this.world.sql<Standing>(STANDING))[0]!;
  }

  private async step(): Promise<boolean> {
    const now = await this.standing();
    if (now.broken.length > 0) throw new Error(`stopped for a reason: ${JSON.stringify(now)}`);
    if (await this.bringNext()) return false;
    const [waiting] = now.waitingRuns;
    const [uncertain] = now.uncertain;
    if (waiting !== undefined) await this.send(`/dunning-runs/${waiting}/approve`);
    else if (uncertain !== undefined) await this.settle(uncertain);
    else if (now.pulling + now.busyRuns + now.moving > 0) return false;
    else if (now.unreached.length === 0) return true;
    else for (const id of now.unreached) await this.send(`/administrations/${id}/dunning-runs`);
    return false;
  }

  /** False when both lists are in. What died under way is brought or imported again. */
  private async bringNext(): Promise<boolean> {
    const { administrationId, book } = this.files;
    const known = await this.world.sql<{ id: string; name: string; state: string; kind: string }>(
      `select id, name, state, kind from import_file`,
    );
    for (const [name, lines] of [['debtors.csv', debtorsOf(book)], ['open items.csv', itemsOf(book)]] as const) {
      const found = known.find((file) => file.name === name);
      if (found?.state === 'imported') continue;
      if (found === undefined) await this.send(`/administrations/${administrationId}/files`, formOf(name, lines));
      else await this.take(found);
      return true;
    } // prettier-ignore
    return false;
  }

  private async take({ id, kind }: { id: string; kind: string }): Promise<void> {
    const seen = (await this.send(`/files/${id}/preview`)) as { mapping: object } | null;
    if (seen !== null) await this.send(`/files/${id}/import`, { kind, mapping: seen.mapping, confirmed: true });
  }

  private async settle(id: string): Promise<void> {
    const arrived = this.world.product.smtp.messages().some(({ messageId }) => messageId?.includes(id));
    await this.send(`/messages/${id}/settle`, { outcome: arrived ? 'sent' : 'not-sent', note: 'looked at the mails' });
  }

  /** A call that dies with the process may have been heard or not, which the next look tells: null then. */
  private async send(path: string, body: object = {}): Promise<unknown> {
    try {
      this.caller ??= await signIn(this.world.product.baseUrl, ADMIN);
      const answer = await this.caller.call('POST', path, body);
      // Heard before, and answered to nobody.
      if (answer.status >= 300 && answer.status !== 409) throw new Error(`${path}: ${answer.status} ${answer.text}`);
      return answer.json;
    } catch (error) {
      // What `fetch` throws when nobody answers, or not to the end; by its words, for its classes are other ones inside jest.
      if (!['TypeError: fetch failed', 'TypeError: terminated'].includes(String(error))) throw error;
      return null;
    }
  }
}

function formOf(name: string, lines: readonly string[]): FormData {
  const form = new FormData();
  form.append('file', new Blob([`${lines.join('\r\n')}\r\n`]), name);
  return form;
}

function debtorsOf({ debtors }: Book): string[] {
  const line = ({ id, name, email }: Book['debtors'][number]): string => [id, `"${name}"`, email ?? ''].join(';');
  return ['Klantnummer;Naam;E-mail', ...debtors.map(line)];
}

function itemsOf({ receivables }: Book): string[] {
  const day = (date: string): string => date.split('-').toReversed().join('-');
  const sum = (minor: number): string => formatMinor(BigInt(minor), 'EUR').replace('.', ',');
  const open = receivables.filter(({ openMinor }) => openMinor !== 0);
  const line = (each: Book['receivables'][number]): string =>
    [each.debtorId, each.invoiceNumber, day(each.invoiceDate), day(each.dueDate), sum(each.amountMinor), sum(each.openMinor)].join(';'); // prettier-ignore
  return ['Klantnummer;Factuurnummer;Factuurdatum;Vervaldatum;Factuurbedrag;Openstaand', ...open.map(line)];
}
