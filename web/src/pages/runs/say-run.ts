import type { Run } from '../../api/types';
import { lookUp } from '../../ui/text';
import type { TextTools } from '../../ui/text';

export function sayReminders(n: number, { t, count }: TextTools): string {
  return t('runs.reminders', { count: n, n: count(n) });
}

export function sayTotal(run: Run, { money }: TextTools): string {
  return (run.summary?.total ?? []).map(money).join(' + ');
}

function sayReason(run: Run, text: TextTools): string {
  return run.stateReason === null ? text.t('common.unknown') : lookUp(text, 'reasons.code', run.stateReason);
}

function sayApplied(run: Run, text: TextTools): string {
  const when = run.appliedAt === null ? '' : text.instant(run.appliedAt);
  const sent = run.applied?.messages ?? 0;
  if (sent === 0) return text.t('runs.appliedNothing', { when });
  return text.t('runs.appliedText', { sent: sayReminders(sent, text), when });
}

function sayPlanned(run: Run, text: TextTools): string {
  const summary = run.summary;
  if (summary === null) return text.t('runs.planningText');
  if (summary.messages === 0) return text.t('runs.nothingText', { lines: text.count(summary.lines) });
  const messages = sayReminders(summary.messages, text);
  const total = sayTotal(run, text);
  if (run.dryRun) return text.t('runs.dryText', { messages, total });
  const rest = summary.wait + summary.finish;
  return text.t('runs.waitingText', { messages, total, count: rest, n: text.count(rest) });
}

/** One sentence that says where a run stands and what that means. */
export function sayRun(run: Run, text: TextTools): string {
  const sentences: Record<Run['state'], () => string> = {
    planning: () => text.t('runs.planningText'),
    planned: () => sayPlanned(run, text),
    awaiting_approval: () => sayPlanned(run, text),
    approved: () => text.t('runs.approvedText'),
    applying: () => text.t('runs.applyingText'),
    applied: () => sayApplied(run, text),
    held: () => text.t('runs.heldText', { reason: sayReason(run, text) }),
    failed: () => text.t('runs.failedText', { reason: sayReason(run, text) }),
  };
  return sentences[run.state]();
}
