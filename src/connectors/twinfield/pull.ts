import type { LedgerObject } from '../../ledger/domain/index.js';
import type { BudgetSeen, ConnectorContext, Page, PullRequest } from '../contract/index.js';
import { browse, deletedTransactions, read, search } from './client.js';
import { DEBTOR_TYPE, readDimension } from './dimensions.js';
import { ALL_PERIODS, periodOf, slicesFrom } from './periods.js';
import {
  OPEN_STATUSES,
  parseDebtorPosition,
  parseDeletionPosition,
  parseLinePosition,
  parseOpenItemPosition,
  parseRescanPosition,
  signpost,
  type DebtorPosition,
  type DeletionPosition,
  type LinePosition,
} from './position.js';
import { remember, unseen } from './recent.js';
import { pullAgain } from './rescan.js';
import type { DeletedLine, DeletedTransaction, Filters } from './wire.js';
import { toStamp } from './wire-values.js';
import { childrenOf, element } from './xml.js';

type Pull = (context: ConnectorContext, request: PullRequest) => Promise<Page>;

const PULLS = {
  debtors: pullDebtors,
  receivables: pullLines,
  deletions: pullDeletions,
  'open-items': pullOpenItems,
} as const satisfies Record<LedgerObject, Pull>;

/** One page of an object: exactly one call, once the cluster is known. Twinfield has no page size, so `limit` does not matter. */
export function pull(context: ConnectorContext, request: PullRequest): Promise<Page> {
  const again = parseRescanPosition(request.position);
  return again === null ? PULLS[request.object](context, request) : pullAgain(context, request, again);
}

const page = (records: readonly unknown[], next: Page['next'], rest: { more: boolean; budgets: readonly BudgetSeen[] }): Page => ({ records, next, total: null, ...rest }); // prettier-ignore

/** More changed debtors than this, and reading all at once costs fewer credits than reading each. */
export const MOST_SINGLE_READS = 20;

async function pullDebtors(context: ConnectorContext, request: PullRequest): Promise<Page> {
  const position = parseDebtorPosition(request.position);
  if (position.after === null) return pullAllDebtors(context, request, position);
  const [code, ...todo] = position.todo;
  if (code === undefined) return findChanged(context, request, position.after);
  const { dimension, budgets } = await readDimension(context, request.administration, code);
  const after = todo.length === 0 ? (position.until ?? position.after) : position.after;
  const next: DebtorPosition = { ...position, after, until: todo.length === 0 ? null : position.until, todo };
  return page(dimension === null ? [] : [dimension], next, { more: todo.length > 0, budgets });
}

async function pullAllDebtors(
  context: ConnectorContext,
  { administration }: PullRequest,
  position: DebtorPosition,
): Promise<Page> {
  const request = element('read', [element('type', 'dimensions'), element('office', administration), element('dimtype', DEBTOR_TYPE)]); // prettier-ignore
  const { root, budgets } = await read(context, administration, request);
  const next: DebtorPosition = { ...position, after: signpost(context.clock.now()), until: null, todo: [] };
  return page(childrenOf(root.node, 'dimension'), next, { more: false, budgets });
}

async function findChanged(context: ConnectorContext, { administration }: PullRequest, after: string): Promise<Page> {
  const options = { dimtype: DEBTOR_TYPE, office: administration, modifiedsince: after };
  const wanted = { type: 'DIM', firstRow: 1, maxRows: MOST_SINGLE_READS + 1, options };
  const { rows, total, budgets } = await search(context, administration, wanted);
  const until = signpost(context.clock.now());
  const todo = rows.map(([code = '']) => code).filter((code) => code !== '' && code !== DEBTOR_TYPE);
  const isMany = Math.max(total, todo.length) > MOST_SINGLE_READS;
  const next: DebtorPosition = isMany
    ? { version: 1, family: 'dimensions', after: null, until: null, todo: [] }
    : { version: 1, family: 'dimensions', after: todo.length === 0 ? until : after, until: todo.length === 0 ? null : until, todo }; // prettier-ignore
  return page([], next, { more: isMany || todo.length > 0, budgets });
}

async function pullLines(context: ConnectorContext, request: PullRequest): Promise<Page> {
  const position = parseLinePosition(request.position);
  return position.slice === null
    ? pullChanged(context, request, position)
    : pullSlice(context, request, { ...position, slice: position.slice });
}

