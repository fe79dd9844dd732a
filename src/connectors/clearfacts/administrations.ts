import { isRecord } from '../../kernel/index.js';
import type { SourceAdministration } from '../../ledger/domain/index.js';
import { SourceError, type CheckResult, type ConnectorContext } from '../contract/index.js';
import { findCategory, NO_CATEGORY } from './archive.js';
import { read, readList } from './client.js';
import { PAGE_SIZE } from './declaration.js';
import { errorOf, isPartRefused } from './errors.js';
import type { Profile } from './profile.js';
import { ADMINISTRATIONS, CUSTOMER_DETAILS, CUSTOMERS, SALES_INVOICES, WRITE_PROBES } from './wire.js';
import { readText } from './wire-values.js';

/** Who is connected, and which administrations the consent reaches. */
export async function check(context: ConnectorContext): Promise<CheckResult> {
  const user = await userOf(context);
  const found = new Map<string, SourceAdministration>();
  for (let offset = 0; ; offset += PAGE_SIZE) {
    const variables = { offset, first: PAGE_SIZE };
    const rows = await readList(context, 'administrations', { query: ADMINISTRATIONS, variables });
    for (const row of rows.map(toAdministration)) if (row !== null) found.set(row.sourceId, row);
    if (rows.length < PAGE_SIZE) return { user, administrations: [...found.values()] };
  }
}

async function userOf(context: ConnectorContext): Promise<string> {
  const response = await context.http.request({ method: 'GET', url: '/oauth2-server/userinfo' });
  const error = errorOf(response, context.clock);
  if (error !== null) throw error;
  const claims = isRecord(response.body) ? response.body : {};
  const name = readText(claims, 'name') ?? readText(claims, 'username') ?? readText(claims, 'email') ?? readText(claims, 'sub'); // prettier-ignore
  if (name !== null) return name;
  throw new SourceError('contract_changed', 'ClearFacts does not say who is connected.', { status: response.status });
}

/**
 * PURE. null: not an administration. The number is kept bare, as every query takes it. ClearFacts has no currency: it
 * keeps Belgian books, and those are in euro.
 */
export function toAdministration(row: unknown): SourceAdministration | null {
  if (!isRecord(row)) return null;
  const sourceId = readText(row, 'companyNumber')?.replace(/^BE/i, '').replaceAll(/\D/g, '') ?? '';
  if (sourceId === '') return null;
  const address = isRecord(row['address']) ? row['address'] : {};
  const country = isRecord(address['country']) ? readText(address['country'], 'iso2') : null;
  return {
    sourceId,
    name: readText(row, 'name') ?? sourceId,
    country: country?.toUpperCase() ?? 'BE',
    currency: 'EUR',
    rebaseMarkers: {},
  };
}

export interface RightSeen {
  readonly object: string;
  readonly allowed: boolean;
  readonly message: string | null;
}

/** Tries each part of the API on one administration, without writing anything. */
export async function rights(
  context: ConnectorContext,
  administration: string,
  profile: Profile,
): Promise<readonly RightSeen[]> {
  const ask = { companyNumber: administration, offset: 0, first: 1 };
  const tryQuery = (query: string, variables: Readonly<Record<string, unknown>>) =>
    refusalOf(() => read(context, { query, variables }));
  const names = await tryQuery(CUSTOMERS, { companyNumber: administration, offset: 0 });
  const seen: RightSeen[] = [];
  if (profile === 'public') seen.push(right('debtors', names));
  else {
    const details = await tryQuery(CUSTOMER_DETAILS, { ...ask, modifiedSince: null });
    const invoices = await tryQuery(SALES_INVOICES, { ...ask, modifiedSince: null });
    seen.push(debtorsRight(names, details), right('receivables', invoices), right('open-items', invoices));
    seen.push(right('notes', await tryQuery(WRITE_PROBES.notes, {})));
  }
  seen.push(await documentsRight(context, administration));
  const status = profile === 'public' ? null : await tryQuery(WRITE_PROBES['dunning-status'], {});
  seen.push(right('states', status ?? (await tryQuery(WRITE_PROBES.badge, {}))));
  return seen;
}

/** What ClearFacts says against it; null when nothing. */
async function refusalOf(attempt: () => Promise<unknown>): Promise<string | null> {
  try {
    await attempt();
    return null;
  } catch (error) {
    if (isPartRefused(error)) return error.message;
    throw error;
  }
}

function right(object: string, refusal: string | null): RightSeen {
  return { object, allowed: refusal === null, message: refusal };
}

function debtorsRight(names: string | null, details: string | null): RightSeen {
  if (details === null) return right('debtors', null);
  const message = `Id and name only: ClearFacts does not offer more here. (${details})`;
  return names === null ? { object: 'debtors', allowed: true, message } : right('debtors', names);
}

async function documentsRight(context: ConnectorContext, administration: string): Promise<RightSeen> {
  let category: string | null = null;
  const refusal = await refusalOf(async () => {
    category = await findCategory(context, administration);
  });
  return right('documents', refusal ?? (category === null ? NO_CATEGORY : null));
}
