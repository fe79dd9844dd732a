import type { Budget, BudgetSeen, CallCost, Declaration } from '../../connectors/contract/index.js';

/** A budget as one call meets it: whose it is, and how much. */
export interface BudgetLine {
  readonly label: string;
  readonly scope: 'app' | 'administration';
  /** `app`, `administration:<id at the source>` or `connection:<id>`. */
  readonly holder: string;
  readonly limit: number;
  readonly reserve: number;
  readonly perSeconds: number;
  readonly timeZone: string;
}

/** The budget of errors of one endpoint. */
export interface ErrorLine {
  readonly administration: string;
  readonly endpoint: string;
  readonly limit: number;
  readonly stopAt: number;
  readonly perSeconds: number;
  readonly statuses: readonly number[];
}

const DAY_SECONDS = 86_400;
/** Of a minute a scheduled pull leaves a thirtieth, of a day a twentieth. */
const RESERVE_PARTS = { short: 30, long: 20 };

/** PURE. What a scheduled pull leaves of each window, for people and for write-backs. */
export function reserveOf({ reserve, perSeconds }: Pick<Budget, 'reserve' | 'perSeconds'>, limit: number): number {
  return reserve ?? Math.ceil(limit / (perSeconds >= DAY_SECONDS ? RESERVE_PARTS.long : RESERVE_PARTS.short));
}

/** PURE. The budgets that a call takes from; none when the source does not count it. */
export function linesOf(declaration: Pick<Declaration, 'budgets'>, cost: CallCost, connectionId: string): BudgetLine[] {
  if (cost.units === 0) return [];
  return callBudgets(declaration).map((budget) => ({
    label: budget.label,
    scope: budget.scope,
    holder: holderOf(budget.scope, cost.administration, connectionId),
    limit: budget.count,
    reserve: reserveOf(budget, budget.count),
    perSeconds: budget.perSeconds,
    timeZone: budget.timeZone ?? 'UTC',
  }));
}

type CallBudget = Budget & { readonly scope: BudgetLine['scope'] };

/** PURE. Budgets that count calls. */
export function callBudgets({ budgets }: Pick<Declaration, 'budgets'>): CallBudget[] {
  return budgets.filter(
    (budget): budget is CallBudget => (budget.counts ?? 'calls') === 'calls' && budget.scope !== 'endpoint',
  );
}

/** PURE. A source that counts per something wider than an administration names none: then it is the connection. */
function holderOf(scope: BudgetLine['scope'], administration: string | null, connectionId: string): string {
  if (scope === 'app') return 'app';
  return administration === null ? `connection:${connectionId}` : `administration:${administration}`;
}

/** PURE. Under which names the limits of one administration may stand. */
export function holdersOf({ connectionId, sourceId }: { connectionId: string; sourceId: string }): string[] {
  return [`administration:${sourceId}`, `connection:${connectionId}`];
}

/** PURE. The budget of errors of the call's endpoint; null when the source counts none. */
export function errorLineOf({ budgets }: Pick<Declaration, 'budgets'>, cost: CallCost): ErrorLine | null {
  const budget = budgets.find(({ counts }) => counts === 'errors');
  if (budget === undefined) return null;
  return {
    administration: cost.administration ?? '',
    endpoint: cost.endpoint,
    limit: budget.count,
    stopAt: budget.stopAt ?? budget.count,
    perSeconds: budget.perSeconds,
    statuses: budget.errorStatuses ?? [],
  };
}

const SECONDS = { minute: 60, day: DAY_SECONDS } as const satisfies Record<BudgetSeen['scope'], number>;

/**
 * PURE. Which budget a header speaks of. Of several with the same window it is the one whose limit it names; a limit
 * that nobody declared (a certified app's) is the narrower one's, unless that is already known to be lower.
 */
export function lineSeen(
  lines: readonly BudgetLine[],
  seen: BudgetSeen,
  limitSeen: (line: BudgetLine) => number | null,
): BudgetLine | null {
  const candidates = lines.filter(({ perSeconds }) => perSeconds === SECONDS[seen.scope]);
  const named = candidates.find((line) => (limitSeen(line) ?? line.limit) === seen.limit);
  const narrow = candidates.find(({ scope }) => scope === 'administration');
  const known = narrow === undefined ? null : limitSeen(narrow);
  const isWider = known !== null && seen.limit !== null && seen.limit > known;
  return named ?? (isWider ? candidates.find(({ scope }) => scope === 'app') : narrow) ?? candidates[0] ?? null;
}