/** A slice of book periods, then one question for what changed meanwhile. */
async function pullSlice(
  context: ConnectorContext,
  { administration }: PullRequest,
  position: LinePosition & { readonly slice: number },
): Promise<Page> {
  const now = context.clock.now();
  const anchor = position.anchor ?? periodOf(now);
  const after = position.after ?? signpost(now);
  const slices = slicesFrom(anchor);
  const slice = slices[Math.min(position.slice, slices.length - 1)]!;
  const filters: Filters = {
    'head.yearperiod': [slice.from, slice.to],
    'head.status': ['normal'],
    ...(slice.openOnly ? { 'line.matchstatus': ['available'] as const } : {}),
  };
  const { rows, budgets } = await browse(context, administration, filters);
  const isLast = position.slice + 1 >= slices.length;
  const next: LinePosition = {
    ...position,
    after,
    anchor: isLast ? null : anchor,
    slice: isLast ? null : position.slice + 1,
    recent: remember(rows, after, position.recent),
  };
  return page(rows, next, { more: true, budgets });
}

const DAY_MS = 86_400_000;

async function pullChanged(
  context: ConnectorContext,
  { administration }: PullRequest,
  position: LinePosition,
): Promise<Page> {
  const now = context.clock.now();
  // Twinfield's clock may be ahead of ours: a day is more than any clock is.
  const ahead = signpost(new Date(now.getTime() + DAY_MS));
  const filters: Filters = {
    'head.yearperiod': ALL_PERIODS,
    'head.status': ['normal'],
    'line.modified': [position.after ?? '', ahead],
  };
  const { rows, budgets } = await browse(context, administration, filters);
  const after = later(position.after, signpost(now));
  const next: LinePosition = { ...position, after, recent: remember(rows, after) };
  return page(unseen(rows, position.recent), next, { more: false, budgets });
}

/** Our clock may have been set back: what was read stays read. */
function later(left: string | null, right: string): string {
  return left !== null && left > right ? left : right;
}

/** The list comes whole; what was seen of it before is left out, and what is told late is looked back for. */
async function pullDeletions(context: ConnectorContext, request: PullRequest): Promise<Page> {
  const position = parseDeletionPosition(request.position);
  const { rows, budgets } = await deletedTransactions(context, request.administration, null);
  const isNew = (row: DeletedTransaction): boolean =>
    row.deletedAt === '' || (row.deletedAt >= position.after && !position.seen.includes(nameOf(row)));
  const recently = toStamp(new Date(context.clock.now().getTime() - RECENT_DAYS * DAY_MS));
  const records = rows.filter(isNew).flatMap((row) => linesOf(row, recently));
  return page(records, advance(position, rows, signpost(context.clock.now())), { more: false, budgets });
}

const RECENT_DAYS = 31;
const MOST_LINES = 100;

/**
 * The list names transactions, we know lines. The debtor's line of a sale is its first; money may have come with any
 * line of a bank statement. A line that never was simply matches nothing, so the first hundred are named; of what was
 * deleted long ago, and can only be in our books after a long absence, the first.
 */
function linesOf(row: DeletedTransaction, recently: string): readonly DeletedLine[] {
  const count = row.deletedAt >= recently ? MOST_LINES : 1;
  return Array.from({ length: count }, (_, index) => ({ ...row, line: index + 1 }));
}

const nameOf = ({ daybook, number }: DeletedTransaction): string => `${daybook}/${number}`;

/** Our place never goes beyond `settled`: before that moment, nothing new is told any more. */
function advance(position: DeletionPosition, rows: readonly DeletedTransaction[], settled: string): DeletionPosition {
  const last = rows.reduce((latest, { deletedAt }) => (deletedAt > latest ? deletedAt : latest), position.after);
  const after = later(position.after, last < settled ? last : settled);
  const before = after === position.after ? position.seen : [];
  const seen = new Set([...before, ...rows.filter(({ deletedAt }) => deletedAt >= after && after !== '').map(nameOf)]);
  return { ...position, after, seen: [...seen] };
}

async function pullOpenItems(context: ConnectorContext, request: PullRequest): Promise<Page> {
  const position = parseOpenItemPosition(request.position);
  const filters: Filters = {
    'head.yearperiod': ALL_PERIODS,
    'head.status': ['normal'],
    'line.matchstatus': [position.status],
  };
  const { rows, budgets } = await browse(context, request.administration, filters);
  const following = OPEN_STATUSES[OPEN_STATUSES.indexOf(position.status) + 1];
  const next = { ...position, status: following ?? OPEN_STATUSES[0] };
  return page(rows, next, { more: following !== undefined, budgets });
}
