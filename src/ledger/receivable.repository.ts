import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, isBusinessDate, type Clock } from '../kernel/index.js';
import { notFound, toListPage, type ListPage, type PageQuery } from '../http/index.js';
import { UnitOfWork } from '../persistence/index.js';
import { getBooks, getBooksOfReceivable } from './books.repository.js';
import { readAfter } from './cursor.js';
import { toReceivableJson, type ReceivableJson, type ReceivableRow } from './receivable-json.js';
import { RECEIVABLE_SQL, receivableListStatement, type ReceivableFilter } from './receivable-sql.js';
import { toPattern } from './search.js';

export interface ReceivableListQuery extends Omit<ReceivableFilter, 'pattern'> {
  readonly search?: string | undefined;
}

const SORT = 'due';

/** Receivables with how far they have come and what holds them. */
@Injectable()
export class ReceivableRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Receivables of an administration, the earliest due date first. @throws Problem 404 */
  async list(
    firmId: string,
    administrationId: string,
    { query, page }: { query: ReceivableListQuery; page: PageQuery },
  ): Promise<ListPage<ReceivableJson>> {
    const after = readAfter(page, SORT, isBusinessDate);
    const filter = { ...query, pattern: toPattern(query.search) };
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const books = await getBooks(transaction, this.clock, administrationId);
      const { sql, parameters } = receivableListStatement(books, filter, { limit: page.limit, after });
      const rows = (await transaction.query(sql, parameters)) as ReceivableRow[];
      return toListPage(rows, page, {
        key: (row) => [SORT, row.due_date, row.id],
        item: (row) => toReceivableJson(row, books.today),
      });
    });
  }

  /** One receivable, deleted or not. @throws Problem 404 */
  async get(firmId: string, receivableId: string): Promise<ReceivableJson> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const { today } = await getBooksOfReceivable(transaction, this.clock, receivableId);
      const [row] = (await transaction.query(RECEIVABLE_SQL, [receivableId, today])) as ReceivableRow[];
      if (row === undefined) throw notFound('the receivable');
      return toReceivableJson(row, today);
    });
  }
}
