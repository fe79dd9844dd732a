import { Injectable } from '@nestjs/common';
import { invalid, type Identity } from '../http/index.js';
import { applyDebtorChoices, DebtorRepository, type DebtorChoices, type DebtorJson } from '../ledger/index.js';
import { UnitOfWork, type Transaction } from '../persistence/index.js';
import { RulesetRepository } from './ruleset.repository.js';
import { SegmentationService } from './segmentation.service.js';

/** What people decide about a debtor, and the segment that follows from it, in one transaction. */
@Injectable()
export class DebtorChoicesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rulesets: RulesetRepository,
    private readonly segmentation: SegmentationService,
    private readonly debtors: DebtorRepository,
  ) {}

  /** @throws Problem 404 when there is no such debtor, 400 when the segment is not one of the administration's */
  async change(who: Identity, debtorId: string, choices: DebtorChoices): Promise<DebtorJson> {
    const { firmId, actor } = who;
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const administrationId = await applyDebtorChoices(transaction, { firmId, actor, debtorId }, choices);
      const owner = { firmId, administrationId };
      if (typeof choices.segment === 'string') await this.assertSegment(transaction, owner, choices.segment);
      await this.segmentation.recomputeDebtors(transaction, owner, [debtorId]);
      return this.debtors.getIn(transaction, debtorId);
    });
  }

  private async assertSegment(
    transaction: Transaction,
    owner: { firmId: string; administrationId: string },
    segment: string,
  ): Promise<void> {
    const { rules } = await this.rulesets.current(transaction, owner);
    const ids = rules.map(({ id }) => id);
    if (!ids.includes(segment)) throw invalid('segment', `one of ${ids.join(', ')}, or null`);
  }
}
