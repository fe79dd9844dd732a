import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, formatMinor, newId, todayIn, type Clock } from '../../kernel/index.js';
import { notFound, type Identity } from '../../http/index.js';
import { recordDeed, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { toBlockTerms, type BlockWish } from './block-input.js';
import { BlockRepository, type BlockRow, type BlockSubject } from './block.repository.js';

export type BlockTargetRef = { readonly receivableId: string } | { readonly debtorId: string };

/**
 * Reasons not to dun, put there and lifted by people. An end date needs no clockwork: the planner compares it with its
 * own day, so a promise that was broken resumes by itself at the next run.
 */
@Injectable()
export class BlocksService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly blocks: BlockRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(firmId: string, target: BlockTargetRef): Promise<object[]> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const rows = await this.blocks.list(transaction, await this.subjectOf(transaction, target));
      return rows.map(toBlockJson);
    });
  }

  async add(who: Identity, target: BlockTargetRef, wish: BlockWish): Promise<object> {
    return this.unitOfWork.inFirm(who.firmId, async (transaction) => {
      const subject = await this.subjectOf(transaction, target);
      const terms = toBlockTerms(wish, {
        today: todayIn(this.clock, subject.timeZone),
        currency: subject.currency,
        open: subject.open === null ? null : BigInt(subject.open),
      });
      const at = this.clock.now();
      const row = { id: newId(), firmId: who.firmId, subject, terms, by: who.actor, at };
      const block = toBlockJson(await this.blocks.insert(transaction, row));
      await recordDeed(transaction, { ...deedOf(who, row.id), action: 'block.added', detail: { ...block } });
      return block;
    });
  }

  /** Ends a block. Ending it twice is no error: it is over either way. */
  async end(who: Identity, id: string): Promise<void> {
    await this.unitOfWork.inFirm(who.firmId, async (transaction) => {
      const block = await this.blocks.find(transaction, id);
      if (block === null) throw notFound('the block');
      const end = { by: who.actor, at: this.clock.now(), reason: 'lifted by a person' };
      if (!(await this.blocks.end(transaction, id, end))) return;
      await recordDeed(transaction, { ...deedOf(who, id), action: 'block.ended', detail: { kind: block.kind } });
    });
  }

  private async subjectOf(transaction: Transaction, target: BlockTargetRef): Promise<BlockSubject> {
    const isReceivable = 'receivableId' in target;
    const subject = isReceivable
      ? await this.blocks.receivable(transaction, target.receivableId)
      : await this.blocks.debtor(transaction, target.debtorId);
    if (subject === null) throw notFound(isReceivable ? 'the receivable' : 'the debtor');
    return subject;
  }
}

function toBlockJson(row: BlockRow): object {
  const { id, kind, reason, until, receivableId, debtorId, owner, endReason } = row;
  const { amount, currency } = row;
  return {
    id,
    kind,
    reason,
    until,
    amount: amount === null || currency === null ? null : { amount: formatMinor(BigInt(amount), currency), currency },
    receivableId,
    debtorId,
    owner,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    endReason,
  };
}

function deedOf(who: Identity, id: string) {
  return { firmId: who.firmId, actor: who.actor, subjectType: 'block', subjectId: id };
}
