import { Injectable } from '@nestjs/common';
import { notFound, toListPage, type ListPage, type PageQuery } from '../../http/index.js';
import { rowOf, UnitOfWork } from '../../persistence/index.js';
import { QuarantineRepository } from './quarantine.repository.js';

/** Records that wait aside, for people to look at. */
@Injectable()
export class QuarantineService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly quarantine: QuarantineRepository,
  ) {}

  async list(firmId: string, administrationId: string, page: PageQuery): Promise<ListPage<object>> {
    const rows = await this.unitOfWork.inFirm(firmId, async (transaction) => {
      const found = await rowOf(transaction, `select id from administration where id = $1`, [administrationId]);
      if (found === null) throw notFound('administration');
      return this.quarantine.list(transaction, administrationId, page);
    });
    return toListPage(rows, page, {
      key: (row) => [row.id],
      item: (row) => ({
        ...row,
        firstSeenAt: row.firstSeenAt.toISOString(),
        lastSeenAt: row.lastSeenAt.toISOString(),
      }),
    });
  }
}
