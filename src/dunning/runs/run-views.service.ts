import { Injectable } from '@nestjs/common';
import { formatMinor, type MoneyJson } from '../../kernel/index.js';
import { notFound, toListPage, type ListPage, type PageQuery } from '../../http/index.js';
import { UnitOfWork, type Transaction } from '../../persistence/index.js';
import { REASONS, type ReasonCode } from '../domain/index.js';
import { assertAdministration } from '../rows.js';
import { OUTCOMES } from './outcomes.js';
import { RunLineRepository, type LineFilter, type ShownLineRow } from './run-line.repository.js';
import { RunRepository, type RunRow } from './run.repository.js';

/** Runs and their lines as the API shows them. */
@Injectable()
export class RunViews {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly runs: RunRepository,
    private readonly lines: RunLineRepository,
  ) {}

  async list(firmId: string, administrationId: string, page: PageQuery): Promise<ListPage<object>> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      await assertAdministration(transaction, administrationId);
      const rows = await this.runs.list(transaction, administrationId, page);
      return toListPage(rows, page, { key: (row) => [row.createdKey, row.id], item: toRunJson });
    });
  }

  async get(firmId: string, id: string): Promise<object> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => toRunJson(await this.getRun(transaction, id)));
  }

  async linesOf(
    firmId: string,
    runId: string,
    request: { filter: LineFilter; page: PageQuery },
  ): Promise<ListPage<object>> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      await this.getRun(transaction, runId);
      const rows = await this.lines.list(transaction, runId, request);
      return toListPage(rows, request.page, {
        key: (row) => [String(row.rank), row.receivableId],
        item: toLineJson,
      });
    });
  }

  /** @throws Problem 404 */
  async getRun(transaction: Transaction, id: string): Promise<RunRow> {
    const run = await this.runs.find(transaction, id);
    if (run === null) throw notFound('the run');
    return run;
  }
}

export function toRunJson(run: RunRow): object {
  const { totals = {}, ...summary } = run.summary;
  return {
    id: run.id,
    administrationId: run.administrationId,
    asOf: run.asOf,
    dryRun: run.dryRun,
    state: run.state,
    stateReason: run.stateReason,
    trigger: run.trigger,
    createdAt: run.createdAt.toISOString(),
    createdBy: run.createdBy,
    plannedAt: run.plannedAt?.toISOString() ?? null,
    approvedAt: run.approvedAt?.toISOString() ?? null,
    approvedBy: run.approvedBy,
    appliedAt: run.appliedAt?.toISOString() ?? null,
    summary: {
      lines: 0,
      take: 0,
      wait: 0,
      finish: 0,
      messages: 0,
      byReason: {},
      byLevel: {},
      ...summary,
      total: Object.entries(totals).map(([currency, minor]) => moneyJson(minor, currency)),
    },
    applied: run.applied,
    planHash: run.planHash,
  };
}

function toLineJson(row: ShownLineRow): object {
  return {
    receivable: {
      id: row.receivableId,
      invoiceNumber: row.invoiceNumber,
      dueDate: row.dueDate,
      open: moneyJson(row.openAmount, row.currency),
    },
    debtor: { id: row.debtorId, name: row.debtorName },
    decision: row.decision,
    level: row.level,
    channel: row.channel,
    reason: row.reason,
    reasonText: textOf(REASONS[row.reason as ReasonCode]?.text),
    facts: row.facts,
    until: row.until,
    scenario: row.scenarioKey === null ? null : { id: row.scenarioKey, version: row.scenarioVersion },
    held: row.held,
    outcome: row.outcome,
    outcomeText: row.outcome === null ? null : textOf(outcomeTextOf(row.outcome)),
    messageId: row.messageId,
  };
}

/** An outcome is a code of applying, or a reason of the planner as it stands. */
function outcomeTextOf(outcome: string): string | undefined {
  const texts: Readonly<Record<string, string>> = OUTCOMES;
  return texts[outcome] ?? REASONS[outcome as ReasonCode]?.text;
}

function textOf(text: string | undefined): string {
  return text ?? '';
}

export function moneyJson(minor: bigint | string, currency: string): MoneyJson {
  return { amount: formatMinor(BigInt(minor), currency), currency };
}
