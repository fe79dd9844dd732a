import { Button, Menu, Tabs } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useStartSync } from '../../api/actions';
import { isMoving, useLiveSync } from '../../api/live-sync';
import { useAdministration, useConnectors } from '../../api/queries';
import type { Administration, Sync } from '../../api/types';
import { useFilters } from '../../search';
import { Loaded, notifyFailed } from '../../ui/feedback';
import { Icon } from '../../ui/icons';
import { Page } from '../../ui/page';
import { useNow, useText } from '../../ui/text';
import type { TextTools } from '../../ui/text';
import { HouseStyleForm } from './house-style-form';
import { FilesTab } from '../files-import/files-tab';
import { Quarantine } from './quarantine';
import { ScheduleEditor } from './schedule-editor';
import { SweepQuestions } from './sweep-question';
import { SyncTab } from './sync-tab';
import { WritebackChoices } from './writeback-choices';

const TABS = ['files', 'sync', 'quarantine', 'schedule', 'style', 'writeback'] as const;
const DEFAULT_STALENESS_MINUTES = 24 * 60;

function sayState(administration: Administration, syncing: boolean, text: TextTools, now: number): string {
  const { t, age, money } = text;
  if (syncing) return t('administration.syncing');
  const { lastGoodPullAt: pull, tieOut } = administration;
  if (pull === null) return t('administration.neverLoaded');
  const limit = (administration.dunning.maxStalenessMinutes ?? DEFAULT_STALENESS_MINUTES) * 60_000;
  const old = age(pull, now);
  if (now - new Date(pull).getTime() > limit) return t('administration.stale', { age: old });
  if (tieOut.state === 'differs' && tieOut.difference !== null) {
    return t('administration.differs', { age: old, difference: money(tieOut.difference) });
  }
  return t(tieOut.state === 'ties-out' ? 'administration.fresh' : 'administration.freshUnchecked', { age: old });
}

export function AdministrationPage(): JSX.Element {
  const text = useText();
  const now = useNow();
  const { administrationId } = useParams({ from: '/app/administrations/$administrationId' });
  const query = useAdministration(administrationId);
  const administration = query.data;
  const start = useStartSync(administrationId);
  const syncId = start.data?.id ?? administration?.lastSync?.id ?? null;
  const sync = useLiveSync(syncId).data;
  const syncing = start.isPending || isMoving(sync);
  const begin = (full: boolean): void => start.mutate(full, { onError: (error) => notifyFailed(error, text) });
  return (
    <Page
      title={administration?.name ?? text.t('common.administration')}
      state={administration && sayState(administration, syncing, text, now)}
      action={administration && <SyncButtons syncing={syncing} begin={begin} />}
    >
      <Loaded from={query} lines={10}>
        {(data) => (
          <>
            <SweepQuestions administrationId={data.id} />
            <TabbedParts administration={data} sync={sync} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface SyncButtonsProps {
  syncing: boolean;
  begin: (full: boolean) => void;
}

function SyncButtons({ syncing, begin }: SyncButtonsProps): JSX.Element {
  const { t } = useText();
  return (
    <>
      <Menu position="bottom-end" width={320}>
        <Menu.Target>
          <Button variant="default" disabled={syncing} rightSection={<Icon name="chevronDown" />}>
            {t('common.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => begin(true)} data-testid="sync-full">
            <div>{t('administration.syncFull')}</div>
            <div className="op-muted op-small">{t('administration.syncFullHint')}</div>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button onClick={() => begin(false)} disabled={syncing} data-testid="sync-now">
        {syncing ? t('administration.syncBusy') : t('administration.syncNow')}
      </Button>
    </>
  );
}

interface TabbedPartsProps {
  administration: Administration;
  sync: Sync | undefined;
}

function TabbedParts({ administration, sync }: TabbedPartsProps): JSX.Element {
  const { t, count } = useText();
  const [{ tab = 'sync' }, change] = useFilters();
  const connectors = useConnectors().data?.items;
  // Where nobody signs in, people bring the records themselves.
  const takesFiles = connectors?.find(({ id }) => id === administration.connector)?.auth.kind === 'none';
  const tabs = TABS.filter((each) => each !== 'files' || takesFiles);
  const shown = tabs.find((each) => each === tab) ?? 'sync';
  return (
    <Tabs
      value={shown}
      onChange={(value) => change({ tab: value ?? undefined })}
      keepMounted={false}
      className="op-tabs"
    >
      <Tabs.List>
        {tabs.map((each) => (
          <Tabs.Tab key={each} value={each} data-testid={`tab-${each}`}>
            {t(`administration.tabs.${each}`)}
            {each === 'quarantine' && administration.quarantined > 0 && (
              <span className="op-nav-count" style={{ marginLeft: 8 }}>
                {count(administration.quarantined)}
              </span>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="files" pt="lg">
        <FilesTab administration={administration} />
      </Tabs.Panel>
      <Tabs.Panel value="sync" pt="lg">
        <SyncTab administration={administration} sync={sync} />
      </Tabs.Panel>
      <Tabs.Panel value="quarantine" pt="lg">
        <Quarantine administrationId={administration.id} />
      </Tabs.Panel>
      <Tabs.Panel value="schedule" pt="lg">
        <ScheduleEditor administration={administration} />
      </Tabs.Panel>
      <Tabs.Panel value="style" pt="lg">
        <HouseStyleForm administration={administration} />
      </Tabs.Panel>
      <Tabs.Panel value="writeback" pt="lg">
        <WritebackChoices administration={administration} />
      </Tabs.Panel>
    </Tabs>
  );
}
