import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { ProblemError } from './api/client';
import { sessionQuery } from './api/queries';
import { parseSearch, readSearch, stringifySearch } from './search';
import { Layout } from './shell/layout';
import { NotFound, RouteFailed } from './shell/route-states';

const rootRoute = createRootRouteWithContext<{ client: QueryClient }>()({
  validateSearch: readSearch,
  search: { middlewares: [retainSearchParams(['administration'])] },
  component: Outlet,
  notFoundComponent: NotFound,
});

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  component: lazyRouteComponent(() => import('./pages/login-page'), 'LoginPage'),
});

/** Everything behind the login; who has no session goes there and comes back afterwards. */
const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  component: Layout,
  errorComponent: RouteFailed,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(sessionQuery);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401) throw error;
      const next = location.href === '/' ? undefined : location.href;
      throw redirect({ to: '/login', search: { next } });
    }
  },
});

const under = () => appRoute;

const routes = [
  createRoute({
    getParentRoute: under,
    path: '/',
    component: lazyRouteComponent(() => import('./pages/overview/overview-page'), 'OverviewPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/tasks',
    component: lazyRouteComponent(() => import('./pages/tasks/tasks-page'), 'TasksPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/connections',
    component: lazyRouteComponent(() => import('./pages/connections/connections-page'), 'ConnectionsPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/connections/$connectionId',
    component: lazyRouteComponent(() => import('./pages/connections/connection-page'), 'ConnectionPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/administrations/$administrationId',
    component: lazyRouteComponent(() => import('./pages/administration/administration-page'), 'AdministrationPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/administrations/$administrationId/tie-out',
    component: lazyRouteComponent(() => import('./pages/administration/tie-out-page'), 'TieOutPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/debtors',
    component: lazyRouteComponent(() => import('./pages/debtors/debtors-page'), 'DebtorsPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/debtors/$debtorId',
    component: lazyRouteComponent(() => import('./pages/debtors/debtor-page'), 'DebtorPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/receivables',
    component: lazyRouteComponent(() => import('./pages/receivables/receivables-page'), 'ReceivablesPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/runs',
    component: lazyRouteComponent(() => import('./pages/runs/runs-page'), 'RunsPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/runs/$runId',
    component: lazyRouteComponent(() => import('./pages/runs/run-page'), 'RunPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/messages',
    component: lazyRouteComponent(() => import('./pages/messages/messages-page'), 'MessagesPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/messages/$messageId',
    component: lazyRouteComponent(() => import('./pages/messages/message-page'), 'MessagePage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/writebacks',
    component: lazyRouteComponent(() => import('./pages/writebacks/writebacks-page'), 'WritebacksPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/settings',
    component: lazyRouteComponent(() => import('./pages/settings/settings-page'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/settings/$section',
    component: lazyRouteComponent(() => import('./pages/settings/settings-page'), 'SettingsPage'),
  }),
] as const;

const routeTree = rootRoute.addChildren([loginRoute, appRoute.addChildren(routes)]);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
