import type { Clock } from '../../src/kernel/index.js';
import type { QuotaKind } from './options.js';

const MINUTE = 60_000;

/** Credits a minute per address, per app, and per app and organisation; the first is the same for everybody. */
export const LIMITS = {
  certified: { address: 1_000, client: 1_000, organisation: 500 },
  uncertified: { address: 1_000, client: 50, organisation: 25 },
} as const satisfies Record<QuotaKind, unknown>;

/** Calls at a time. */
export const CONCURRENCY = { client: 20, organisation: 10 } as const;

const LIFTED = 100_000_000;
export const QUERY_CREDITS = 1;
export const COMMAND_CREDITS = 3;

/** Who a call is counted against. */
export interface Payer {
  readonly address: string;
  readonly client: string;
  readonly organisation: string;
}

export type Verdict =
  | { readonly allowed: true; readonly headers: Record<string, string> }
  | { readonly allowed: false; readonly headers: Record<string, string> };

interface Bucket {
  readonly start: number;
  used: number;
}

/** The fair use policy: credits in a fixed clock minute, and how many calls may run side by side. */
export class Quota {
  private readonly buckets = new Map<string, Bucket>();
  private readonly running = new Map<string, number>();
  private readonly peaks = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly kind: QuotaKind | null,
    private readonly perOrganisation: number,
  ) {}

  /** Counts a call and answers the headers it gets. A refused call costs nothing and is not done. */
  take(payer: Payer, credits: number): Verdict {
    // Without limits the headers still speak, of one that nobody reaches: a client that heeds them must not crawl.
    if (this.kind === null) return { allowed: true, headers: headersOf(LIFTED, LIFTED, credits) };
    const now = this.clock.now().getTime();
    const levels = this.levelsOf(payer, now);
    const tightest = levels.reduce((least, each) => (left(each) < left(least) ? each : least));
    if (levels.some((level) => left(level) < credits))
      return { allowed: false, headers: this.refusal(now, tightest.limit) };
    for (const { bucket } of levels) bucket.used += credits;
    return { allowed: true, headers: headersOf(tightest.limit, left(tightest), credits) };
  }

  /** Starts a call; `null` when too many run already. The answer ends it. */
  enter(payer: Payer): (() => void) | null {
    const keys = [payer.client, `${payer.client} ${payer.organisation}`];
    const limits = [CONCURRENCY.client, this.perOrganisation];
    const counts = keys.map((key) => this.running.get(key) ?? 0);
    if (this.kind !== null && counts.some((count, index) => count >= limits[index]!)) return null;
    keys.forEach((key, index) => this.running.set(key, counts[index]! + 1));
    const peak = Math.max(this.peaks.get(payer.organisation) ?? 0, counts[1]! + 1);
    this.peaks.set(payer.organisation, peak);
    return () => keys.forEach((key) => this.running.set(key, (this.running.get(key) ?? 1) - 1));
  }

  /** The most calls that ever ran side by side, per organisation. */
  get mostAtOnce(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.peaks);
  }

  /** The headers of a refusal that is played, not earned. */
  refusalHeaders(): Record<string, string> {
    const limit = LIMITS[this.kind ?? 'certified'].organisation;
    return this.refusal(this.clock.now().getTime(), limit);
  }

  private refusal(now: number, limit: number): Record<string, string> {
    const wait = Math.max(1, Math.ceil((MINUTE - (now % MINUTE)) / 1_000));
    return { 'Retry-After': String(wait), ...headersOf(limit, 0, 0) };
  }

  private levelsOf(payer: Payer, now: number): { limit: number; bucket: Bucket }[] {
    const limits = LIMITS[this.kind ?? 'certified'];
    const bucket = (key: string): Bucket => {
      const start = now - (now % MINUTE);
      const known = this.buckets.get(key);
      if (known?.start === start) return known;
      const fresh = { start, used: 0 };
      this.buckets.set(key, fresh);
      return fresh;
    };
    return [
      { limit: limits.organisation, bucket: bucket(`organisation ${payer.client} ${payer.organisation}`) },
      { limit: limits.client, bucket: bucket(`client ${payer.client}`) },
      { limit: limits.address, bucket: bucket(`address ${payer.address}`) },
    ];
  }
}

function left({ limit, bucket }: { limit: number; bucket: Bucket }): number {
  return limit - bucket.used;
}

function headersOf(limit: number, remaining: number, credited: number): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Credited': String(credited),
  };
}
