/** A budget of calls as one administration meets it. */
export interface ForecastBudget {
  readonly perSeconds: number;
  readonly limit: number;
  readonly reserve: number;
  /** Units used in the running window. */
  readonly used: number;
  /** End of the running window, in ms. */
  readonly endsAt: number;
}

export interface ForecastFacts {
  /** Calls of a typical pull. */
  readonly callsPerRun: number;
  /** Whether that is what earlier pulls took, or only what the connector must ask at least. */
  readonly basis: 'history' | 'estimate';
  readonly budgets: readonly ForecastBudget[];
  /** The coming moments, a week at most. */
  readonly runs: readonly Date[];
}

export interface BudgetView {
  readonly limit: number;
  readonly reserve: number;
  readonly used: number;
  readonly remaining: number;
  readonly resetsAt: string;
}

/** What a schedule will cost, and whether the source allows it. */
export interface Forecast {
  readonly callsPerRun: number;
  readonly basis: 'history' | 'estimate';
  readonly runsLeftToday: number;
  readonly callsLeftToday: number;
  /** Of the busiest day of the coming week. */
  readonly runsPerDay: number;
  readonly callsPerDay: number;
  readonly day: BudgetView | null;
  readonly minute: BudgetView | null;
  /**
   * `day`: more calls in a day than the source allows us. `today`: only today, because much is used already.
   * `overlap`: a pull lasts longer than the time until the next. null: it fits.
   */
  readonly warning: 'day' | 'today' | 'overlap' | null;
}

const DAY_SECONDS = 86_400;
const DAY_MS = DAY_SECONDS * 1_000;

/** PURE. Days are those of the source, which counts by them. */
export function forecastOf(facts: ForecastFacts): Forecast {
  const { callsPerRun, basis, budgets, runs } = facts;
  const day = budgets.find(({ perSeconds }) => perSeconds >= DAY_SECONDS) ?? null;
  const minute = budgets.find(({ perSeconds }) => perSeconds < DAY_SECONDS) ?? null;
  const counts = runsByDay(runs, day?.endsAt ?? null);
  const runsLeftToday = counts.get(0) ?? 0;
  const runsPerDay = Math.max(0, ...counts.values());
  return {
    callsPerRun,
    basis,
    runsLeftToday,
    callsLeftToday: runsLeftToday * callsPerRun,
    runsPerDay,
    callsPerDay: runsPerDay * callsPerRun,
    day: day === null ? null : toView(day),
    minute: minute === null ? null : toView(minute),
    warning: warningOf(facts, { day, minute, runsLeftToday, runsPerDay }),
  };
}

/** How many of the moments fall in each of the source's days; 0 is today. Without a day's budget, days are 24 hours from the first. */
function runsByDay(runs: readonly Date[], endsAt: number | null): Map<number, number> {
  const end = endsAt ?? (runs[0]?.getTime() ?? 0) + DAY_MS;
  const counts = new Map<number, number>();
  for (const run of runs) {
    const day = run.getTime() < end ? 0 : 1 + Math.floor((run.getTime() - end) / DAY_MS);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return counts;
}

function warningOf(
  { callsPerRun, runs }: ForecastFacts,
  found: { day: ForecastBudget | null; minute: ForecastBudget | null; runsLeftToday: number; runsPerDay: number },
): Forecast['warning'] {
  const { day, minute, runsLeftToday, runsPerDay } = found;
  if (day !== null && runsPerDay * callsPerRun > day.limit - day.reserve) return 'day';
  const gaps = runs.slice(1).map((run, index) => run.getTime() - runs[index]!.getTime());
  if (minute !== null && secondsOf(callsPerRun, minute) * 1_000 > Math.min(Infinity, ...gaps)) return 'overlap';
  if (day !== null && runsLeftToday * callsPerRun > day.limit - day.reserve - day.used) return 'today';
  return null;
}

/** How long a pull lasts when nothing but the limit slows it. */
function secondsOf(calls: number, { limit, reserve, perSeconds }: ForecastBudget): number {
  const perWindow = Math.max(1, limit - reserve);
  return calls <= perWindow ? 0 : Math.ceil(calls / perWindow) * perSeconds;
}

function toView({ limit, reserve, used, endsAt }: ForecastBudget): BudgetView {
  const remaining = Math.max(0, limit - used);
  return { limit, reserve, used, remaining, resetsAt: new Date(endsAt).toISOString() };
}
