import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../kernel/index.js';
import { notFound, toListPage, type ListPage, type PageQuery } from '../http/index.js';
import { UnitOfWork, type Transaction } from '../persistence/index.js';
import { getBooks, getBooksOfDebtor } from './books.repository.js';
import { isStorableText, isWholeNumber, readAfter } from './cursor.js';
import { toDebtorJson, type DebtorJson, type DebtorRow } from './debtor-json.js';
import { DEBTOR_SQL, debtorListSql, type DebtorSort } from './debtor-sql.js';
import { toPattern } from './search.js';

export interface DebtorListQuery {
  readonly search?: string | undefined;
  readonly segment?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly deleted?: boolean | undefined;
  readonly sort?: DebtorSort | undefined;
}

/** Debtors with what they owe. */
@Injectable()
export class DebtorRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Debtors of an administration, the largest overdue amount first unless asked otherwise. @throws Problem 404 */
  async list(
    firmId: string,
    administrationId: string,
    { query, page }: { query: DebtorListQuery; page: PageQuery },
  ): Promise<ListPage<DebtorJson>> {
    const sort = query.sort ?? 'overdue';
    const after = readAfter(page, sort, sort === 'name' ? isStorableText : isWholeNumber);
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const { currency, today } = await getBooks(transaction, this.clock, administrationId);
      const filter = [toPattern(query.search), query.segment ?? null, query.overdue ?? null, query.deleted ?? false];
      const rows = (await transaction.query(debtorListSql(sort), [
        administrationId,
        today,
        currency,
        ...filter,
        page.limit + 1,
        after?.value ?? null,
        after?.id ?? null,
      ])) as (DebtorRow & { sort_value: string })[];
      return toListPage(rows, page, {
        key: (row) => [sort, row.sort_value, row.id],
        item: (row) => toDebtorJson(row, currency),
      });
    });
  }

  /** One debtor, deleted or not. @throws Problem 404 */
  async get(firmId: string, debtorId: string): Promise<DebtorJson> {
    return this.unitOfWork.inFirm(firmId, (transaction) => this.getIn(transaction, debtorId));
  }

  /** The same, as part of somebody's transaction. @throws Problem 404 */
  async getIn(transaction: Transaction, debtorId: string): Promise<DebtorJson> {
    const { currency, today } = await getBooksOfDebtor(transaction, this.clock, debtorId);
    const [row] = (await transaction.query(DEBTOR_SQL, [debtorId, today, currency])) as DebtorRow[];
    if (row === undefined) throw notFound('the debtor');
    return toDebtorJson(row, currency);
  }
}
