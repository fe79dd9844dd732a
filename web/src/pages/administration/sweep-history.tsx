import type { JSX } from 'react';
import { useAdministrationRows } from '../../api/queries';
import type { Sweep } from '../../api/types';
import { DataTable } from '../../ui/data-table';
import type { Column } from '../../ui/data-table';
import { Moment } from '../../ui/figures';
import { Section } from '../../ui/page';
import { StateWord } from '../../ui/states';
import { lookUp, useText } from '../../ui/text';

/** What full pulls did not see, and who decided what about it; left out while there was nothing. */
export function SweepHistory({ administrationId }: { administrationId: string }): JSX.Element | null {
  const text = useText();
  const { t, count } = text;
  const source = useAdministrationRows<Sweep>(administrationId, 'sweeps');
  if (source.rows === undefined || source.rows.length === 0) return null;
  const columns: Column<Sweep>[] = [
    {
      key: 'when',
      header: t('administration.when'),
      primary: true,
      cell: (row) => <Moment value={row.decidedAt ?? row.createdAt} />,
    },
    { key: 'object', header: t('sweeps.object'), cell: (row) => lookUp(text, 'states.object', row.object) },
    {
      key: 'missing',
      header: t('sweeps.missing'),
      numeric: true,
      cell: (row) => t('sweeps.of', { missing: count(row.missing), live: count(row.live) }),
    },
    { key: 'state', header: t('sweeps.decision'), cell: (row) => <Outcome sweep={row} /> },
  ];
  return (
    <Section title={t('sweeps.history')} intro={t('sweeps.historyIntro')}>
      <DataTable
        caption={t('sweeps.history')}
        columns={columns}
        source={source}
        rowKey={(row) => row.id}
        rowTestId="sweep-row"
        empty={{ title: t('sweeps.history'), text: '' }}
      />
    </Section>
  );
}

function Outcome({ sweep }: { sweep: Sweep }): JSX.Element {
  const { t } = useText();
  const by = sweep.state === 'swept' ? (sweep.decidedBy ?? t('sweeps.itself')) : sweep.decidedBy;
  return (
    <div>
      <StateWord of="sweep" state={sweep.state} />
      {by !== null && (
        <div className="op-muted op-small" style={{ overflowWrap: 'anywhere' }}>
          {sweep.note === null ? by : `${by}: ${sweep.note}`}
        </div>
      )}
    </div>
  );
}
