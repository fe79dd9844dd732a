import { Injectable } from '@nestjs/common';
import type { SourceSession } from '../connections/index.js';
import { RescanService } from '../rescan/rescan.service.js';
import { SweepService, sweepScopeOf } from '../sweep/index.js';
import { TieOutService } from '../tie-out/tie-out.service.js';
import { progressFor, type ActiveSync } from './active-sync.js';
import { AdoptionService } from './adoption.service.js';
import { QuarantineRepository } from './quarantine.repository.js';

/** What follows the last page of a pull: a second reading, second chances, and the comparison with the source's own list. */
@Injectable()
export class SyncFollowUp {
  constructor(
    private readonly quarantine: QuarantineRepository,
    private readonly adoption: AdoptionService,
    private readonly rescans: RescanService,
    private readonly sweeps: SweepService,
    private readonly tieOut: TieOutService,
  ) {}

  async quarantined(run: ActiveSync): Promise<number> {
    return this.quarantine.count(run.firmId, run.administrationId);
  }

  async afterPull(run: ActiveSync, session: SourceSession): Promise<void> {
    await this.rescans.afterPull(run, session);
    const debtors = progressFor(run, 'debtors');
    if (debtors.new + debtors.changed > 0 && (await this.quarantined(run)) > 0)
      await this.adoption.retry(run, session.connector);
    await this.sweep(run, session);
    if (await this.tieOut.isDue(run)) await this.tieOut.compare(run, session);
  }

  private async sweep(run: ActiveSync, { connector }: SourceSession): Promise<void> {
    if (run.kind !== 'full') return;
    const gone = await this.sweeps.afterPull({ ...run, syncId: run.id }, sweepScopeOf(connector.declaration));
    for (const [object, number] of gone) progressFor(run, object).deleted += number;
  }
}
