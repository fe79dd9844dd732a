import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../persistence/index.js';
import { DEFAULT_SCENARIOS } from './default-scenarios.js';
import type { ScenarioDefinition, StoredScenario } from './scenario-definition.js';

interface ScenarioRow {
  readonly key: string;
  readonly version: number;
  readonly definition: ScenarioDefinition;
  readonly created_at: Date;
}

const CURRENT = `select key, version, definition, created_at from scenario
  where administration_id = $1 and current order by key <> 'standard', key`;

/** The versioned scenarios of an administration. */
@Injectable()
export class ScenarioRepository {
  /** The current versions; an administration that has none yet gets the defaults, once, whoever comes first. */
  async current(transaction: Transaction, administrationId: string): Promise<readonly StoredScenario[]> {
    const rows = (await transaction.query(CURRENT, [administrationId])) as ScenarioRow[];
    if (rows.length > 0) return rows.map(toStored);
    await this.insert(transaction, administrationId, { definitions: DEFAULT_SCENARIOS, actor: 'openpost' });
    return ((await transaction.query(CURRENT, [administrationId])) as ScenarioRow[]).map(toStored);
  }

  /** Stores what differs from the current version as a new one and retires what is absent. Returns the keys touched. */
  async replace(
    transaction: Transaction,
    administrationId: string,
    change: { definitions: readonly ScenarioDefinition[]; actor: string },
  ): Promise<readonly string[]> {
    // One writer at a time, so that version numbers count up without a gap or a clash.
    await transaction.query('select id from administration where id = $1 for update', [administrationId]);
    const before = new Map(
      (await this.current(transaction, administrationId)).map(({ definition }) => [definition.id, definition]),
    );
    const changed = change.definitions.filter((each) => !isSame(each, before.get(each.id)));
    const kept = new Set(change.definitions.map(({ id }) => id));
    const retired = [...before.keys()].filter((id) => !kept.has(id));
    const touched = [...changed.map(({ id }) => id), ...retired];
    await transaction.query(
      'update scenario set current = false where administration_id = $1 and current and key = any($2)',
      [administrationId, touched],
    );
    await this.insert(transaction, administrationId, { definitions: changed, actor: change.actor });
    return touched;
  }

  private async insert(
    transaction: Transaction,
    administrationId: string,
    change: { definitions: readonly ScenarioDefinition[]; actor: string },
  ): Promise<void> {
    await transaction.query(
      `insert into scenario (administration_id, firm_id, key, version, name, definition, created_by)
       select a.id, a.firm_id, d->>'id', 1 + coalesce((select max(version) from scenario s
         where s.administration_id = a.id and s.key = d->>'id'), 0), d->>'name', d, $3
       from administration a, jsonb_array_elements($2::jsonb) d where a.id = $1
       on conflict do nothing`,
      [administrationId, JSON.stringify(change.definitions), change.actor],
    );
  }
}

function toStored(row: ScenarioRow): StoredScenario {
  return { version: row.version, definition: row.definition, createdAt: row.created_at };
}

/** jsonb does not keep the order of keys: compare what is said, not how. */
function isSame(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([left], [right]) => left.localeCompare(right));
  return `{${entries.map(([key, each]) => `${key}:${canonical(each)}`).join()}}`;
}
