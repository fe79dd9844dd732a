import type { JSX } from 'react';
import type { Sync, SyncObject } from '../../api/types';
import { lookUp, useText } from '../../ui/text';

const COUNTS = ['read', 'new', 'changed', 'unchanged', 'deleted', 'rejected', 'calls'] as const;
type Count = (typeof COUNTS)[number];

export function sumOf(sync: Sync, field: Count): number {
  return sync.objects.reduce((sum, each) => sum + each[field], 0);
}

/** What reading the open period a second time found; nothing for a sync that did not. */
export function LateRows({ sync }: { sync: Sync }): JSX.Element | null {
  const { t, count, date } = useText();
  if (sync.rescan === null) return null;
  const { from, late, read } = sync.rescan;
  return (
    <p className="op-muted" data-testid="sync-late-rows">
      {t(late === 0 ? 'administration.lateNone' : 'administration.lateFound', {
        n: count(late),
        read: count(read),
        from: date(from),
      })}
    </p>
  );
}

interface ObjectCountsProps {
  objects: SyncObject[];
  /** While records are still coming in, each kind also says how far it is. */
  moving?: boolean;
}

/** Per kind of record: what was read and what came of it. */
export function ObjectCounts({ objects, moving = false }: ObjectCountsProps): JSX.Element {
  const text = useText();
  const { t, count } = text;
  const shown = moving ? COUNTS.filter((each) => each !== 'calls') : COUNTS;
  return (
    <div className="op-table-wrap">
      <table className="op-table op-dense" data-cards>
        <caption className="op-visually-hidden">{t('administration.perObject')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('administration.object')}</th>
            {moving && <th scope="col">{t('administration.state')}</th>}
            {shown.map((each) => (
              <th key={each} scope="col" className="op-num">
                {t(`administration.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {objects.map((each) => (
            <tr key={each.object} data-testid="sync-object-row" data-id={each.object}>
              <td data-primary className="op-strong">
                {lookUp(text, 'states.object', each.object)}
              </td>
              {moving && (
                <td data-label={t('administration.state')}>{lookUp(text, 'states.objectState', each.state)}</td>
              )}
              {shown.map((field) => (
                <td
                  key={field}
                  className="op-num"
                  // On a phone each count is a line; a nought says nothing there.
                  data-empty={(each[field] === 0 && field !== 'read') || undefined}
                  data-label={t(`administration.${field}`)}
                  style={field === 'rejected' && each.rejected > 0 ? { color: 'var(--op-failed)' } : undefined}
                >
                  {count(each[field])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
