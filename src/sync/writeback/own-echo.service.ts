import { Injectable, Logger } from '@nestjs/common';
import type { Echo, PushOutcome } from '../../connectors/contract/index.js';
import type { DebtorRecord, Mapped } from '../../ledger/domain/index.js';
import { countOf, rowOf, UnitOfWork } from '../../persistence/index.js';
import type { SourceSession } from '../connections/index.js';
import { bookId } from '../pull/book-id.js';
import { DEBTOR_COLUMNS } from '../pull/book-columns.js';
import { BatchBuilder } from '../pull/row-batch.js';
import type { ClaimedWriteback } from './writeback.repository.js';

/**
 * What we write and also read is put into our own books at once, as the source shows it: version and content are then
 * the same when the next pull brings it back, and nobody hears of a change that was none. Only when the record was, but
 * for our own fields, what our books held: anything else that is different is somebody's work, and the pull tells of it.
 */
@Injectable()
export class OwnEcho {
  private readonly logger = new Logger('writeback');

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Never throws: without it the next pull tells of one change too many, and nothing is lost. */
  async take(claimed: ClaimedWriteback, session: SourceSession, outcome: PushOutcome): Promise<void> {
    if (outcome.outcome !== 'applied' || outcome.echo === undefined) return;
    try {
      await this.adopt(claimed, session, outcome.echo);
    } catch (error) {
      this.logger.warn(`write-back ${claimed.id}: its echo: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async adopt({ firmId, administrationId }: Owner, { connector }: SourceSession, echo: Echo): Promise<void> {
    await this.unitOfWork.inFirm(firmId, async (transaction) => {
      const books = await rowOf<{ currency: string; country: string }>(
        transaction,
        `select currency, country from administration where id = $1`,
        [administrationId],
      );
      if (books === null) return;
      const read = (raw: unknown): Mapped => connector.map(raw, { object: echo.object, ...books });
      const written = writtenOf(read(echo.before), read(echo.after), echo.fields);
      if (written === null) return;
      const { changed, before, after, record } = written;
      const sets = changed.map(({ name, type }, index) => `${name} = $${index + 5}::${type}`);
      await countOf(
        transaction,
        `update debtor set source_hash = decode($3, 'base64'), source_version = $4::bigint, updated_at = now(), ${sets.join(', ')}
         where id = $1 and source_hash = decode($2, 'base64') and source_version <= $4::bigint and deleted_at is null`,
        [
          bookId(administrationId, 'debtor', record.sourceId),
          before,
          after,
          String(record.sourceVersion),
          ...changed.map(({ read: value }) => value(record)),
        ],
      );
    });
  }
}

type Owner = Pick<ClaimedWriteback, 'firmId' | 'administrationId'>;

interface Written {
  readonly changed: typeof DEBTOR_COLUMNS;
  /** Hashes as the books keep them, base64. */
  readonly before: string;
  readonly after: string;
  readonly record: DebtorRecord;
}

/** PURE. null when nothing that is read differs, or more than the fields that were written. */
export function writtenOf(before: Mapped, after: Mapped, fields: readonly (keyof DebtorRecord)[]): Written | null {
  if (before.outcome !== 'debtor' || after.outcome !== 'debtor') return null;
  const own = Object.fromEntries(fields.map((field) => [field, after.record[field]]));
  const expected: DebtorRecord = { ...before.record, ...own };
  const { record } = after;
  if (DEBTOR_COLUMNS.some(({ read }) => read(expected) !== read(record))) return null;
  const changed = DEBTOR_COLUMNS.filter(({ read }) => read(before.record) !== read(record));
  return changed.length === 0 ? null : { changed, before: hashOf(before.record), after: hashOf(record), record };
}

function hashOf(record: DebtorRecord): string {
  const builder = new BatchBuilder(DEBTOR_COLUMNS);
  builder.add(record, null);
  const [, , hashes = '{}'] = builder.build().toKeys((sourceId) => sourceId).arrays;
  return hashes.slice(1, -1);
}
