import { SourceError, type ConnectorContext, type Page, type Position, type PullRequest, type RescanRequest } from '../contract/index.js'; // prettier-ignore
import { isRecord } from '../../kernel/index.js';
import { readList } from './client.js';
import { PAGE_SIZE } from './declaration.js';
import { isPartRefused } from './errors.js';
import {
  CHANGES_START,
  LIST_START,
  lookBack,
  parsePosition,
  parseRescanPosition,
  settledAt,
  stepThroughChanges,
  stepThroughList,
  type ChangePosition,
  type ListPosition,
  type RescanPosition,
  type Step,
} from './position.js';
import type { Profile } from './profile.js';
import { readMoment } from './wire-values.js';
import { CUSTOMER_DETAILS, CUSTOMERS, OPEN_INVOICES, SALES_INVOICES } from './wire.js';

/** A list that ClearFacts gives by offset. */
interface List {
  readonly field: string;
  readonly query: string;
}

const LISTS = {
  customers: { field: 'customers', query: CUSTOMERS },
  customerDetails: { field: 'customerDetails', query: CUSTOMER_DETAILS },
  salesInvoices: { field: 'salesInvoices', query: SALES_INVOICES },
  openInvoices: { field: 'salesInvoices', query: OPEN_INVOICES },
} as const satisfies Record<string, List>;

/**
 * One page of an object. What ClearFacts does not offer for an administration gives an empty page, so that the rest of
 * the pull goes on; only the list of open items is then refused, because an empty one would say that nothing is open.
 */
export async function pull(context: ConnectorContext, request: PullRequest, profile: Profile): Promise<Page> {
  const again = parseRescanPosition(request.position);
  if (again !== null) return toPage(await changesAgain(context, request, again));
  const position = parsePosition(request.position);
  if (request.object === 'debtors') return pullDebtors(context, request, { position, profile });
  if (profile === 'public' || request.object === 'deletions') return toPage(nothing(position));
  if (request.object === 'open-items')
    return toPage(await listPage(context, request, { list: LISTS.openInvoices, position: asList(position) }));
  try {
    return toPage(await newChangesPage(context, request, { list: LISTS.salesInvoices, position: asChanges(position) }));
  } catch (error) {
    if (isPartRefused(error)) return toPage(nothing(position));
    throw error;
  }
}

/** With the extension: changes in full. Without it, or where it is refused: the public list of names. */
async function pullDebtors(
  context: ConnectorContext,
  request: PullRequest,
  { position, profile }: { position: ChangePosition | ListPosition; profile: Profile },
): Promise<Page> {
  // Half a list of names is finished before the extension is tried again.
  if (position.family === 'list') return toPage(await namesPage(context, request, { position, profile }));
  if (profile === 'public') return toPage(await namesPage(context, request, { position: LIST_START, profile }));
  try {
    return toPage(await newChangesPage(context, request, { list: LISTS.customerDetails, position }));
  } catch (error) {
    if (!isPartRefused(error)) throw error;
    return toPage(await namesPage(context, request, { position: LIST_START, profile }));
  }
}

async function namesPage(
  context: ConnectorContext,
  request: PullRequest,
  { position, profile }: { position: ListPosition; profile: Profile },
): Promise<Step<Position>> {
  const step = await listPage(context, request, { list: LISTS.customers, position });
  return step.more || profile === 'public' ? step : { ...step, next: CHANGES_START };
}

async function changesPage(
  context: ConnectorContext,
  { administration }: PullRequest,
  { list, position }: { list: List; position: ChangePosition },
): Promise<Step<ChangePosition>> {
  const variables = {
    companyNumber: administration,
    modifiedSince: position.since,
    offset: position.offset,
    first: PAGE_SIZE,
  };
  const rows = await readList(context, list.field, { query: list.query, variables });
  return stepThroughChanges(position, rows, PAGE_SIZE);
}

/** As far as everything has been read, less what is told late. */
async function newChangesPage(
  context: ConnectorContext,
  request: PullRequest,
  wanted: { list: List; position: ChangePosition },
): Promise<Step<Position>> {
  const step = await changesPage(context, request, wanted);
  return step.more ? step : { ...step, next: lookBack(step.next, context.clock.now()) };
}

/** PURE. A second reading of what has changed since the open period began; the public list is read whole anyway. */
export function rescan({ object, from, readAt }: RescanRequest, profile: Profile): Position | null {
  if (profile === 'public' || (object !== 'debtors' && object !== 'receivables')) return null;
  const changes = { ...CHANGES_START, since: from.toISOString() };
  const until = settledAt(readAt).toISOString();
  return { version: 1, family: 'rescan', changes, until } satisfies RescanPosition;
}

async function changesAgain(
  context: ConnectorContext,
  request: PullRequest,
  position: RescanPosition,
): Promise<Step<Position>> {
  const list = request.object === 'debtors' ? LISTS.customerDetails : LISTS.salesInvoices;
  try {
    const step = await changesPage(context, request, { list, position: position.changes });
    const until = Date.parse(position.until);
    const records = step.records.filter((row) => (momentOf(row) ?? until) <= until);
    const isPast = step.next.since !== null && Date.parse(step.next.since) > until;
    return { records, next: { ...position, changes: step.next }, more: step.more && !isPast };
  } catch (error) {
    if (isPartRefused(error)) return nothing(position);
    throw error;
  }
}

function momentOf(row: unknown): number | null {
  return isRecord(row) ? readMoment(row, 'modifiedAt') : null;
}

async function listPage(
  context: ConnectorContext,
  { administration }: PullRequest,
  { list, position }: { list: List; position: ListPosition },
): Promise<Step<Position>> {
  const first = list === LISTS.customers ? {} : { first: PAGE_SIZE };
  const variables = { companyNumber: administration, offset: position.offset, ...first };
  const rows = await readList(context, list.field, { query: list.query, variables });
  const step = stepThroughList(position, rows, PAGE_SIZE);
  const isDoubled = list === LISTS.openInvoices && (step === null || step.next.restarts > position.restarts);
  if (step !== null && !isDoubled) return step;
  throw new SourceError('position_invalid', 'The list moved while it was read; it has to be read from its start.');
}

function nothing(position: Position): Step<Position> {
  return { records: [], next: position, more: false };
}

function toPage({ records, next, more }: Step<Position>): Page {
  return { records, next, more, total: null, budgets: [] };
}

function asList(position: ChangePosition | ListPosition): ListPosition {
  return position.family === 'list' ? position : LIST_START;
}

function asChanges(position: ChangePosition | ListPosition): ChangePosition {
  return position.family === 'modified-time' ? position : CHANGES_START;
}
