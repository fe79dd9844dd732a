import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../kernel/index.js';
import { rowOf, rowsOf, type Transaction } from '../../persistence/index.js';
import type { BlockKind, ReceivableKind } from '../domain/index.js';
import type { AdministrationFacts } from './administration-facts.js';

export interface DebtorRow {
  readonly id: string;
  readonly sourceId: string;
  readonly code: string;
  readonly name: string;
  readonly contactName: string | null;
  readonly email: string | null;
  readonly dunningContactName: string | null;
  readonly dunningContactEmail: string | null;
  readonly phone: string | null;
  readonly language: string | null;
  readonly languageOverride: string | null;
  readonly country: string | null;
  readonly kind: 'business' | 'consumer';
  readonly addressLine: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly directDebit: boolean;
  readonly accountManager: string | null;
  readonly segment: string | null;
  readonly deleted: boolean;
}

export interface ReceivableRow {
  readonly id: string;
  readonly debtorId: string;
  readonly kind: ReceivableKind;
  readonly currency: string;
  readonly amount: string;
  readonly openAmount: string;
  readonly dueDate: BusinessDate;
  readonly invoiceDate: BusinessDate;
  readonly invoiceNumber: string;
  readonly description: string | null;
  readonly paymentReference: string | null;
  readonly entrySourceId: string | null;
  readonly deleted: boolean;
  readonly directDebit: boolean;
}

export interface BlockRow {
  readonly debtorId: string;
  readonly receivableId: string | null;
  readonly kind: BlockKind;
  readonly until: BusinessDate | null;
  readonly amount: string | null;
}

/** How far a receivable has come: the highest step and the latest day, of all steps that were not taken back. */
export interface HistoryRow {
  readonly receivableId: string;
  readonly debtorId: string;
  readonly level: number;
  readonly sentOn: BusinessDate;
}

/** What the planner needs to know about some debtors, read in one transaction. */
export interface PlanFacts {
  readonly debtors: readonly DebtorRow[];
  readonly receivables: readonly ReceivableRow[];
  readonly blocks: readonly BlockRow[];
  readonly history: readonly HistoryRow[];
}

/** Which part of the books: all debtors with something open, or some, and receivables that must be there even when settled. */
export interface FactsScope {
  readonly administrationId: string;
  readonly asOf: BusinessDate;
  readonly debtorIds?: readonly string[];
  readonly receivableIds?: readonly string[];
}

const RECEIVABLES = `
  select id, debtor_id as "debtorId", kind, currency, amount, open_amount as "openAmount", due_date as "dueDate",
         invoice_date as "invoiceDate", invoice_number as "invoiceNumber", description,
         payment_reference as "paymentReference", direct_debit as "directDebit", entry_source_id as "entrySourceId", deleted_at is not null as deleted
    from receivable`;

const ADMINISTRATION_RECEIVABLES = `${RECEIVABLES}
   where administration_id = $1 and open_amount <> 0 and deleted_at is null order by debtor_id, due_date, id`;

const DEBTOR_RECEIVABLES = `${RECEIVABLES}
   where debtor_id = any($1::uuid[]) and open_amount <> 0 and deleted_at is null or id = any($2::uuid[])
   order by debtor_id, due_date, id`;

const DEBTORS = `
  select d.id, d.source_id as "sourceId", d.code, d.name, d.contact_name as "contactName", d.email,
         d.dunning_contact_name as "dunningContactName", d.dunning_contact_email as "dunningContactEmail", d.phone,
         d.language, d.language_override as "languageOverride", d.country, coalesce(d.kind_override, d.kind) as kind,
         d.address_line as "addressLine", d.postcode, d.city, d.direct_debit as "directDebit",
         d.account_manager as "accountManager", coalesce(d.segment_override, p.segment_id) as segment,
         d.deleted_at is not null as deleted
    from debtor d left join debtor_profile p on p.debtor_id = d.id
   where d.administration_id = $1 and d.id = any($2::uuid[])`;

/** Two forms of one question, so that asking about one debtor goes by the index on debtors. */
const blocksWhere = (scope: string): string => `
  select debtor_id as "debtorId", receivable_id as "receivableId", kind, until, amount from block
   where ended_at is null and (until is null or until >= $1) and administration_id = $2 and ${scope}`;

const historyWhere = (scope: string): string => `
  select receivable_id as "receivableId", debtor_id as "debtorId", max(level)::int as level, max(taken_on) as "sentOn"
    from step_taken where state <> 'released' and taken_on <= $1 and administration_id = $2 and ${scope} group by 1, 2`;

const OF_ALL = '$3::uuid[] is null';
const OF_SOME = 'debtor_id = any($3::uuid[])';

const ADMINISTRATION = `
  select a.id, a.firm_id as "firmId", a.name, a.source_id as "sourceId", a.currency, a.country, a.language,
         a.time_zone as "timeZone", a.house_style as "houseStyle", a.writeback_choices as "writebackChoices",
         a.dunning_settings as dunning, c.state as "connectionState",
         (extract(epoch from $2::timestamptz - a.last_good_pull_at) / 60)::float8 as "booksAgeMinutes"
    from administration a join connection c on c.id = a.connection_id where a.id = $1`;

/** Reads what a run decides on, a set at a time. */
@Injectable()
export class PlanFactsRepository {
  async administration(transaction: Transaction, id: string, now: Date): Promise<AdministrationFacts | null> {
    return rowOf<AdministrationFacts>(transaction, ADMINISTRATION, [id, now]);
  }

  async facts(transaction: Transaction, scope: FactsScope): Promise<PlanFacts> {
    const { administrationId, asOf } = scope;
    const only = scope.debtorIds ?? null;
    const receivables =
      only === null
        ? await rowsOf<ReceivableRow>(transaction, ADMINISTRATION_RECEIVABLES, [administrationId])
        : await rowsOf<ReceivableRow>(transaction, DEBTOR_RECEIVABLES, [only, scope.receivableIds ?? []]);
    const scopeSql = only === null ? OF_ALL : OF_SOME;
    const debtorIds = [...new Set([...(only ?? []), ...receivables.map((row) => row.debtorId)])];
    return {
      receivables,
      debtors: await rowsOf<DebtorRow>(transaction, DEBTORS, [administrationId, debtorIds]),
      blocks: await rowsOf<BlockRow>(transaction, blocksWhere(scopeSql), [asOf, administrationId, only]),
      history: await rowsOf<HistoryRow>(transaction, historyWhere(scopeSql), [asOf, administrationId, only]),
    };
  }

  /** Waits for everybody else who works on this debtor; the next statement sees what they committed. */
  async lockDebtor(transaction: Transaction, debtorId: string): Promise<void> {
    await transaction.query('select id from debtor where id = $1 for update', [debtorId]);
  }
}
