import { Injectable } from '@nestjs/common';
import type { Connector } from '../../connectors/contract/index.js';
import { UnitOfWork } from '../../persistence/index.js';
import { holdBooks } from '../feed/index.js';
import { progressFor, type ActiveSync } from './active-sync.js';
import { DebtorDirectory } from './debtor-directory.repository.js';
import { PageRepository } from './page.repository.js';
import { QuarantineRepository } from './quarantine.repository.js';
import { SyncRepository } from './sync.repository.js';
import { prepare } from './to-rows.js';

const BATCH = 1_000;

/** Tries receivables again whose debtor had not come in, from the raw form that was kept: no call to the source. */
@Injectable()
export class AdoptionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly quarantine: QuarantineRepository,
    private readonly pages: PageRepository,
    private readonly syncs: SyncRepository,
  ) {}

  async retry(run: ActiveSync, connector: Connector): Promise<void> {
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const found = await this.quarantine.findAdopted(run.firmId, run.administrationId, { after, limit: BATCH });
      if (found.length > 0) await this.store(run, connector, found);
      const last = found.at(-1);
      if (last === undefined || found.length < BATCH) return;
      after = last.id;
    }
  }

  private async store(run: ActiveSync, connector: Connector, found: readonly { raw: unknown }[]): Promise<void> {
    const context = { object: 'receivables' as const, currency: run.currency, country: run.country };
    const page = prepare(
      found.map(({ raw }) => raw),
      (raw) => connector.map(raw, context),
    );
    const owner = { ...run, syncId: run.id, hasQuarantine: true, debtors: new DebtorDirectory() };
    await this.unitOfWork.inFirm(run.firmId, async (transaction) => {
      await holdBooks(transaction, run.administrationId);
      const counts = await this.pages.store(transaction, owner, 'receivables', page);
      const progress = progressFor(run, 'receivables');
      progress.new += counts.new;
      progress.changed += counts.changed;
      await this.syncs.saveProgress(transaction, run);
    });
  }
}
