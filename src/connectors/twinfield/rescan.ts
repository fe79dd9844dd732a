import type { ConnectorContext, Page, Position, PullRequest, RescanRequest } from '../contract/index.js';
import { browse, read } from './client.js';
import { DEBTOR_TYPE } from './dimensions.js';
import { periodOf, slicesFrom } from './periods.js';
import { signpost, type RescanPosition } from './position.js';
import { stampOf } from './wire-values.js';
import { childOf, childrenOf, element, textOf, type XmlNode } from './xml.js';

/**
 * PURE. Debtors are read all at once, lines by book period from the running one back to the month of `from`: so lines are
 * found whose time of change is old, or did not move at all. Deleted transactions come as a whole list every time.
 */
export function rescan({ object, from, readAt }: RescanRequest): Position | null {
  if (object !== 'debtors' && object !== 'receivables') return null;
  const anchor = periodOf(readAt);
  const months = slicesFrom(anchor).findIndex((slice) => slice.from <= periodOf(from)) + 1;
  const slices = object === 'debtors' ? 1 : Math.max(1, months);
  return { version: 1, family: 'rescan', anchor, slice: 0, slices, until: signpost(readAt) } satisfies RescanPosition;
}

/** One page of a second reading: exactly one call. */
export function pullAgain(context: ConnectorContext, request: PullRequest, position: RescanPosition): Promise<Page> {
  return request.object === 'debtors'
    ? debtorsAgain(context, request, position)
    : linesAgain(context, request, position);
}

async function debtorsAgain(
  context: ConnectorContext,
  { administration }: PullRequest,
  position: RescanPosition,
): Promise<Page> {
  const question = element('read', [element('type', 'dimensions'), element('office', administration), element('dimtype', DEBTOR_TYPE)]); // prettier-ignore
  const { root, budgets } = await read(context, administration, question);
  // Where Twinfield names no moment, the debtor is taken as it is.
  const isSettled = (each: XmlNode): boolean =>
    (stampOf(textOf(childOf(each, 'modified'))) ?? position.until) <= position.until;
  const records = childrenOf(root.node, 'dimension').filter(isSettled);
  return { records, next: position, more: false, total: null, budgets };
}

async function linesAgain(
  context: ConnectorContext,
  { administration }: PullRequest,
  position: RescanPosition,
): Promise<Page> {
  const { from, to } = slicesFrom(position.anchor)[position.slice]!;
  const filters = { 'head.yearperiod': [from, to], 'head.status': ['normal'] } as const;
  const { rows, budgets } = await browse(context, administration, filters);
  const records = rows.filter(({ cells }) => (cells['line.modified'] ?? '') <= position.until);
  const slice = position.slice + 1;
  return { records, next: { ...position, slice }, more: slice < position.slices, total: null, budgets };
}
