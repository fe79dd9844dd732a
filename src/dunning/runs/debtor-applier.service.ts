import { Injectable } from '@nestjs/common';
import { InputError } from '../../kernel/index.js';
import { openTask, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { planRun, type Decision, type PlanBlock, type PlannedMessage, type PlanResult } from '../domain/index.js';
import { planOptionsOf } from './administration-facts.js';
import { composeStep, type ComposeFacts } from './compose-step.js';
import { MessageWriterRepository, StepAlreadyTaken } from './message-writer.repository.js';
import { refusalOf, takenOutcome } from './outcomes.js';
import { PlanFactsRepository, type PlanFacts } from './plan-facts.repository.js';
import { toPlanInput } from './plan-input.js';
import type { RunFrame } from './run-frame.service.js';
import { RunLineRepository, type LineOutcome, type RunLineRow } from './run-line.repository.js';
import { WritebackWriter } from './writeback-writer.service.js';

/** The moment, and the run whose approval we act on. */
export interface ApplyFrame extends RunFrame {
  readonly runId: string;
}

/** Deadlock and serialization failure: nothing happened, try again. */
const PASSING = new Set(['40001', '40P01']);
const MOST_ATTEMPTS = 4;

/**
 * Applies a run to one debtor, in one transaction: looks at the books as they are now, decides again with the same
 * planner, and stores the message with everything that belongs to it, or the reason why there is none.
 */
@Injectable()
export class DebtorApplier {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly factsRepository: PlanFactsRepository,
    private readonly lines: RunLineRepository,
    private readonly messages: MessageWriterRepository,
    private readonly writebacks: WritebackWriter,
  ) {}

  /** Safe to call any number of times, from any number of processes. Returns the messages it made. */
  async apply(frame: ApplyFrame, debtorId: string): Promise<number> {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await this.unitOfWork.inFirm(frame.administration.firmId, (transaction) =>
          this.applyOnce(transaction, frame, debtorId),
        );
      } catch (error) {
        // The next attempt reads what the winner committed and finds the step taken.
        if (!isPassing(error)) throw error;
        if (attempt < MOST_ATTEMPTS) continue;
        if (error instanceof StepAlreadyTaken) return this.giveUp(frame, debtorId);
        throw error;
      }
  }

  /** A constraint that keeps saying no: the step exists, whatever else the books say. Nothing is sent. */
  private async giveUp(frame: ApplyFrame, debtorId: string): Promise<number> {
    await this.unitOfWork.inFirm(frame.administration.firmId, async (transaction) => {
      const open = await this.lines.openLines(transaction, frame.runId, debtorId);
      const outcomes = open.map(({ receivableId }) => ({
        receivable_id: receivableId,
        outcome: 'ALREADY_TAKEN',
        message_id: null,
      }));
      await this.lines.saveOutcomes(transaction, frame.runId, outcomes);
    });
    return 0;
  }

  private async applyOnce(transaction: Transaction, frame: ApplyFrame, debtorId: string): Promise<number> {
    await this.factsRepository.lockDebtor(transaction, debtorId);
    const approved = await this.lines.openLines(transaction, frame.runId, debtorId);
    if (approved.length === 0) return 0;
    const facts = await this.factsRepository.facts(transaction, {
      administrationId: frame.administration.id,
      asOf: frame.today,
      debtorIds: [debtorId],
      receivableIds: approved.map((line) => line.receivableId),
    });
    const { result, outcomes } = decideAgain(frame, { debtorId, approved, facts });
    let made = 0;
    for (const message of result.messages.filter((each) => each.debtor === debtorId)) {
      const messageId = await this.write(transaction, frame, { message, facts });
      for (const line of message.lines)
        outcomes.push({
          receivable_id: line.receivable,
          outcome: messageId === null ? 'NOT_COMPOSED' : outcomeOf(approved, line),
          message_id: messageId,
        });
      if (messageId !== null) made += 1;
    }
    await this.lines.saveOutcomes(transaction, frame.runId, outcomes);
    return made;
  }

  /** Stores one message with its write-backs; null when it cannot be written, which becomes somebody's task. */
  private async write(
    transaction: Transaction,
    frame: ApplyFrame,
    work: { message: PlannedMessage; facts: PlanFacts },
  ): Promise<string | null> {
    const facts = composeFactsOf(frame, work.message, work.facts);
    try {
      const composed = composeStep(work.message, facts);
      const order = { runId: frame.runId, composed, facts, now: frame.now };
      const id = await this.messages.insert(transaction, order);
      await this.writebacks.enqueueFor(transaction, order, id);
      return id;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      await openTask(transaction, {
        firmId: frame.administration.firmId,
        administrationId: frame.administration.id,
        debtorId: facts.debtor.id,
        kind: 'message-not-composed',
        title: `No message could be written to ${facts.debtor.name}`,
        detail: error.message,
        dedupeKey: `message-not-composed:${facts.debtor.id}`,
      });
      return null;
    }
  }
}

interface DebtorNow {
  readonly debtorId: string;
  readonly approved: readonly RunLineRow[];
  readonly facts: PlanFacts;
}

/**
 * The planner on today's facts, with everything that was not approved held back. What it would now do differently for
 * an approved line is held back too, and asked again: the amounts of the others then come out right.
 */
function decideAgain(frame: ApplyFrame, now: DebtorNow): { result: PlanResult; outcomes: LineOutcome[] } {
  const { approved, facts } = now;
  const rows = new Map(facts.receivables.map((row) => [row.id, row]));
  const wanted = new Map(approved.map((line) => [line.receivableId, line]));
  const refused = new Map<string, string>();
  for (;;) {
    const allowed = new Set([...wanted.keys()].filter((id) => !refused.has(id)));
    const held = facts.receivables.filter((row) => !allowed.has(row.id) && BigInt(row.openAmount) > 0n);
    const blocks = held.map((row): PlanBlock => ({ receivable: row.id, kind: 'hold' }));
    const rules = {
      asOf: frame.today,
      scenarios: frame.scenarios,
      options: planOptionsOf(frame.administration.dunning),
    };
    const result = planRun(toPlanInput(facts, rules, blocks));
    const decisions = new Map<string, Decision>(result.decisions.map((each) => [each.receivable, each]));
    const before = refused.size;
    for (const id of allowed) {
      const line = wanted.get(id)!;
      const reason = refusalOf({ line, row: rows.get(id) ?? null, decision: decisions.get(id) ?? null });
      if (reason !== null) refused.set(id, reason);
    }
    if (refused.size > before) continue;
    const outcomes = [...refused].map(([id, outcome]) => ({ receivable_id: id, outcome, message_id: null }));
    return { result, outcomes };
  }
}

function composeFactsOf(frame: ApplyFrame, message: PlannedMessage, facts: PlanFacts): ComposeFacts {
  const stored = frame.scenarios.find(({ definition }) => definition.id === message.scenario)!;
  return {
    administration: frame.administration,
    debtor: facts.debtors.find((debtor) => debtor.id === message.debtor)!,
    receivables: new Map(facts.receivables.map((row) => [row.id, row])),
    scenario: stored.definition,
    stored,
    templates: frame.templates,
    options: planOptionsOf(frame.administration.dunning),
    today: frame.today,
  };
}

function outcomeOf(approved: readonly RunLineRow[], line: PlannedMessage['lines'][number]): string {
  const planned = approved.find((each) => each.receivableId === line.receivable);
  return planned === undefined ? 'TAKEN' : takenOutcome(planned, line.open);
}

function isPassing(error: unknown): boolean {
  if (error instanceof StepAlreadyTaken) return true;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && PASSING.has(code);
}
