import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ProblemError } from './api/client';
import { startTexts } from './i18n';
import { makeRouter } from './router';
import './styles/mantine.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/versions.css';
import './styles/table.css';
import { cssVariablesResolver, theme } from './theme';

const RETRIES = 2;

/** Refusals are answers, not accidents: only silence and server errors are worth asking again. */
function mayRetry(failures: number, error: unknown): boolean {
  const refused = error instanceof ProblemError && error.status >= 400 && error.status < 500;
  return !refused && failures < RETRIES;
}

function start(root: HTMLElement): void {
  const onError = (error: unknown): void => {
    const { pathname, search } = globalThis.location;
    if (!(error instanceof ProblemError) || error.status !== 401 || pathname === '/login') return;
    client.removeQueries({ queryKey: ['session'] });
    void router.navigate({ to: '/login', search: { next: `${pathname}${search}`, result: 'expired' } });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => query.queryKey[0] !== 'session' && onError(error) }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { retry: mayRetry, staleTime: 5000 } },
  });
  const router = makeRouter(client);
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
        <QueryClientProvider client={client}>
          <Notifications position="bottom-right" />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

startTexts();
const root = document.querySelector<HTMLElement>('#root');
if (root !== null) start(root);
