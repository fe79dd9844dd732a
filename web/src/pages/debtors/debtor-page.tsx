import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { JSX } from 'react';
import { useAdministrationRows, useDebtor, useDebtorPart } from '../../api/queries';
import type { Block, Debtor, Receivable, TimelineItem } from '../../api/types';
import { isZero } from '../../format/money';
import { Loaded } from '../../ui/feedback';
import { Page, Section } from '../../ui/page';
import { SegmentBadge, SegmentWhy } from '../../ui/segment-badge';
import { useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';
import { BlockDialog } from './block-dialog';
import { BlockList } from './block-list';
import { ContactFacts } from './contact-facts';
import { DebtorDialog } from './debtor-dialog';
import { OpenItems } from './open-items';
import { ProfileView } from './profile-view';
import { Timeline } from './timeline';

function sayState(debtor: Debtor, { t, money, count }: TextTools): string {
  if (isZero(debtor.open)) return t('debtor.nothingOpen');
  const open = money(debtor.open);
  if (isZero(debtor.overdue)) return t('debtor.stateNotDue', { open });
  const late = debtor.oldestOverdueDays ?? 0;
  return t('debtor.state', {
    open,
    overdue: money(debtor.overdue),
    days: t('common.days', { count: late, n: count(late) }),
  });
}

type Dialog = 'block' | 'edit' | null;

export function DebtorPage(): JSX.Element {
  const text = useText();
  const { t } = text;
  const { debtorId } = useParams({ from: '/app/debtors/$debtorId' });
  const query = useDebtor(debtorId);
  const debtor = query.data;
  const [dialog, show] = useState<Dialog>(null);
  return (
    <Page
      title={debtor?.name ?? t('debtors.name')}
      state={debtor && sayState(debtor, text)}
      back={{ to: '/debtors', label: t('debtors.title') }}
      action={
        debtor && (
          <>
            <Button variant="default" onClick={() => show('edit')} data-testid="edit-debtor">
              {t('debtor.edit')}
            </Button>
            <Button onClick={() => show('block')} data-testid="add-block">
              {t('debtor.addBlock')}
            </Button>
          </>
        )
      }
    >
      <Loaded from={query} lines={12}>
        {(data) => <Content debtor={data} />}
      </Loaded>
      {debtor && dialog === 'block' && <BlockDialog debtor={debtor} onClose={() => show(null)} />}
      {debtor && dialog === 'edit' && <DebtorDialog debtor={debtor} onClose={() => show(null)} />}
    </Page>
  );
}

function Content({ debtor }: { debtor: Debtor }): JSX.Element {
  const { t } = useText();
  const receivables = useAdministrationRows<Receivable>(debtor.administrationId, 'receivables', {
    debtor: debtor.id,
    status: 'open',
  });
  const blocks = useDebtorPart<Block>(debtor.id, 'blocks');
  const timeline = useDebtorPart<TimelineItem>(debtor.id, 'timeline');
  return (
    <div className="op-columns">
      <div>
        <Section title={t('debtor.open')}>
          <OpenItems debtor={debtor} source={receivables} />
        </Section>
        <Section title={t('debtor.blocks')}>
          <Loaded from={blocks}>
            {({ items }) => <BlockList blocks={items} receivables={receivables.rows ?? []} />}
          </Loaded>
        </Section>
        <Section title={t('debtor.timeline')}>
          <Loaded from={timeline}>{({ items }) => <Timeline items={items} />}</Loaded>
        </Section>
      </div>
      <div>
        <Section title={t('debtor.segment')} aside={<SegmentBadge segment={debtor.segment} />}>
          {debtor.segment !== null && (
            <div className="op-card">
              <SegmentWhy segment={debtor.segment} />
            </div>
          )}
        </Section>
        <Section title={t('debtor.contact')}>
          <ContactFacts debtor={debtor} />
        </Section>
        <Section title={t('debtor.behaviour')}>
          <ProfileView profile={debtor.profile} />
        </Section>
      </div>
    </div>
  );
}
