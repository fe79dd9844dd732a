import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useAdministrationPart } from '../../api/queries';
import type { Administration, Facts, SegmentRules } from '../../api/types';
import { isCondition, sayCondition } from '../../ui/conditions';
import { Empty, Loaded } from '../../ui/feedback';
import { useSegmentName } from '../../ui/segment-badge';
import { useText } from '../../ui/text';

export function Segments({ administration }: { administration: Administration }): JSX.Element {
  const { t } = useText();
  const query = useAdministrationPart<SegmentRules>(administration.id, 'segments');
  return (
    <Loaded from={query}>
      {(segments) =>
        segments.rules.length === 0 ? (
          <Empty title={t('settings.segments.emptyTitle')} text={t('settings.segments.emptyText')} />
        ) : (
          <RuleTable segments={segments} />
        )
      }
    </Loaded>
  );
}

/** The rules in the order in which they are tried, with how many debtors each caught. */
function RuleTable({ segments }: { segments: SegmentRules }): JSX.Element {
  const { t } = useText();
  return (
    <div className="op-stack">
      <p className="op-muted">
        {t('settings.segments.intro')} {t('settings.segments.version', { version: segments.version })}.
      </p>
      <div className="op-table-wrap">
        <table className="op-table" data-cards>
          <thead>
            <tr>
              <th scope="col" style={{ width: 1 }}>
                {t('settings.segments.rule')}
              </th>
              <th scope="col">{t('settings.segments.segment')}</th>
              <th scope="col">{t('settings.segments.when')}</th>
              <th scope="col" className="op-num">
                {t('settings.segments.count')}
              </th>
            </tr>
          </thead>
          <tbody>
            {segments.rules.map((rule, index) => (
              <RuleRow key={String(rule['id'] ?? index)} rule={rule} order={index + 1} counts={segments.counts} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

interface RuleRowProps {
  rule: Facts;
  order: number;
  counts: Record<string, number>;
}

function RuleRow({ rule, order, counts }: RuleRowProps): JSX.Element {
  const { t, count } = useText();
  const nameOf = useSegmentName();
  const id = String(rule['id'] ?? '');
  const name = nameOf({ id, name: String(rule['name'] ?? id) });
  return (
    <tr data-testid="segment-rule-row" data-id={id}>
      <td className="op-hide-narrow" data-label={t('settings.segments.rule')}>
        {count(order)}
      </td>
      <td data-primary className="op-strong">
        {name}
      </td>
      <td data-label={t('settings.segments.when')}>
        <Conditions rule={rule} />
      </td>
      <td className="op-num" data-label={t('settings.segments.count')}>
        <Link to="/debtors" search={{ segment: id }}>
          {count(counts[id] ?? 0)}
        </Link>
      </td>
    </tr>
  );
}

function Conditions({ rule }: { rule: Facts }): JSX.Element {
  const text = useText();
  const raw = rule['when'];
  const conditions = Array.isArray(raw) ? raw.filter(isCondition) : [];
  if (conditions.length === 0) return <span className="op-muted">{text.t('settings.segments.otherwise')}</span>;
  const joined = rule['match'] === 'any' ? 'settings.segments.any' : 'settings.segments.all';
  return (
    <div>
      {conditions.length > 1 && <div className="op-muted op-small">{text.t(joined)}:</div>}
      {conditions.map((each) => (
        <div key={`${each.field}${each.op}`}>{sayCondition(each, text)}</div>
      ))}
    </div>
  );
}
