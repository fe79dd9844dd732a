import { Inject, Injectable } from '@nestjs/common';
import type { BudgetSeen } from '../../connectors/contract/index.js';
import { CLOCK, type Clock } from '../../kernel/index.js';
import { lineSeen, type BudgetLine } from './budget-line.js';
import { limitOf, planGrant, type Grant, type OpenBudget } from './grant-plan.js';
import { freshWindow, GUARD_MS, learned, rolled, type SeenAt } from './quota-window.js';
import { QuotaRepository, type AppRef, type Resting, type StoredBudget } from './quota.repository.js';

/** What a call asks of the ledger. */
export interface Claim {
  readonly app: AppRef;
  readonly connectionId: string;
  readonly lines: readonly BudgetLine[];
  readonly units: number;
  readonly urgent: boolean;
}

export type ClaimAnswer =
  | { readonly granted: true; readonly until: number; readonly resting: readonly Resting[] | null }
  | { readonly granted: false; readonly until: number; readonly line: BudgetLine; readonly reserveOnly: boolean };

/** Units that this process may use without asking. */
interface Slice {
  units: number;
  /** Not to be used from then on. */
  readonly until: number;
  /** The windows that they were taken from, so that what is left goes back where it still counts. */
  readonly windows: readonly { readonly line: BudgetLine; readonly endsAt: number }[];
}

/** What this process knows of one set of budgets. */
interface Account {
  slice: Slice | null;
  /** Claims go to the database one after the other: the second finds what the first brought. */
  turn: Promise<unknown>;
  readonly seen: Map<string, SeenAt>;
  readonly limits: Map<string, number>;
}

/**
 * The books of what the sources allow, shared by all processes: a claim takes from every budget of a call in one
 * transaction. Far from a limit it takes a slice, and the next calls cost no round trip.
 */
@Injectable()
export class QuotaLedger {
  private readonly accounts = new Map<string, Account>();

  constructor(
    private readonly rows: QuotaRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes what a call costs, or says until when there is nothing. Never waits. */
  async claim(claim: Claim): Promise<ClaimAnswer> {
    const account = this.accountOf(claim);
    const atOnce = this.fromSlice(account, claim);
    if (atOnce !== null) return atOnce;
    const turn = account.turn.then(() => this.fromSlice(account, claim) ?? this.fromRows(account, claim));
    account.turn = turn.catch(() => undefined);
    return turn;
  }

  /** Hears what an answer's headers say. It reaches the others with this process's next claim. */
  learn(claim: Claim, budgets: readonly BudgetSeen[]): void {
    const account = this.accountOf(claim);
    const at = this.clock.now().getTime();
    for (const seen of budgets) {
      const line = lineSeen(claim.lines, seen, (each) => account.limits.get(nameOf(each)) ?? null);
      if (line === null) continue;
      account.seen.set(nameOf(line), { seen, at });
      if (seen.limit !== null) account.limits.set(nameOf(line), seen.limit);
      // Somebody else uses the same app: what we hold is not there any more.
      if (account.slice !== null && seen.remaining < account.slice.units) account.slice.units = seen.remaining;
    }
  }

  private fromSlice({ slice }: Account, { units }: Claim): ClaimAnswer | null {
    if (slice === null || slice.units < units || this.clock.now().getTime() >= slice.until) return null;
    slice.units -= units;
    return { granted: true, until: slice.until + GUARD_MS, resting: null };
  }

  private async fromRows(account: Account, claim: Claim): Promise<ClaimAnswer> {
    const { app, lines, connectionId, units } = claim;
    const now = this.clock.now();
    const heard = new Map(account.seen);
    const { result: grant, resting } = await this.rows.change({ app, lines, connectionId, now }, (stored) =>
      decide(stored, { account, claim, heard, now: now.getTime() }),
    );
    account.slice = null;
    for (const [name, seen] of heard) if (account.seen.get(name) === seen) account.seen.delete(name);
    if (!grant.granted) return grant;
    const windows = grant.windows.map(({ endsAt }, index) => ({ line: lines[index]!, endsAt }));
    account.slice = { units: grant.units - units, until: grant.sliceUntil, windows };
    return { granted: true, until: grant.sliceUntil + GUARD_MS, resting };
  }

  private accountOf({ app, lines }: Claim): Account {
    const key = [app.connector, app.app, ...lines.map(nameOf)].join('\n');
    const known = this.accounts.get(key);
    if (known !== undefined) return known;
    const fresh: Account = { slice: null, turn: Promise.resolve(), seen: new Map(), limits: new Map() };
    this.accounts.set(key, fresh);
    return fresh;
  }
}

interface Deciding {
  readonly account: Account;
  readonly claim: Claim;
  readonly heard: ReadonlyMap<string, SeenAt>;
  readonly now: number;
}

/** What is left of the last slice goes back, what was heard goes in, and then the claim is judged. */
function decide(stored: readonly StoredBudget[], { account, claim, heard, now }: Deciding) {
  const budgets = stored.map(({ line, window }): OpenBudget => {
    const known = window ?? freshWindow(line, now);
    const lent = account.slice?.windows.find((each) => nameOf(each.line) === nameOf(line));
    const back = lent?.endsAt === known.endsAt ? (account.slice?.units ?? 0) : 0;
    const current = rolled({ ...known, used: Math.max(0, known.used - back) }, line, now);
    const seen = heard.get(nameOf(line));
    return { line, window: seen === undefined ? current : rolled(learned(current, line, seen), line, now) };
  });
  const result: Grant = planGrant(budgets, claim, now);
  const changed = budgets.map(({ line, window }, index) => ({
    line,
    window: result.granted ? result.windows[index]! : window,
    limit: limitOf({ line, window }, budgets),
  }));
  return { result, changed };
}

function nameOf({ holder, perSeconds }: BudgetLine): string {
  return `${holder}/${perSeconds}`;
}
