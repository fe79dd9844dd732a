import { Inject, Injectable } from '@nestjs/common';
import { conflict, invalid, notFound } from '../../http/index.js';
import { CLOCK, isKnownCurrency, type Clock } from '../../kernel/index.js';
import type { SourceAdministration } from '../../ledger/domain/index.js';
import { recordDeed, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { ConnectionsService, type ConnectionRef } from '../connections/index.js';
import { SyncService } from '../pull/index.js';
import { ScheduleService } from '../schedule/index.js';
import { defaultsOf, offeredBy, type WritebackChoice, type WritebackChoices } from '../writeback-choices.js';
import { houseStyleFor, placeFor } from './administration-defaults.js';
import { toAdministrationView } from './administration-view.js';
import { AdministrationRepository } from './administration.repository.js';
import type { ChangeAdministrationDto } from './administrations.dto.js';

/** Sets of books: which ones we keep in step, and how. */
@Injectable()
export class AdministrationsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administrations: AdministrationRepository,
    private readonly connections: ConnectionsService,
    private readonly syncs: SyncService,
    private readonly schedules: ScheduleService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(firmId: string): Promise<object[]> {
    const now = this.clock.now();
    const rows = await this.unitOfWork.inFirm(firmId, (transaction) => this.administrations.list(transaction, now));
    return rows.map((row) => toAdministrationView(row, now));
  }

  async get(firmId: string, id: string): Promise<object> {
    const now = this.clock.now();
    const row = await this.unitOfWork.inFirm(firmId, (transaction) => this.administrations.get(transaction, id, now));
    return toAdministrationView(row, now);
  }

  /** Takes an administration of the consent into use: its schedule starts and its first pull is queued. */
  async enable(ref: ConnectionRef, sourceId: string, actor: string): Promise<object> {
    const found = await this.connections.findReached(ref, sourceId);
    if (found === null) throw notFound(`administration ${sourceId} in this consent`);
    const { firmId } = ref;
    // What the package cannot take is not asked of it: every message would end in a refusal.
    const writes = defaultsOf(await this.connections.declarationOf(ref));
    const added = await this.unitOfWork.inFirm(firmId, (transaction) =>
      this.add(transaction, ref, { found, actor, writes }),
    );
    if (added === null) throw conflict('ADMINISTRATION_ENABLED', 'this administration is in use already');
    await this.syncs.request(firmId, added.id, { full: added.isNew, trigger: added.isNew ? 'first' : 'manual' });
    return this.get(firmId, added.id);
  }

  async change(
    { firmId, id, actor }: { firmId: string; id: string; actor: string },
    wanted: ChangeAdministrationDto,
  ): Promise<object> {
    await this.unitOfWork.inFirm(firmId, async (transaction) => {
      const { connectionId } = await this.administrations.get(transaction, id, this.clock.now());
      await this.refuseImpossible(wanted.writebackChoices, { firmId, connectionId });
      await this.administrations.change(transaction, id, {
        name: wanted.name,
        language: wanted.language,
        country: wanted.country,
        time_zone: wanted.timeZone,
        enabled: wanted.enabled,
        house_style: wanted.houseStyle,
        writeback_choices: wanted.writebackChoices,
        dunning_settings: wanted.dunning,
      });
      const detail = { changed: Object.keys(wanted) };
      await recordDeed(transaction, { firmId, actor, action: 'administration.changed', ...subject(id), detail });
    });
    return this.get(firmId, id);
  }

  private async refuseImpossible(wanted: Partial<WritebackChoices> | undefined, ref: ConnectionRef): Promise<void> {
    if (wanted === undefined) return;
    const offered = offeredBy(await this.connections.declarationOf(ref));
    for (const choice of Object.keys(offered) as WritebackChoice[])
      if (wanted[choice] === true && !offered[choice])
        throw invalid(`writebackChoices.${choice}`, 'false: this accounting package does not take it');
  }

  private async add(
    transaction: Transaction,
    ref: ConnectionRef,
    { found, actor, writes }: { found: SourceAdministration; actor: string; writes: WritebackChoices },
  ): Promise<{ id: string; isNew: boolean } | null> {
    const place = placeFor(found.country);
    const currency = found.currency ?? 'EUR';
    if (!isKnownCurrency(currency)) throw conflict('UNKNOWN_CURRENCY', `books in "${currency}" cannot be kept`);
    const added = await this.administrations.enable(transaction, {
      ...ref,
      ...place,
      currency,
      sourceId: found.sourceId,
      name: found.name,
      houseStyle: houseStyleFor(found.name),
      writebackChoices: writes,
      sourceState: { rebaseMarkers: found.rebaseMarkers, checkedAt: this.clock.now().toISOString() },
    });
    if (added === null) return null;
    const { firmId } = ref;
    await this.schedules.startDefault(transaction, { firmId, administrationId: added.id, timeZone: place.timeZone });
    await recordDeed(transaction, { firmId, actor, action: 'administration.enabled', ...subject(added.id) });
    return added;
  }
}

function subject(subjectId: string): { subjectType: string; subjectId: string } {
  return { subjectType: 'administration', subjectId };
}
