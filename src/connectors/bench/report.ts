import type { Mapped } from '../../ledger/domain/index.js';
import type { Report } from './run-plan.js';

/** One line of JSON per mapped record, in the order in which they came. Amounts are text in minor units. */
export function toRecordLines({ objects }: Report): string {
  return objects.flatMap(({ object, mapped }) => mapped.map((each) => `${toJson({ object, ...each })}\n`)).join('');
}

/** What came of it, for people: counts per object, what was refused and why, and what failed. */
export function toSummary({ check, rights, objects, writes, failures }: Report): string {
  const lines = [
    check === null ? 'check    failed' : `check    ${check.user}, administrations: ${check.administrations.map(({ sourceId, name }) => `${sourceId} (${name})`).join(', ') || 'none'}`, // prettier-ignore
    ...rights.filter(({ allowed }) => !allowed).map(({ object, message }) => `missing  ${object}: ${message ?? ''}`),
    ...objects.map(({ object, pages, more, mapped }) => `pull     ${object}: ${countsOf(mapped)} on ${pages} page${pages === 1 ? '' : 's'}${more ? ', and there is more' : ''}`), // prettier-ignore
    ...objects.flatMap(({ mapped }) => mapped.flatMap(refusalOf)),
    ...writes.map(({ operation, pushed, probed }) => `write    ${operation}: ${pushed?.outcome ?? 'failed'}, asked afterwards: ${probed?.outcome ?? 'not asked'}`), // prettier-ignore
    ...failures.map(({ kind, message }) => `FAILED   ${kind}, ${message}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function countsOf(mapped: readonly Mapped[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of mapped) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ') || 'nothing';
}

function refusalOf(each: Mapped): string[] {
  return each.outcome === 'rejected' ? [`rejected ${each.sourceId}: ${each.reason}, ${each.message}`] : [];
}

function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? each.toString() : each));
}
