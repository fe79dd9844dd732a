import { Module } from '@nestjs/common';
import { DebtorRepository } from './debtor.repository.js';
import { DebtorsController } from './debtors.controller.js';
import { ReceivableRepository } from './receivable.repository.js';
import { ReceivablesController } from './receivables.controller.js';
import { TimelineRepository } from './timeline.repository.js';

/** The canonical books as people read them. */
@Module({
  controllers: [DebtorsController, ReceivablesController],
  providers: [DebtorRepository, ReceivableRepository, TimelineRepository],
  exports: [DebtorRepository, ReceivableRepository],
})
export class LedgerModule {}
