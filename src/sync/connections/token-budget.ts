import { SourceError, type Declaration } from '../../connectors/contract/index.js';

/** PURE. Throws SourceError `quota_exhausted` when the source takes no more token requests today. Days are in UTC. */
export function checkTokenBudget(
  { name, budgets }: Pick<Declaration, 'name' | 'budgets'>,
  { tokenCalls, tokenDay }: { tokenCalls: number; tokenDay: string | null },
  now: Date,
): void {
  const budget = budgets.find(({ counts }) => counts === 'tokens');
  const today = now.toISOString().slice(0, 10);
  if (budget === undefined || tokenDay !== today || tokenCalls < budget.count) return;
  const until = new Date(Date.parse(today) + 86_400_000);
  throw new SourceError('quota_exhausted', `${name}: the token requests of today are used up.`, { until });
}
