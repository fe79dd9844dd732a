import { REASONS } from '../domain/index.js';
import type { DecisionJson, MessageJson, PlanJson } from './to-plan-json.js';

/** A plan for people: one line per receivable with its reason, then the messages. */
export function toPlanTable(plan: PlanJson): string {
  const takes = plan.decisions.filter((decision) => decision.decision === 'take').length;
  const heading = `Plan for ${plan.asOf}: ${takes} of ${plan.decisions.length} receivables take a step, ${plan.messages.length} messages.`;
  const parts = [heading, alignColumns([DECISION_HEAD, ...plan.decisions.map(decisionRow)])];
  if (plan.messages.length > 0) parts.push(alignColumns([MESSAGE_HEAD, ...plan.messages.map(messageRow)]));
  return `${parts.join('\n\n')}\n`;
}

const DECISION_HEAD = ['receivable', 'debtor', 'open', 'decision', 'level', 'channel', 'until', 'reason', 'why'];
const MESSAGE_HEAD = ['message to', 'level', 'channel', 'currency', 'total', 'fees', 'interest', 'receivables'];

function decisionRow({ receivable, decision, level, channel, reason, facts, until }: DecisionJson): string[] {
  const open = `${facts.currency} ${facts.open}`;
  const { text } = REASONS[reason];
  return [receivable, facts.debtor, open, decision, String(level), channel ?? '-', until ?? '-', reason, text];
}

function messageRow({ debtor, level, channel, currency, total, fees, interest, receivables }: MessageJson): string[] {
  return [debtor, String(level), channel, currency, total, fees, interest, receivables.join(' ')];
}

function alignColumns(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
