import { AppShell, Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { JSX } from 'react';
import { useListKeys } from '../ui/list-keys';
import { useText } from '../ui/text';
import { AdministrationSwitcher } from './administration-switcher';
import { ConnectionNotice } from './connection-notice';
import { Navigation } from './navigation';
import { UserMenu } from './user-menu';

/** Header with the administration, navigation at the left (behind a button on small screens), the page. */
export function Layout(): JSX.Element {
  const { t } = useText();
  const [opened, menu] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useListKeys();
  useEffect(menu.close, [path, menu.close]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      transitionDuration={120}
    >
      <a href="#content" className="op-skip">
        {t('common.skip')}
      </a>
      <AppShell.Header className="op-header">
        <Burger opened={opened} onClick={menu.toggle} hiddenFrom="sm" size="sm" aria-label={t('common.openMenu')} />
        <Link to="/" className="op-brand">
          <img src="/favicon.svg" alt="" width="24" height="24" />
          <span>{t('common.appName')}</span>
        </Link>
        <AdministrationSwitcher />
        <UserMenu />
      </AppShell.Header>
      <AppShell.Navbar className="op-navbar">
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <ConnectionNotice />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
