import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedConnectors } from '../../../src/connectors/index.js';
import { appOf, connector, folder, logInTo, startExact } from '../bench/support.js';

/** A folder of conversations with real packages (`openpost connector record`), for who has accounts there. */
const LIVE = process.env['OPENPOST_LIVE_RECORDINGS'];

interface Line {
  readonly object: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly record?: { readonly sourceId: string; readonly sourceVersion: string; readonly debtorSourceId?: string };
}

/** What a conversation with a real package has to bear out: every wrong thing in it. */
async function wrongIn(file: string): Promise<string[]> {
  const { code, out, err } = await connector(['replay', file]);
  if (code !== 0) return [err];
  const head = JSON.parse(readFileSync(file, 'utf8').split('\n')[0]!) as { connector: string };
  const { declaration } = installedConnectors({}).find((each) => each.declaration.id === head.connector)!;
  const lines = out.trim().split('\n').map((line) => JSON.parse(line) as Line); // prettier-ignore
  const wrong = lines.filter(({ outcome }) => outcome === 'rejected').map(({ object, reason }) => `${object}: rejected, ${reason}`); // prettier-ignore
  for (const row of declaration.objects.filter(({ cursor }) => cursor === 'row-version')) {
    const versions = lines.filter(({ object, record }) => object === row.object && record !== undefined).map(({ record }) => BigInt(record!.sourceVersion)); // prettier-ignore
    const falls = versions.filter((version, at) => at > 0 && version < versions[at - 1]!);
    if (falls.length > 0) wrong.push(`${row.object}: not in the order of versions`);
  }
  const known = new Set(lines.filter(({ outcome }) => outcome === 'debtor').map(({ record }) => record!.sourceId));
  const orphans = lines.filter(({ outcome, record }) => outcome === 'receivable' && !known.has(record!.debtorSourceId!)); // prettier-ignore
  if (orphans.length > 0) wrong.push(`receivables: ${orphans.length} of debtors that were not listed`);
  return wrong;
}

describe('a conversation with the real package bears out what the connector takes for granted', () => {
  const files = LIVE === undefined ? [] : readdirSync(LIVE).filter((name) => name.endsWith('.jsonl'));
  if (files.length > 0)
    it.each(files)('%s', async (name) => {
      expect(await wrongIn(join(LIVE!, name))).toEqual([]);
    });

  it('and one that does not is found out', async () => {
    const { standIn } = await startExact();
    const file = join(await folder(), 'talk.jsonl');
    const tokens = await logInTo('exact-online', standIn);
    const record = () => connector(['record', 'exact-online', ...appOf(standIn), '--token-file', tokens, '--out', file]); // prettier-ignore
    await record();
    expect(await wrongIn(file)).toEqual([]);
    standIn.arm({ kind: 'poison-record', match: 'sync/Cashflow/PaymentTerms', count: 0 });
    await record();
    await standIn.close();
    expect(await wrongIn(file)).toEqual([expect.stringMatching(/^receivables: rejected, [A-Z_]+$/)]);
  });
});
