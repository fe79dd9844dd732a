import type { JSX } from 'react';
import type * as T from '../api/types';
import { Icon } from './icons';
import type { IconName } from './icons';
import { localToday } from '../format/dates';
import { lookUp, useText } from './text';

export type Tone =
  'neutral' | 'not-due' | 'accent' | 'warn' | 'late-2' | 'late-3' | 'late-4' | 'paid' | 'blocked' | 'failed';
type Look = readonly [Tone, IconName];

const SYNC = {
  queued: ['neutral', 'clock'],
  running: ['accent', 'running'],
  complete: ['paid', 'check'],
  complete_with_quarantine: ['warn', 'warning'],
  partial: ['warn', 'warning'],
  failed: ['failed', 'failed'],
} as const satisfies Record<T.SyncState, Look>;

const RUN = {
  planning: ['accent', 'running'],
  planned: ['neutral', 'check'],
  awaiting_approval: ['warn', 'hand'],
  approved: ['accent', 'clock'],
  applying: ['accent', 'running'],
  applied: ['paid', 'check'],
  held: ['blocked', 'pause'],
  failed: ['failed', 'failed'],
} as const satisfies Record<T.RunState, Look>;

const MESSAGE = {
  queued: ['neutral', 'clock'],
  sending: ['accent', 'running'],
  sent: ['paid', 'check'],
  bounced: ['failed', 'failed'],
  failed: ['failed', 'failed'],
  uncertain: ['warn', 'question'],
  cancelled: ['neutral', 'hand'],
} as const satisfies Record<T.MessageState, Look>;

const WRITEBACK = {
  pending: ['neutral', 'clock'],
  sending: ['accent', 'running'],
  applied: ['paid', 'check'],
  rejected: ['failed', 'failed'],
  unknown: ['warn', 'question'],
  abandoned: ['neutral', 'hand'],
  // Not a state of the row: rejected, because somebody changed what we wrote.
  conflict: ['warn', 'warning'],
} as const satisfies Record<T.WritebackState | 'conflict', Look>;

const CONNECTION = {
  active: ['paid', 'check'],
  needs_reconnect: ['warn', 'warning'],
  revoked: ['failed', 'failed'],
  error: ['failed', 'failed'],
} as const satisfies Record<T.ConnectionState, Look>;

const TIE_OUT = {
  'ties-out': ['paid', 'check'],
  differs: ['failed', 'warning'],
  unchecked: ['neutral', 'question'],
} as const satisfies Record<T.TieOut['state'], Look>;

const SWEEP = {
  asked: ['warn', 'hand'],
  swept: ['neutral', 'check'],
  kept: ['neutral', 'check'],
  superseded: ['neutral', 'dot'],
} as const satisfies Record<T.Sweep['state'], Look>;

const IMPORT_FILE = {
  waiting: ['warn', 'hand'],
  held: ['warn', 'warning'],
  imported: ['paid', 'check'],
  refused: ['failed', 'failed'],
  discarded: ['neutral', 'hand'],
} as const satisfies Record<T.ImportState, Look>;

const RECEIVABLE = {
  open: ['neutral', 'dot'],
  'part-paid': ['neutral', 'dot'],
  settled: ['paid', 'check'],
  deleted: ['neutral', 'hand'],
} as const satisfies Record<T.ReceivableStatus, Look>;

const DECISION = {
  take: ['accent', 'messages'],
  wait: ['neutral', 'clock'],
  finish: ['paid', 'check'],
} as const satisfies Record<T.Decision, Look>;

const LOOKS: Record<string, Record<string, Look>> = {
  sync: SYNC,
  run: RUN,
  message: MESSAGE,
  writeback: WRITEBACK,
  connection: CONNECTION,
  tieOut: TIE_OUT,
  sweep: SWEEP,
  importFile: IMPORT_FILE,
  receivable: RECEIVABLE,
  decision: DECISION,
};

interface StateWordProps {
  of:
    | 'sync'
    | 'run'
    | 'message'
    | 'writeback'
    | 'connection'
    | 'tieOut'
    | 'sweep'
    | 'importFile'
    | 'receivable'
    | 'decision';
  state: string;
  /** Lets a long state break instead of widening its column. */
  wrap?: boolean;
}

/** A state as a word with an icon and a colour: never the colour alone. */
export function StateWord({ of, state, wrap = false }: StateWordProps): JSX.Element {
  const text = useText();
  const [tone, icon] = LOOKS[of]?.[state] ?? (['neutral', 'dot'] as const);
  return (
    <Mark tone={tone} icon={icon} wrap={wrap}>
      {lookUp(text, `states.${of}`, state)}
    </Mark>
  );
}

interface MarkProps {
  tone: Tone;
  icon: IconName;
  /** Lets a long text break instead of widening its column. */
  wrap?: boolean;
  children: React.ReactNode;
}

export function Mark({ tone, icon, wrap = false, children }: MarkProps): JSX.Element {
  return (
    <span className="op-state" data-tone={tone} data-wrap={wrap || undefined}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  );
}

/** How late something is, deepening from grey-blue through amber to red. */
export function lateTone(days: number): Tone {
  if (days < 0) return 'not-due';
  if (days === 0) return 'accent';
  if (days <= 30) return 'warn';
  if (days <= 60) return 'late-2';
  return days <= 90 ? 'late-3' : 'late-4';
}

interface LatenessProps {
  /** Days past the due date; 0 also for what is not due yet, which the due date then tells apart. */
  days: number | null;
  dueDate?: string;
}

export function Lateness({ days, dueDate }: LatenessProps): JSX.Element {
  const { t, count } = useText();
  if (days !== null && days > 0) {
    return (
      <Mark tone={lateTone(days)} icon="clock">
        {t('common.days', { count: days, n: count(days) })}
      </Mark>
    );
  }
  if (dueDate === localToday()) {
    return (
      <Mark tone="accent" icon="clock">
        {t('common.dueToday')}
      </Mark>
    );
  }
  return (
    <Mark tone="not-due" icon="dot">
      {t('common.notDueYet')}
    </Mark>
  );
}

export function BlockWord({ block }: { block: T.Block }): JSX.Element {
  const text = useText();
  const until = block.until === null ? '' : ` ${text.t('common.until', { date: text.date(block.until) })}`;
  return (
    <span title={block.reason}>
      <Mark tone="blocked" icon="pause" wrap>
        {lookUp(text, 'states.block', block.kind) + until}
      </Mark>
    </span>
  );
}
