import type { HintProfile } from '../../connectors/contract/index.js';
import type { HintRow } from './subscription.repository.js';

/** Hints of an administration as the API shows them. */
export interface HintView {
  /** `unsupported`: this package gives none. */
  readonly state: 'unsupported' | 'pending' | 'active' | 'refused' | 'off';
  readonly message: string | null;
  readonly topics: readonly string[];
  /** What hints do not tell. */
  readonly completeness: string | null;
  readonly checkedAt: string | null;
  /** When the source was last found to have forgotten the subscription, which was then made again. */
  readonly lostAt: string | null;
  readonly heardAt: string | null;
  readonly pullDueAt: string | null;
  readonly pulledAt: string | null;
  /** Webhooks by what became of them. */
  readonly counts: Readonly<Record<string, number>>;
}

/** PURE. */
export function toHintView(row: HintRow, profile: HintProfile | null): HintView {
  const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
  return {
    state: profile === null ? 'unsupported' : (row.state ?? 'pending'),
    message: row.message,
    topics: row.topics ?? [],
    completeness: profile?.completeness ?? null,
    checkedAt: iso(row.checkedAt),
    lostAt: iso(row.lostAt),
    heardAt: iso(row.heardAt),
    pullDueAt: iso(row.dueAt),
    pulledAt: iso(row.pulledAt),
    counts: row.counts ?? {},
  };
}
