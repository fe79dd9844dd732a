import { Injectable } from '@nestjs/common';
import type { Transaction } from '../persistence/index.js';
import { DEFAULT_SEGMENT_RULES, validateSegmentRules, type SegmentRule } from './domain/index.js';

export interface Ruleset {
  readonly version: number;
  readonly rules: readonly SegmentRule[];
}

/** The segment rules of an administration, every version of them. */
@Injectable()
export class RulesetRepository {
  /** The newest rules; an administration that has none gets the default ones as its version 1. */
  async current(transaction: Transaction, owner: { firmId: string; administrationId: string }): Promise<Ruleset> {
    const found = await newest(transaction, owner.administrationId);
    if (found !== null) return found;
    await transaction.query(
      `insert into segment_ruleset (administration_id, version, firm_id, rules, created_by) values ($1, 1, $2, $3, 'openpost')
       on conflict do nothing`,
      [owner.administrationId, owner.firmId, JSON.stringify(DEFAULT_SEGMENT_RULES)],
    );
    return (await newest(transaction, owner.administrationId)) ?? { version: 1, rules: DEFAULT_SEGMENT_RULES };
  }

  /** Writes the next version, unless nothing differs from the newest. The caller holds the administration's lock. */
  async replace(
    transaction: Transaction,
    owner: { firmId: string; administrationId: string; actor: string },
    rules: readonly SegmentRule[],
  ): Promise<{ before: Ruleset; after: Ruleset }> {
    const before = await this.current(transaction, owner);
    const [row] = (await transaction.query(
      `insert into segment_ruleset (administration_id, version, firm_id, rules, created_by)
       select $1, $2::integer + 1, $3, $4::jsonb, $5
        where (select rules from segment_ruleset where administration_id = $1 and version = $2) is distinct from $4::jsonb
       returning version`,
      [owner.administrationId, before.version, owner.firmId, JSON.stringify(rules), owner.actor],
    )) as { version: number }[];
    return { before, after: row === undefined ? before : { version: row.version, rules } };
  }

  /** How many debtors are in each segment; segments of the rules without debtors count 0. */
  async counts(
    transaction: Transaction,
    administrationId: string,
    rules: readonly SegmentRule[],
  ): Promise<Record<string, number>> {
    const rows = (await transaction.query(
      `select p.segment_id, count(*)::integer as count from debtor_profile p join debtor d on d.id = p.debtor_id
        where p.administration_id = $1 and d.deleted_at is null group by p.segment_id`,
      [administrationId],
    )) as { segment_id: string; count: number }[];
    const none = rules.map(({ id }) => [id, 0] as const);
    return Object.fromEntries([...none, ...rows.map((row) => [row.segment_id, row.count] as const)]);
  }
}

async function newest(transaction: Transaction, administrationId: string): Promise<Ruleset | null> {
  const [row] = (await transaction.query(
    'select version, rules from segment_ruleset where administration_id = $1 order by version desc limit 1',
    [administrationId],
  )) as { version: number; rules: unknown }[];
  return row === undefined ? null : { version: row.version, rules: validateSegmentRules(row.rules) };
}
