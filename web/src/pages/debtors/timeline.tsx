import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { JSX } from 'react';
import type { TimelineItem } from '../../api/types';
import { Moment } from '../../ui/figures';
import type { Tone } from '../../ui/states';
import { useText } from '../../ui/text';
import { sayEvent } from './say-event';

const TONES: Record<string, Tone> = {
  message: 'accent',
  payment: 'paid',
  settled: 'paid',
  block: 'blocked',
  writeback: 'not-due',
  invoice: 'neutral',
};

/** A link of the server is followed only when it is a path of this site. */
function ownPath(link: string | null | undefined): string | null {
  return link !== null && link !== undefined && /^\/(?!\/)/.test(link) && !link.startsWith('/api/') ? link : null;
}

const SHOWN_FIRST = 12;

export function Timeline({ items }: { items: TimelineItem[] }): JSX.Element {
  const text = useText();
  const [all, showAll] = useState(false);
  const shown = all ? items : items.slice(0, SHOWN_FIRST);
  if (items.length === 0) return <p className="op-muted op-small">{text.t('debtor.timelineEmpty')}</p>;
  return (
    <div className="op-stack-tight">
      <ol className="op-timeline" data-testid="timeline">
        {shown.map((item, index) => {
          const path = ownPath(item.link);
          const said = sayEvent(item, text);
          return (
            <li key={`${item.at}-${index}`} data-tone={TONES[item.kind.split(/[.-]/)[0] ?? ''] ?? 'neutral'}>
              <div className="op-spread" style={{ alignItems: 'baseline' }}>
                <span className="op-strong">{path === null ? said.title : <Link to={path}>{said.title}</Link>}</span>
                <span className="op-muted op-small">
                  <Moment value={item.at.length === 10 ? `${item.at}T12:00:00Z` : item.at} />
                </span>
              </div>
              {said.detail !== null && <div className="op-muted">{said.detail}</div>}
            </li>
          );
        })}
      </ol>
      {shown.length < items.length && (
        <div>
          <Button size="xs" variant="default" onClick={() => showAll(true)}>
            {text.t('debtor.timelineMore', { n: text.count(items.length) })}
          </Button>
        </div>
      )}
    </div>
  );
}
