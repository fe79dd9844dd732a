import { applyBookCommand, type Book, type BookCommand, type BookReceivable } from '../../sandbox/books/index.js';
import type { SourceHttp, SourceResponse } from '../../src/connectors/contract/index.js';
import { formatMinor } from '../../src/kernel/index.js';
import { LocalSource } from '../../src/sync/connections/index.js';
import { bring, startFileEngine } from '../sync/files/support.js';
import type { StandIn } from './stage.js';

const TODAY = '2026-11-20';

/**
 * A package that can only export lists, and the real road of its files: uploaded over HTTP, taken into PostgreSQL, and
 * read by the connector through the engine's own way in. What a bookkeeper does becomes the next export.
 */
export async function startFilesStandIn(book: Book): Promise<StandIn> {
  const engine = await startFileEngine(book.name);
  const way = await engine.api.app.get(LocalSource, { strict: false }).open(engine);
  const requests: { method: string; path: string; status: number }[] = [];
  let poisoned = false;
  const importFile = async (name: string, lines: readonly string[]): Promise<void> => {
    const id = await bring(engine, name, `${lines.join('\r\n')}\r\n`);
    const { body: seen } = await engine.as.post(`/files/${id}/preview`).send({});
    const order = { kind: seen.kind as string, mapping: seen.mapping as object, confirmed: true };
    await engine.as.post(`/files/${id}/import`).send(order).expect(202);
  };
  await importFile('debiteuren.csv', debtorsOf(book));
  await importFile('openstaande posten.csv', itemsOf(book));
  // A command answers at once; the next call waits until its export has come in.
  let exported: Promise<void> = Promise.resolve();
  const http: SourceHttp = {
    request: async (request) => {
      await exported;
      const answer = await way.http.request(request);
      requests.push({ method: request.method, path: request.url, status: answer.status });
      const spoiled = poisoned && request.url.startsWith('/records') ? spoilFirst(answer) : answer;
      poisoned = poisoned && !request.url.startsWith('/records');
      return spoiled;
    },
  };
  return {
    baseUrl: '',
    clientId: '',
    clientSecret: '',
    users: [],
    requests,
    http,
    arm: () => (poisoned = true),
    applyBookCommand: (command) => {
      const payment = paymentsOf(book, command as BookCommand);
      applyBookCommand(book, command as BookCommand, TODAY);
      const name = payment === null ? 'openstaande posten.csv' : 'betalingen.csv';
      const lines = payment ?? itemsOf(book);
      exported = exported.then(() => importFile(name, lines));
    },
    setClock: () => undefined,
    close: () => engine.close(),
  };
}

function debtorsOf({ debtors }: Book): string[] {
  return ['Klantnummer;Naam;E-mail;BTW-nummer', ...debtors.map(({ id, name, email, vatNumber }) => [id, quoted(name), email ?? '', vatNumber ?? ''].join(';'))]; // prettier-ignore
}

function itemsOf(book: Book): string[] {
  const line = (each: BookReceivable): string =>
    [each.id, each.debtorId, each.invoiceNumber, dutchDate(each.invoiceDate), dutchDate(each.dueDate), dutchAmount(each.amountMinor), dutchAmount(each.openMinor)].join(';'); // prettier-ignore
  const headers = 'Regelnummer;Klantnummer;Factuurnummer;Factuurdatum;Vervaldatum;Factuurbedrag;Openstaand';
  return [headers, ...book.receivables.map(line)];
}

/** A payment is a file of its own; anything else shows in the next list. */
function paymentsOf(book: Book, command: BookCommand): string[] | null {
  if (command.kind !== 'pay' && command.kind !== 'part-pay') return null;
  const item = book.receivables.find(({ id }) => id === command.receivable)!;
  const amount = command.kind === 'pay' ? dutchAmount(item.openMinor) : command.amount.replace('.', ',');
  const on = dutchDate(command.on ?? TODAY);
  return ['Factuurnummer;Betaaldatum;Betaald bedrag', `${item.invoiceNumber};${on};${amount}`];
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const dutchDate = (date: string): string => date.split('-').toReversed().join('-');
const dutchAmount = (minor: number): string => formatMinor(BigInt(minor), 'EUR').replace('.', ',');

/** The same row with an amount that nobody can read. */
function spoilFirst({ body, ...answer }: SourceResponse): SourceResponse {
  const page = structuredClone(body) as { records: { row: { values: Record<string, unknown> } }[] };
  page.records[0]!.row.values['openAmount'] = 'veel';
  return { ...answer, body: page };
}
