import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { Writeback } from '../../api/types';
import { Moment } from '../../ui/figures';
import { FactList } from '../../ui/page';
import { humanise, lookUp, useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';
import { ConflictView } from './conflict-view';
import { RetryButton, SettleButton } from './writeback-actions';

/** Why it stands as it stands: our own sentence where the reason is ours, else the ledger's words. */
export function sayWhy(writeback: Writeback, text: TextTools): string | null {
  const key = `writebacks.because.${writeback.lastErrorKind ?? ''}`;
  return text.has(key) ? (text.t as (key: string) => string)(key) : writeback.lastError;
}

export function WritebackDetail({ writeback }: { writeback: Writeback }): JSX.Element {
  const text = useText();
  const { t } = text;
  const isConflict = writeback.actions.includes('resolve') && writeback.conflict !== null;
  // Whoever has to choose between two texts is not asked about anything else.
  const buttons = isConflict ? [] : writeback.actions;
  return (
    <div className="op-stack">
      {isConflict && writeback.conflict !== null && (
        <ConflictView writeback={writeback} conflict={writeback.conflict} />
      )}
      <FactList items={factsOf(writeback, text)} />
      {buttons.length > 0 && (
        <div className="op-row">
          {buttons.includes('retry') && <RetryButton writeback={writeback} />}
          {buttons.includes('settle') && <SettleButton writeback={writeback} />}
        </div>
      )}
      {writeback.history.length > 0 && (
        <div className="op-stack-tight">
          <span className="op-muted op-small">{t('writebacks.history')}</span>
          <ol className="op-timeline">
            {writeback.history.map((each, index) => (
              <li key={`${each.at}-${index}`}>
                <span className="op-muted">
                  <Moment value={each.at} />
                </span>{' '}
                <span className="op-strong">{lookUp(text, 'states.writeback', each.outcome)}</span>{' '}
                {sayHistory(each, text)}
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}

/** The journal's own sentences in the reader's language; what the ledger said stays as it was said. */
const KNOWN: readonly (readonly [RegExp, 'askedBy' | 'remoteIdIs' | 'arrived' | 'notArrived' | 'newer' | 'notSent' | 'changed'])[] = [
  [/^asked by (.+)$/, 'askedBy'],
  [/^remote id (.+)$/, 'remoteIdIs'],
  [/^it had arrived$/, 'arrived'],
  [/^it had not arrived$/, 'notArrived'],
  [/^A newer state took its place\.$/, 'newer'],
  [/^The message it belongs to was not sent\.$/, 'notSent'],
  [/^Somebody changed what we had written there\. Nothing was written\.$/, 'changed'],
]; // prettier-ignore

function sayHistory({ detail }: Writeback['history'][number], { t }: TextTools): string {
  for (const [pattern, key] of KNOWN) {
    const found = pattern.exec(detail ?? '');
    if (found !== null) return t(`writebacks.detail.${key}`, { what: found[1] ?? '' });
  }
  return detail ?? '';
}

function factsOf(writeback: Writeback, text: TextTools): (readonly [string, JSX.Element | string | null])[] {
  const { t } = text;
  const { lastErrorKind, remoteId, messageId, settled } = writeback;
  return [
    [t('writebacks.answer'), lastErrorKind === 'conflict' ? null : writeback.lastError],
    [
      t('errors.code', { code: '' }).trim().replace(/:$/, ''),
      lastErrorKind === null || lastErrorKind === 'conflict' ? null : humanise(lastErrorKind),
    ],
    [t('writebacks.remoteId'), remoteId && <span key="id" className="op-mono">{remoteId}</span>], // prettier-ignore
    [
      t('writebacks.message'),
      messageId && (
        <Link key="m" to="/messages/$messageId" params={{ messageId }}>
          {t('writebacks.seeMessage')}
        </Link>
      ),
    ],
    [
      t('writebacks.settledBy'),
      settled && (
        <span key="s">
          {settled.by}
          {settled.note === '' ? '' : `: ${settled.note}`}{' '}
          <span className="op-muted">({text.instant(settled.at)})</span>
        </span>
      ),
    ],
  ];
}
