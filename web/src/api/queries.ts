import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, ProblemError } from './client';
import type { Query } from './client';
import { keys } from './keys';
import type * as T from './types';

const RUN_POLL_MS = 1500;
const FRESH_MS = 30_000;
const RUN_MOVING: readonly T.RunState[] = ['planning', 'approved', 'applying'];

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: () => api.get<T.Session>('/auth/me'),
  staleTime: 5 * 60_000,
  retry: false,
});

export const administrationsQuery = queryOptions({
  queryKey: keys.administrations,
  queryFn: () => api.get<T.Page<T.Administration>>('/administrations'),
  staleTime: FRESH_MS,
});

/** The demo login, or null when this server has none. */
export const useDemoLogin = () =>
  useQuery({
    queryKey: keys.demo,
    queryFn: async (): Promise<T.DemoLogin | null> => {
      try {
        return await api.get<T.DemoLogin>('/auth/demo');
      } catch (error) {
        if (error instanceof ProblemError && error.status !== 0) return null;
        throw error;
      }
    },
    retry: false,
  });

export const useSession = () => useQuery(sessionQuery);
export const useAdministrations = () => useQuery(administrationsQuery);

export const useOverview = (administration?: string) =>
  useQuery({
    queryKey: keys.overview(administration),
    queryFn: () => api.get<T.Overview>('/overview', { administration }),
    refetchInterval: FRESH_MS,
  });

export const useConnectors = (enabled = true) =>
  useQuery({
    queryKey: keys.connectors,
    queryFn: () => api.get<T.Page<T.Connector>>('/connectors'),
    enabled,
    staleTime: Infinity,
  });

export const useConnections = () =>
  useQuery({ queryKey: keys.connections, queryFn: () => api.get<T.Page<T.Connection>>('/connections') });

export const useConnection = (id: string) =>
  useQuery({ queryKey: keys.connection(id), queryFn: () => api.get<T.Connection>(`/connections/${id}`) });

/** What the consent reaches. Rights cost the source a call for each administration, so they come as a second answer. */
export const useSourceAdministrations = (id: string, enabled: boolean, rights = false) =>
  useQuery({
    queryKey: [...keys.sourceAdministrations(id), { rights }],
    queryFn: () =>
      api.get<T.Page<T.SourceAdministration>>(`/connections/${id}/administrations`, { rights: rights || undefined }),
    enabled,
    staleTime: FRESH_MS,
  });

export const useAdministration = (id: string) =>
  useQuery({ queryKey: keys.administration(id), queryFn: () => api.get<T.Administration>(`/administrations/${id}`) });

/** One answer below an administration that is not a list with a cursor: schedule, segments, templates… */
export const useAdministrationPart = <R>(id: string, part: string, query: Query = {}) =>
  useQuery({
    queryKey: keys.under(id, part, query),
    queryFn: () => api.get<R>(`/administrations/${id}/${part}`, query),
  });

/** What a schedule would do, before it is saved. The last good answer stays while a new one is on its way. */
export const useScheduleDraft = (id: string, { cron, timeZone }: { cron: string; timeZone: string }) =>
  useQuery({
    queryKey: keys.under(id, 'schedule', { cron, timeZone }),
    queryFn: () => api.get<T.Schedule>(`/administrations/${id}/schedule`, { cron, timeZone }),
    placeholderData: (previous) => previous,
    retry: false,
  });

/** A comparison with the source's own list, with as many of its debtors as were read so far; asked again while one is made. */
export function useTieOut(id: string, query: Query) {
  const result = useInfiniteQuery({
    queryKey: keys.under(id, 'tie-out', query),
    queryFn: ({ pageParam }) =>
      api.get<T.TieOutCheck>(`/administrations/${id}/tie-out`, { ...query, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
    refetchInterval: ({ state }) => (state.data?.pages[0]?.running === true ? RUN_POLL_MS : false),
  });
  return { ...result, check: result.data?.pages[0], rows: result.data?.pages.flatMap((page) => page.items) };
}

/** A cursor list under any path; `rows` is every page read so far. */
export function useRows<R>(queryKey: readonly unknown[], path: string, query: Query = {}) {
  const result = useInfiniteQuery({
    queryKey: [...queryKey, 'rows'],
    queryFn: ({ pageParam }) => api.get<T.Page<R>>(path, { ...query, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });
  return { ...result, rows: result.data?.pages.flatMap((page) => page.items) };
}

export const useAdministrationRows = <R>(id: string, part: string, query: Query = {}) =>
  useRows<R>(keys.under(id, part, query), `/administrations/${id}/${part}`, query);

export const useDebtor = (id: string) =>
  useQuery({ queryKey: keys.debtor(id), queryFn: () => api.get<T.Debtor>(`/debtors/${id}`) });

export const useDebtorPart = <R>(id: string, part: string) =>
  useQuery({ queryKey: keys.debtorPart(id, part), queryFn: () => api.get<T.Page<R>>(`/debtors/${id}/${part}`) });

/** A run; asked again every moment while the server is still planning or applying. */
export const useRun = (id: string) =>
  useQuery({
    queryKey: keys.run(id),
    queryFn: () => api.get<T.Run>(`/dunning-runs/${id}`),
    refetchInterval: (query) => (query.state.data && RUN_MOVING.includes(query.state.data.state) ? RUN_POLL_MS : false),
  });

export const useRunLines = (id: string, query: Query, enabled = true) => {
  const result = useInfiniteQuery({
    queryKey: keys.runPart(id, 'lines', query),
    queryFn: ({ pageParam }) =>
      api.get<T.Page<T.RunLine>>(`/dunning-runs/${id}/lines`, { ...query, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    enabled,
  });
  return { ...result, rows: result.data?.pages.flatMap((page) => page.items) };
};

export const useRunMessages = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: keys.runPart(id, 'messages'),
    queryFn: () => api.get<T.Page<T.PlannedMessage>>(`/dunning-runs/${id}/messages`, { limit: 500 }),
    enabled,
  });

export const useRunPreview = (id: string, debtorId: string | null) =>
  useQuery({
    queryKey: keys.runPart(id, 'preview', { debtorId }),
    queryFn: () => api.get<T.RenderedMail>(`/dunning-runs/${id}/preview/${debtorId ?? ''}`),
    enabled: debtorId !== null,
  });

export const useMessage = (id: string) =>
  useQuery({ queryKey: keys.message(id), queryFn: () => api.get<T.Message>(`/messages/${id}`) });

export const useApiKeys = () =>
  useQuery({ queryKey: keys.apiKeys, queryFn: () => api.get<T.Page<T.ApiKey>>('/auth/api-keys') });
