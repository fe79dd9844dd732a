import { Injectable } from '@nestjs/common';
import { notFound, toListPage, type PageQuery } from '../../http/index.js';
import { rowOf, rowsOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { ConnectorRegistry } from '../connector-registry.js';
import { SyncService } from '../pull/sync.service.js';
import { listsOpenItems } from './lists-open-items.js';
import { TieOutRepository } from './tie-out.repository.js';
import { checksOf, debtorJson, type DebtorRow, type LineRow, type TotalRow } from './tie-out-view.js';

const CHECKS = `
select sync_id as "checkId", currency, our_count as "ourCount", our_open::text as "ourOpen", source_count as "sourceCount",
  source_open::text as "sourceOpen", differing_debtors as "differingDebtors", checked_at as "checkedAt"
from tie_out where administration_id = $1 order by checked_at desc, sync_id desc, differing_debtors desc, currency`;

/** Differing first, then by the size of the difference; keyset on the three. */
const DEBTORS = `
select * from (
  select debtor_source_id as "debtorSourceId", currency, debtor_id as "debtorId", name, our_count as "ourCount", our_open::text as "ourOpen",
    source_count as "sourceCount", source_open::text as "sourceOpen", differs, line_count as "lineCount",
    (case when differs then 1 + abs(our_open - source_open) else 0 end)::text as size,
    case when differs then 1 + abs(our_open - source_open) else 0 end as rank
  from tie_out_debtor where administration_id = $1 and sync_id = $2 and (differs or $3)
) d
where $4::bigint is null or (-rank, "debtorSourceId", currency) > (-$4::bigint, $5::text, $6::text)
order by rank desc, "debtorSourceId", currency limit $7`;

const LINES = `
select debtor_source_id as "debtorSourceId", currency, kind, invoice_number as "invoiceNumber", source_id as "sourceId",
  receivable_id as "receivableId", our_open::text as "ourOpen", source_open::text as "sourceOpen"
from tie_out_line where administration_id = $1 and sync_id = $2 and debtor_source_id = any($3) order by id`;

interface Books {
  readonly connector: string;
  readonly nextCheckAt: Date | null;
  readonly wanted: boolean;
}

export interface Wanted {
  /** A check of the history; null: the newest. */
  readonly check: string | null;
  /** Also the debtors that tie out. */
  readonly all: boolean;
  readonly page: PageQuery;
}

/** What the comparisons found, for people. */
@Injectable()
export class TieOutViews {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: ConnectorRegistry,
    private readonly checks: TieOutRepository,
    private readonly syncs: SyncService,
  ) {}

  /** One check with its debtors, the differing ones first, each with the lines that differ; and the history. */
  async show(firmId: string, administrationId: string, wanted: Wanted): Promise<object> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const { connector, nextCheckAt, wanted: isWanted } = await this.books(transaction, administrationId);
      const history = checksOf(await rowsOf<TotalRow>(transaction, CHECKS, [administrationId]));
      const shown = wanted.check === null ? history[0] : history.find(({ id }) => id === wanted.check);
      if (wanted.check !== null && shown === undefined) throw notFound('comparison');
      const debtors = shown === undefined ? EMPTY : await this.debtors(transaction, administrationId, { ...wanted, check: shown.id }); // prettier-ignore
      return {
        possible: listsOpenItems(this.registry.get(connector).declaration),
        checkId: shown?.id ?? null,
        state: shown?.state ?? 'unchecked',
        checkedAt: shown?.checkedAt ?? null,
        nextCheckAt: nextCheckAt?.toISOString() ?? null,
        running: isWanted,
        differingDebtors: shown?.differingDebtors ?? 0,
        currencies: shown?.currencies ?? [],
        ...debtors,
        history,
      };
    });
  }

  /** Compares as soon as the books are up to date: asks for a pull that ends with it. Answers the pull's id. */
  async request(firmId: string, administrationId: string): Promise<string> {
    await this.unitOfWork.inFirm(firmId, async (transaction) => {
      await this.books(transaction, administrationId);
      await this.checks.want(transaction, administrationId);
    });
    return this.syncs.request(firmId, administrationId, { full: false, trigger: 'tie-out' });
  }

  private async debtors(
    transaction: Transaction,
    administrationId: string,
    { check, all, page }: Wanted,
  ): Promise<typeof EMPTY> {
    const after = page.after ?? [null, null, null];
    const key = [administrationId, check, all, ...after, page.limit + 1];
    const rows = await rowsOf<DebtorRow>(transaction, DEBTORS, key);
    const names = rows.filter(({ differs }) => differs).map(({ debtorSourceId }) => debtorSourceId);
    const lines = await rowsOf<LineRow>(transaction, LINES, [administrationId, check, names]);
    return toListPage(rows, page, {
      key: (row) => [row.size, row.debtorSourceId, row.currency],
      item: (row) => debtorJson(row, lines),
    });
  }

  private async books(transaction: Transaction, id: string): Promise<Books> {
    const row = await rowOf<Books>(
      transaction,
      `select c.connector, a.tie_out_next_at as "nextCheckAt", a.tie_out_wanted as wanted
       from administration a join connection c on c.id = a.connection_id where a.id = $1`,
      [id],
    );
    if (row === null) throw notFound('administration');
    return row;
  }
}

const EMPTY: { items: readonly object[]; nextCursor: string | null } = { items: [], nextCursor: null };
