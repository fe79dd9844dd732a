import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, todayIn, type BusinessDate, type Clock } from '../../kernel/index.js';
import { notFound } from '../../http/index.js';
import type { MessageTemplate } from '../../messaging/domain/index.js';
import type { Transaction } from '../../persistence/index.js';
import type { PlanInput } from '../domain/index.js';
import type { StoredScenario } from '../scenarios/scenario-definition.js';
import { ScenarioRepository } from '../scenarios/scenario.repository.js';
import { TemplateRepository } from '../scenarios/template.repository.js';
import { planOptionsOf, type AdministrationFacts } from './administration-facts.js';
import { PlanFactsRepository, type FactsScope, type PlanFacts } from './plan-facts.repository.js';
import { toPlanInput } from './plan-input.js';

/** What is the same for every debtor of an administration at one moment. */
export interface RunFrame {
  readonly administration: AdministrationFacts;
  readonly scenarios: readonly StoredScenario[];
  readonly templates: readonly MessageTemplate[];
  /** The calendar day in the administration's own time zone. */
  readonly today: BusinessDate;
  readonly now: Date;
}

/** Reads what runs, previews and the worklist all stand on. */
@Injectable()
export class RunFrames {
  constructor(
    private readonly facts: PlanFactsRepository,
    private readonly scenarios: ScenarioRepository,
    private readonly templates: TemplateRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  /** @throws Problem 404 when the firm has no such administration */
  async administration(transaction: Transaction, id: string): Promise<AdministrationFacts> {
    const administration = await this.facts.administration(transaction, id, this.clock.now());
    if (administration === null) throw notFound('the administration');
    return administration;
  }

  today(administration: AdministrationFacts): BusinessDate {
    return todayIn(this.clock, administration.timeZone);
  }

  async frame(transaction: Transaction, administrationId: string): Promise<RunFrame> {
    const administration = await this.administration(transaction, administrationId);
    return {
      administration,
      scenarios: await this.scenarios.current(transaction, administrationId),
      templates: await this.templates.current(transaction, administrationId),
      today: this.today(administration),
      now: this.clock.now(),
    };
  }

  /** The planner's input for a part of the books, with the facts it was made from. */
  async planInput(
    transaction: Transaction,
    frame: Pick<RunFrame, 'administration' | 'scenarios'>,
    scope: Omit<FactsScope, 'administrationId'>,
  ): Promise<{ input: PlanInput; facts: PlanFacts }> {
    const { administration, scenarios } = frame;
    const facts = await this.facts.facts(transaction, { ...scope, administrationId: administration.id });
    const rules = { asOf: scope.asOf, options: planOptionsOf(administration.dunning), scenarios };
    return { input: toPlanInput(facts, rules), facts };
  }
}
