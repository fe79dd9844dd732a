import type { SourceAdministration } from '../../ledger/domain/index.js';
import { SourceError, type CheckResult, type ConnectorContext } from '../contract/index.js';
import { deletedTransactions, read, search } from './client.js';
import { askAgain } from './cluster.js';
import { DEBTOR_TYPE } from './dimensions.js';
import { CUSTOMER_TRANSACTIONS } from './wire.js';
import { filled, toStamp } from './wire-values.js';
import { attributeOf, childrenOf, element, textOf } from './xml.js';

/** Who is connected and which offices the user reaches. The cluster is asked for anew: a user may have moved. */
export async function check(context: ConnectorContext): Promise<CheckResult> {
  const { user, organisation } = await askAgain(context);
  const { root } = await read(context, null, element('list', [element('type', 'offices')]));
  const offices = childrenOf(root.node, 'office').map((office) => ({
    code: textOf(office).trim(),
    name: filled(attributeOf(office, 'name')) ?? filled(attributeOf(office, 'shortname')),
  }));
  const named = offices.filter(({ code }) => code !== '');
  const countries = await findCountries(context, named[0]?.code ?? null);
  return {
    user,
    administrations: named.map(({ code, name }): SourceAdministration => {
      const country = countries.get(code) ?? null;
      return {
        sourceId: code,
        name: name ?? code,
        country,
        currency: country !== null && EURO.has(country) ? 'EUR' : null,
        // In another organisation the same code means other books.
        rebaseMarkers: { organisation },
      };
    }),
  };
}

/** No list says in which currency an office keeps its books; in these countries it is not a question. */
const EURO = new Set(['NL', 'BE', 'DE', 'FR', 'LU', 'IE', 'ES', 'PT', 'IT', 'AT', 'FI']);

const MOST_OFFICES = 10_000;

/** The Finder's third column of an office is its country. A user who may not search offices simply gets no countries. */
async function findCountries(context: ConnectorContext, office: string | null): Promise<ReadonlyMap<string, string>> {
  if (office === null) return new Map();
  try {
    const wanted = { type: 'OFF', firstRow: 1, maxRows: MOST_OFFICES, options: {} };
    const { rows } = await search(context, office, wanted);
    return new Map(rows.flatMap(([code = '', , country = '']) => (/^[a-z]{2}$/i.test(country) ? [[code, country.toUpperCase()]] : []))); // prettier-ignore
  } catch (error) {
    if (error instanceof SourceError && (error.kind === 'scope_missing' || error.kind === 'contract_changed'))
      return new Map();
    throw error;
  }
}

export interface RightSeen {
  readonly object: string;
  readonly allowed: boolean;
  readonly message: string | null;
}

/**
 * The user's rights per object, tried with the smallest question of each. Twinfield has no question about rights, and
 * whether a comment may be written shows only when one is.
 */
export async function rights(context: ConnectorContext, office: string): Promise<readonly RightSeen[]> {
  const definition = element('read', [element('type', 'browse'), element('office', office), element('code', CUSTOMER_TRANSACTIONS)]); // prettier-ignore
  const receivables = await tryTo(() => read(context, office, definition));
  const today = `${context.clock.now().toISOString().slice(0, 10)}T00:00:00`;
  return [
    { object: 'debtors', ...(await tryTo(() => findOne(context, office))) },
    { object: 'receivables', ...receivables },
    { object: 'deletions', ...(await tryTo(() => deletedTransactions(context, office, today))) },
    { object: 'open-items', ...receivables },
    { object: 'notes', allowed: true, message: 'Twinfield shows only at the first write whether the user may change debtors.' }, // prettier-ignore
  ];
}

function findOne(context: ConnectorContext, office: string): Promise<unknown> {
  const options = { dimtype: DEBTOR_TYPE, office, modifiedsince: toStamp(context.clock.now()) };
  return search(context, office, { type: 'DIM', firstRow: 1, maxRows: 1, options });
}

async function tryTo(attempt: () => Promise<unknown>): Promise<Omit<RightSeen, 'object'>> {
  try {
    await attempt();
    return { allowed: true, message: null };
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'scope_missing') return { allowed: false, message: error.message }; // prettier-ignore
    throw error;
  }
}
