import { Popover, UnstyledButton } from '@mantine/core';
import type { JSX } from 'react';
import type { DebtorSegment } from '../api/types';
import { isCondition, sayCondition, sayFieldValue } from './conditions';
import type { Condition } from './conditions';
import type { Tone } from './states';
import { lookUp, useText } from './text';

const TONES: Record<string, Tone> = {
  'high-risk': 'failed',
  high: 'failed',
  'low-risk': 'paid',
  low: 'paid',
  special: 'blocked',
};

/** The segment as a word; its reason and facts on hover (title) and on click. */
export function SegmentBadge({ segment }: { segment: DebtorSegment | null }): JSX.Element {
  const text = useText();
  const { t } = text;
  if (segment === null) return <span className="op-muted">{t('debtors.segmentNone')}</span>;
  const name = lookUpSegment(segment, text);
  return (
    <Popover width={320} position="bottom-start" withArrow shadow="md" withinPortal>
      <Popover.Target>
        <UnstyledButton
          className="op-state op-state-boxed"
          data-tone={TONES[segment.id] ?? 'neutral'}
          title={segment.reason}
          aria-label={t('debtors.segmentWhy', { segment: name })}
          data-testid="segment"
        >
          {name}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <SegmentWhy segment={segment} />
      </Popover.Dropdown>
    </Popover>
  );
}

function lookUpSegment(segment: { id: string; name: string }, text: ReturnType<typeof useText>): string {
  return text.has(`settings.segments.names.${segment.id}`)
    ? lookUp(text, 'settings.segments.names', segment.id)
    : segment.name;
}

/** Name of a segment in the reader's language when it is one of the four we ship. */
export function useSegmentName(): (segment: { id: string; name: string }) => string {
  const text = useText();
  return (segment) => lookUpSegment(segment, text);
}

/** Why this segment: the conditions that held with the debtor's own values, in the reader's language. */
export function SegmentWhy({ segment }: { segment: DebtorSegment }): JSX.Element {
  const text = useText();
  const { t } = text;
  const raw = segment.facts?.['conditions'];
  const conditions = Array.isArray(raw) ? raw.filter(isCondition) : [];
  const known = text.has(`debtors.reasonCode.${segment.reasonCode}`);
  const sentence = known ? lookUp(text, 'debtors.reasonCode', segment.reasonCode) : segment.reason;
  return (
    <div className="op-stack-tight op-small">
      {segment.override && <p className="op-strong">{t('debtors.segmentOverride')}</p>}
      {conditions.length === 0 ? (
        <p>{sentence}</p>
      ) : (
        conditions.map((each) => <MetCondition key={each.field} condition={each} />)
      )}
    </div>
  );
}

function MetCondition({ condition }: { condition: Condition }): JSX.Element {
  const text = useText();
  return (
    <p>
      {lookUp(text, 'debtor.profile', condition.field)}:{' '}
      <span className="op-strong">{sayFieldValue(condition.field, condition.actual ?? condition.value, text)}</span>
      <span className="op-muted"> ({text.t('debtors.ruleIs', { rule: sayCondition(condition, text) })})</span>
    </p>
  );
}
