import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/index.js';
import { DebtorChoicesService } from './debtor-choices.service.js';
import { LedgerChangedProcessor } from './ledger-changed.processor.js';
import { ProfileRepository } from './profile.repository.js';
import { RulesetRepository } from './ruleset.repository.js';
import { SegmentationController } from './segmentation.controller.js';
import { SegmentationService } from './segmentation.service.js';

/** Who pays how, and which set of debtors that puts them in. */
@Module({
  imports: [LedgerModule],
  controllers: [SegmentationController],
  providers: [SegmentationService, DebtorChoicesService, ProfileRepository, RulesetRepository, LedgerChangedProcessor],
  exports: [SegmentationService],
})
export class SegmentationModule {}
