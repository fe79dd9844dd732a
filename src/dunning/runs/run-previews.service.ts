import { Injectable } from '@nestjs/common';
import { parseMinor } from '../../kernel/index.js';
import { notFound, toListPage, type ListPage, type PageQuery } from '../../http/index.js';
import { withInlineQr } from '../../messaging/channels/index.js';
import { contentFromJson, type MessageContent } from '../../messaging/index.js';
import { rowOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { planRun, type PlanBlock } from '../domain/index.js';
import { FALLBACK_SCENARIO } from '../scenarios/scenario-definition.js';
import { planOptionsOf } from './administration-facts.js';
import { composeStep, recipientOf, textOf, type ComposeFacts } from './compose-step.js';
import type { PlanFacts } from './plan-facts.repository.js';
import { toPlanInput } from './plan-input.js';
import { RunFrames, type RunFrame } from './run-frame.service.js';
import { RunLineRepository, type RunLineRow } from './run-line.repository.js';
import { moneyJson, RunViews } from './run-views.service.js';
import type { RunRow } from './run.repository.js';

export interface RenderedPreview {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** The messages of a plan before they exist: to whom, in which words and why, and what they would look like. */
@Injectable()
export class RunPreviews {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly views: RunViews,
    private readonly lines: RunLineRepository,
    private readonly frames: RunFrames,
  ) {}

  async messages(firmId: string, runId: string, page: PageQuery): Promise<ListPage<object>> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const run = await this.views.getRun(transaction, runId);
      const frame = await this.frames.frame(transaction, run.administrationId);
      const scope = { after: page.after?.[0] ?? null, limit: page.limit + 1 };
      const rows = await this.lines.messageLines(transaction, runId, scope);
      const groups = groupByMessage(rows);
      const debtorIds = [...new Set(rows.map((row) => row.debtorId))];
      const { facts } = await this.frames.planInput(transaction, frame, { asOf: run.asOf, debtorIds });
      return toListPage(groups, page, {
        key: (group) => [group[0]!.messageKey!],
        item: (group) => toPreviewJson(group, frame, facts),
      });
    });
  }

  /** What the debtor would read. After applying: what was written. */
  async render(firmId: string, runId: string, debtorId: string): Promise<RenderedPreview> {
    const { preview, epcPayload } = await this.unitOfWork.inFirm(firmId, async (transaction) => {
      const run = await this.views.getRun(transaction, runId);
      return (await storedMessage(transaction, runId, debtorId)) ?? (await this.compose(transaction, run, debtorId));
    });
    return { ...preview, html: await withInlineQr(preview.html, epcPayload) };
  }

  private async compose(transaction: Transaction, run: RunRow, debtorId: string): Promise<Drawn> {
    const frame = await this.frames.frame(transaction, run.administrationId);
    const lines = await this.lines.messageLines(transaction, run.id, { debtorId });
    const { facts } = await this.frames.planInput(transaction, frame, { asOf: run.asOf, debtorIds: [debtorId] });
    const wanted = new Set(
      lines.filter((line) => line.decision === 'take' && !line.held).map((each) => each.receivableId),
    );
    const blocks = facts.receivables
      .filter((row) => !wanted.has(row.id) && BigInt(row.openAmount) > 0n)
      .map((row): PlanBlock => ({ receivable: row.id, kind: 'hold' }));
    const options = planOptionsOf(frame.administration.dunning);
    const rules = { asOf: run.asOf, scenarios: frame.scenarios, options };
    const [message] = planRun(toPlanInput(facts, rules, blocks)).messages;
    if (message === undefined) throw notFound('a message of this run for that debtor');
    const composed = composeStep(
      message,
      composeFactsOf({ ...frame, today: run.asOf }, facts, message.scenario, debtorId),
    );
    return toDrawn({ ...composed, content: JSON.parse(composed.content) as unknown });
  }
}

interface Drawn {
  readonly preview: RenderedPreview;
  readonly epcPayload: string | undefined;
}

async function storedMessage(transaction: Transaction, runId: string, debtorId: string): Promise<Drawn | null> {
  const row = await rowOf<{ subject: string; html: string; text: string; content: unknown }>(
    transaction,
    `select subject, html, body_text as text, content from message where run_id = $1 and debtor_id = $2 order by id limit 1`,
    [runId, debtorId],
  );
  return row === null ? null : toDrawn(row);
}

function toDrawn(message: { subject: string; html: string; text: string; content: unknown }): Drawn {
  const { subject, html, text } = message;
  // A call has no content: nothing of it goes to the debtor.
  const { rendered } = contentFromJson(message.content) as Partial<MessageContent>;
  return { preview: { subject, html, text }, epcPayload: rendered?.epcPayload };
}

function composeFactsOf(frame: RunFrame, facts: PlanFacts, scenarioId: string, debtorId: string): ComposeFacts {
  const stored = frame.scenarios.find(({ definition }) => definition.id === scenarioId)!;
  return {
    administration: frame.administration,
    debtor: facts.debtors.find((debtor) => debtor.id === debtorId)!,
    receivables: new Map(facts.receivables.map((row) => [row.id, row])),
    scenario: stored.definition,
    stored,
    templates: frame.templates,
    options: planOptionsOf(frame.administration.dunning),
    today: frame.today,
  };
}

/** The rows come message by message. */
function groupByMessage(rows: readonly RunLineRow[]): RunLineRow[][] {
  const groups = new Map<string, RunLineRow[]>();
  for (const row of rows) groups.set(row.messageKey!, [...(groups.get(row.messageKey!) ?? []), row]);
  return [...groups.values()];
}

/** One message of the plan out of its lines; the charges stand in the lines' facts. */
function toPreviewJson(group: readonly RunLineRow[], frame: RunFrame, facts: PlanFacts): object {
  const steps = group.filter((line) => line.decision === 'take');
  const top = steps.reduce((highest, line) => (line.level > highest.level ? line : highest), steps[0]!);
  const { currency } = top;
  const shown = group.filter((line) => !line.held);
  const sum = (minor: (line: RunLineRow) => bigint) => shown.reduce((total, line) => total + minor(line), 0n);
  const charge = (decimal: string | undefined) => (decimal === undefined ? 0n : parseMinor(decimal, currency));
  const fees = sum((line) => charge(line.facts.fee) + charge(line.facts.interest));
  const composeFacts = composeFactsOf(frame, facts, scenarioIdOf(top, frame), top.debtorId);
  const planned = { level: top.level, channel: top.channel ?? 'email' };
  const { language, template } = textOf(planned, composeFacts);
  const recipient = recipientOf(planned.channel, composeFacts);
  return {
    debtor: { id: top.debtorId, name: composeFacts.debtor.name },
    channel: top.channel,
    level: top.level,
    currency,
    recipient: recipient?.value ?? null,
    recipientReason: recipient?.reason ?? 'no address is known',
    language: language.value,
    languageReason: language.reason,
    template: template === null ? { key: 'call', version: 1 } : { key: template.key, version: template.version },
    receivables: shown.map((line) => line.receivableId),
    total: moneyJson(sum((line) => BigInt(line.openAmount)) + fees, currency),
    fees: moneyJson(fees, currency),
  };
}

/** The planned scenario may have been retired since; the fallback then stands in for the preview. */
function scenarioIdOf(line: RunLineRow, { scenarios }: RunFrame): string {
  const known = scenarios.some(({ definition }) => definition.id === line.scenarioKey);
  return known ? line.scenarioKey! : FALLBACK_SCENARIO;
}
