import { Injectable } from '@nestjs/common';
import { notFound } from '../../http/index.js';
import { newId } from '../../kernel/index.js';
import { rowOf, rowsOf, type Transaction } from '../../persistence/index.js';
import type { SyncRow } from '../pull/index.js';
import type { WritebackChoices } from '../writeback-choices.js';
import type { HouseStyle } from './administration-defaults.js';

export interface AdministrationRow {
  readonly id: string;
  readonly connectionId: string;
  readonly connector: string;
  readonly sourceId: string;
  readonly name: string;
  readonly currency: string;
  readonly country: string;
  readonly language: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly houseStyle: Partial<HouseStyle>;
  readonly writebackChoices: Partial<WritebackChoices>;
  readonly dunningSettings: { readonly automatic?: boolean; readonly maxStalenessMinutes?: number | null };
  readonly lastSync: Record<keyof SyncRow, unknown> | null;
  readonly lastGoodPullAt: Date | null;
  readonly firstLoadedAt: Date | null;
  readonly tieOut: readonly TieOutRow[];
  readonly open: string;
  readonly overdue: string;
  readonly debtorCount: number;
  readonly receivableCount: number;
  readonly quarantined: number;
}

export interface TieOutRow {
  readonly currency: string;
  readonly sourceCount: number;
  readonly sourceOpen: string;
  readonly ourCount: number;
  readonly ourOpen: string;
  /** Also those that make up for each other in the total. */
  readonly differingDebtors: number;
  readonly checkedAt: string;
}

export interface NewAdministration {
  readonly firmId: string;
  readonly connectionId: string;
  readonly sourceId: string;
  readonly name: string;
  readonly currency: string;
  readonly country: string;
  readonly language: string;
  readonly timeZone: string;
  readonly houseStyle: HouseStyle;
  readonly sourceState: object;
  readonly writebackChoices: object;
}

/** $1: now, for what is overdue today in each administration's own zone. */
const SELECT = `
select a.id, a.connection_id as "connectionId", c.connector, a.source_id as "sourceId", a.name, a.currency, a.country, a.language,
  a.time_zone as "timeZone", a.enabled, a.house_style as "houseStyle", a.writeback_choices as "writebackChoices",
  a.dunning_settings as "dunningSettings", a.last_good_pull_at as "lastGoodPullAt", a.first_loaded_at as "firstLoadedAt",
  books.open, books.overdue, books.number as "receivableCount",
  (select count(*)::int from debtor d where d.administration_id = a.id and d.deleted_at is null) as "debtorCount",
  (select count(*)::int from rejected_record q where q.administration_id = a.id and q.resolved_at is null) as quarantined,
  last_sync.row as "lastSync", coalesce(tie.rows, '[]') as "tieOut"
from administration a join connection c on c.id = a.connection_id
cross join lateral (
  select coalesce(sum(r.open_amount) filter (where r.currency = a.currency), 0)::text as open,
    coalesce(sum(r.open_amount) filter (where r.currency = a.currency and r.due_date < ($1::timestamptz at time zone a.time_zone)::date), 0)::text as overdue,
    count(*)::int as number
  from receivable r where r.administration_id = a.id and r.deleted_at is null
) books
left join lateral (
  select jsonb_build_object('id', s.id, 'administrationId', s.administration_id, 'kind', s.kind, 'fullReason', s.full_reason, 'trigger', s.trigger, 'state', s.state,
    'objects', s.objects, 'calls', s.calls, 'rescan', s.rescan, 'errorKind', s.error_kind, 'errorMessage', s.error_message, 'notBefore', s.not_before,
    'createdAt', s.created_at, 'startedAt', s.started_at, 'finishedAt', s.finished_at) as row
  from sync s where s.administration_id = a.id order by s.created_at desc, s.id desc limit 1
) last_sync on true
left join lateral (
  select jsonb_agg(jsonb_build_object('currency', t.currency, 'sourceCount', t.source_count, 'sourceOpen', t.source_open::text,
    'ourCount', t.our_count, 'ourOpen', t.our_open::text, 'differingDebtors', t.differing_debtors, 'checkedAt', t.checked_at)) as rows
  from tie_out t where t.administration_id = a.id
    and t.sync_id = (select sync_id from tie_out where administration_id = a.id order by checked_at desc, sync_id desc limit 1)
) tie on true`;

/** Administrations, with the figures that a summary shows. */
@Injectable()
export class AdministrationRepository {
  async list(transaction: Transaction, now: Date): Promise<AdministrationRow[]> {
    return rowsOf(transaction, `${SELECT} order by lower(a.name), a.id`, [now.toISOString()]);
  }

  async get(transaction: Transaction, id: string, now: Date): Promise<AdministrationRow> {
    const row = await rowOf<AdministrationRow>(transaction, `${SELECT} where a.id = $2`, [now.toISOString(), id]);
    if (row === null) throw notFound('administration');
    return row;
  }

  /** Adds one, or switches a known one on again; null when it is on already. */
  async enable(transaction: Transaction, wanted: NewAdministration): Promise<{ id: string; isNew: boolean } | null> {
    return rowOf(
      transaction,
      `insert into administration as a (id, firm_id, connection_id, source_id, name, currency, country, language, time_zone, house_style, source_state, writeback_choices)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       on conflict (connection_id, source_id) do update set enabled = true, updated_at = now() where not a.enabled
       returning a.id, a.id = $1 as "isNew"`,
      [
        newId(),
        wanted.firmId,
        wanted.connectionId,
        wanted.sourceId,
        wanted.name,
        wanted.currency,
        wanted.country,
        wanted.language,
        wanted.timeZone,
        JSON.stringify(wanted.houseStyle),
        JSON.stringify(wanted.sourceState),
        JSON.stringify(wanted.writebackChoices),
      ],
    );
  }

  /** Writes the given columns; JSON columns are merged, so that what is not mentioned stays. */
  async change(transaction: Transaction, id: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
    const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
    if (entries.length === 0) return;
    const set = entries.map(([column, value], index) =>
      typeof value === 'object' ? `${column} = ${column} || $${index + 2}::jsonb` : `${column} = $${index + 2}`,
    );
    const values = entries.map(([, value]) => (typeof value === 'object' ? JSON.stringify(value) : value));
    await transaction.query(`update administration set ${set.join(', ')}, updated_at = now() where id = $1`, [
      id,
      ...values,
    ]);
  }
}
