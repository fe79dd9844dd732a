import { Injectable } from '@nestjs/common';
import { rowOf, rowsOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { DEBTOR_UNKNOWN } from './page.repository.js';

export interface QuarantineRow {
  readonly id: string;
  readonly object: string;
  readonly sourceId: string;
  readonly reason: string;
  readonly message: string;
  readonly raw: unknown;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

/** Records that were not understood, until they are. */
@Injectable()
export class QuarantineRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async count(firmId: string, administrationId: string): Promise<number> {
    const row = await this.unitOfWork.inFirm(firmId, (transaction) =>
      rowOf<{ number: number }>(
        transaction,
        `select count(*)::int as number from rejected_record where administration_id = $1 and resolved_at is null`,
        [administrationId],
      ),
    );
    return row?.number ?? 0;
  }

  /** Receivables whose debtor was missing and is there now; their raw records, by id, from `after` on. */
  async findAdopted(
    firmId: string,
    administrationId: string,
    page: { after: string; limit: number },
  ): Promise<{ id: string; raw: unknown }[]> {
    return this.unitOfWork.inFirm(firmId, (transaction) =>
      rowsOf(
        transaction,
        `select id, raw from rejected_record
         where administration_id = $1 and object = 'receivables' and reason = '${DEBTOR_UNKNOWN}' and resolved_at is null and id > $2
         order by id limit $3`,
        [administrationId, page.after, page.limit],
      ),
    );
  }

  /** Newest first, `limit + 1` rows from the key on. */
  async list(
    transaction: Transaction,
    administrationId: string,
    page: { limit: number; after: readonly string[] | null },
  ): Promise<QuarantineRow[]> {
    const [id = null] = page.after ?? [];
    return rowsOf(
      transaction,
      `select id, object, source_id as "sourceId", reason, message, raw, first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt"
       from rejected_record where administration_id = $1 and resolved_at is null
         and ($2::uuid is null or (last_seen_at, id) < (select last_seen_at, id from rejected_record where id = $2))
       order by last_seen_at desc, id desc limit $3`,
      [administrationId, id, page.limit + 1],
    );
  }
}
