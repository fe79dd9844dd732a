import { Injectable } from '@nestjs/common';
import { notFound } from '../../http/index.js';
import { newId } from '../../kernel/index.js';
import type { LedgerObject } from '../../ledger/domain/index.js';
import { recordDeed, rowOf, rowsOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { JobQueue } from '../../queue/index.js';
import { ConnectorRegistry } from '../connector-registry.js';
import { holdBooks } from '../feed/index.js';
import { DebtorDirectory } from './debtor-directory.repository.js';
import { PageRepository } from './page.repository.js';
import { prepare } from './to-rows.js';

/** More than this waits for the next press of the button: a person looks on. */
const MOST = 2_000;

interface Books {
  readonly connector: string;
  readonly currency: string;
  readonly country: string;
}

interface Waiting {
  readonly id: string;
  readonly object: LedgerObject;
  readonly raw: unknown;
}

/** Debtors first: a receivable may wait for one of them. */
const FIND = `
select id, object, raw from rejected_record
where administration_id = $1 and resolved_at is null and ($2::uuid[] is null or id = any($2))
order by case object when 'debtors' then 0 else 1 end, id limit ${MOST} for update`;

/** Tries records of the quarantine again, from the raw form that was kept: no call to the source. */
@Injectable()
export class QuarantineRetry {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registry: ConnectorRegistry,
    private readonly pages: PageRepository,
    private readonly queue: JobQueue,
  ) {}

  /** `ids` null: everything that waits. Answers how many are in the books now, and how many still wait. */
  async retry(
    { firmId, actor }: { firmId: string; actor: string },
    administrationId: string,
    ids: readonly string[] | null,
  ): Promise<{ tried: number; resolved: number; waiting: number }> {
    const ended = await this.unitOfWork.inFirm(firmId, async (transaction) => {
      await holdBooks(transaction, administrationId);
      const books = await booksOf(transaction, administrationId);
      const found = await rowsOf<Waiting>(transaction, FIND, [administrationId, ids]);
      for (const object of new Set(found.map((each) => each.object)))
        await this.store(transaction, { firmId, administrationId, books }, { object, found });
      const waiting = await countWaiting(transaction, administrationId, found);
      const detail = { tried: found.length, resolved: found.length - waiting.ofThese };
      const subject = { subjectType: 'administration', subjectId: administrationId };
      await recordDeed(transaction, { firmId, actor, action: 'quarantine.retried', ...subject, detail });
      return { ...detail, waiting: waiting.all };
    });
    if (ended.resolved > 0)
      await this.queue.enqueue('ledger-changed', { firmId, administrationId }, { key: administrationId });
    return ended;
  }

  private async store(
    transaction: Transaction,
    of: { firmId: string; administrationId: string; books: Books },
    { object, found }: { object: LedgerObject; found: readonly Waiting[] },
  ): Promise<void> {
    const { books, ...names } = of;
    const connector = this.registry.get(books.connector);
    const context = { object, currency: books.currency, country: books.country };
    const raws = found.filter((each) => each.object === object).map(({ raw }) => raw);
    const page = prepare(raws, (raw) => connector.map(raw, context));
    // Not a rebase: what the source said since then has a higher version and stays.
    const owner = { ...names, syncId: newId(), rebase: false, hasQuarantine: true, debtors: new DebtorDirectory() };
    await this.pages.store(transaction, owner, object, page);
  }
}

async function booksOf(transaction: Transaction, id: string): Promise<Books> {
  const row = await rowOf<Books>(
    transaction,
    `select c.connector, a.currency, a.country from administration a join connection c on c.id = a.connection_id where a.id = $1`,
    [id],
  );
  if (row === null) throw notFound('administration');
  return row;
}

async function countWaiting(
  transaction: Transaction,
  administrationId: string,
  found: readonly Waiting[],
): Promise<{ all: number; ofThese: number }> {
  const row = await rowOf<{ all: number; ofThese: number }>(
    transaction,
    `select count(*)::int as all, count(*) filter (where id = any($2))::int as "ofThese" from rejected_record
     where administration_id = $1 and resolved_at is null`,
    [administrationId, found.map(({ id }) => id)],
  );
  return row ?? { all: 0, ofThese: 0 };
}
