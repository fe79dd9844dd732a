import { Injectable } from '@nestjs/common';
import type { Identity } from '../../http/index.js';
import type { MessageTemplate } from '../../messaging/domain/index.js';
import { recordDeed, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { assertAdministration } from '../rows.js';
import { readDefinitions, type StoredScenario } from './scenario-definition.js';
import { ScenarioRepository } from './scenario.repository.js';
import { readTemplates } from './template-document.js';
import { TemplateRepository } from './template.repository.js';

/** The scenarios and texts of an administration: read by everybody, changed by an admin, versioned. */
@Injectable()
export class ScenariosService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly scenarios: ScenarioRepository,
    private readonly templates: TemplateRepository,
  ) {}

  async scenariosOf(firmId: string, administrationId: string): Promise<readonly StoredScenario[]> {
    return this.inAdministration(firmId, administrationId, (transaction) =>
      this.scenarios.current(transaction, administrationId),
    );
  }

  /** Nothing is stored unless all of it is valid; what did not change keeps its version. */
  async saveScenarios(who: Identity, administrationId: string, body: unknown): Promise<readonly StoredScenario[]> {
    const definitions = readDefinitions(body);
    return this.inAdministration(who.firmId, administrationId, async (transaction) => {
      const change = { definitions, actor: who.actor };
      const changed = await this.scenarios.replace(transaction, administrationId, change);
      if (changed.length > 0)
        await this.record(transaction, who, { administrationId, action: 'scenarios.changed', changed });
      return this.scenarios.current(transaction, administrationId);
    });
  }

  async templatesOf(firmId: string, administrationId: string): Promise<readonly MessageTemplate[]> {
    return this.inAdministration(firmId, administrationId, (transaction) =>
      this.templates.current(transaction, administrationId),
    );
  }

  async saveTemplates(who: Identity, administrationId: string, body: unknown): Promise<readonly MessageTemplate[]> {
    const templates = readTemplates(body);
    return this.inAdministration(who.firmId, administrationId, async (transaction) => {
      const change = { templates, actor: who.actor };
      const changed = (await this.templates.replace(transaction, administrationId, change)).map(
        ({ key, language }) => `${key} (${language})`,
      );
      if (changed.length > 0)
        await this.record(transaction, who, { administrationId, action: 'templates.changed', changed });
      return this.templates.current(transaction, administrationId);
    });
  }

  private async inAdministration<T>(
    firmId: string,
    administrationId: string,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      await assertAdministration(transaction, administrationId);
      return work(transaction);
    });
  }

  private async record(
    transaction: Transaction,
    { firmId, actor }: Identity,
    change: { administrationId: string; action: string; changed: readonly string[] },
  ): Promise<void> {
    const { administrationId, action, changed } = change;
    const subject = { subjectType: 'administration', subjectId: administrationId };
    await recordDeed(transaction, { firmId, actor, action, ...subject, detail: { changed } });
  }
}
