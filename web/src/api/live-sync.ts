import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, apiPath } from './client';
import { keys } from './keys';
import type { Sync, SyncState } from './types';

const POLL_MS = 2000;
const MOVING: readonly SyncState[] = ['queued', 'running'];

export function isMoving(sync: { state: SyncState } | null | undefined): boolean {
  return sync !== null && sync !== undefined && MOVING.includes(sync.state);
}

/** After a sync ended nearly every figure may differ, so everything on screen is read again. */
function refreshAfter(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: keys.administrations });
  void client.invalidateQueries({ queryKey: ['overview'] });
  void client.invalidateQueries({ queryKey: ['debtors'] });
}

function listen(id: string, client: QueryClient): () => void {
  const source = new EventSource(apiPath(`/syncs/${id}/events`), { withCredentials: true });
  const take = (event: MessageEvent<string>): void => {
    if (event.data !== '') client.setQueryData(keys.sync(id), JSON.parse(event.data) as Sync);
  };
  source.addEventListener('progress', take);
  source.addEventListener('done', (event) => {
    take(event as MessageEvent<string>);
    source.close();
    void client.invalidateQueries({ queryKey: keys.sync(id) });
    refreshAfter(client);
  });
  return () => source.close();
}

/**
 * One sync, live. Progress arrives as server-sent events; a slow poll beside it covers proxies that swallow streams,
 * and finds a sync again that was started before the page was left.
 */
export function useLiveSync(id: string | null) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: keys.sync(id ?? 'none'),
    queryFn: () => api.get<Sync>(`/syncs/${id ?? ''}`),
    enabled: id !== null,
    refetchInterval: (current) => (current.state.data === undefined || isMoving(current.state.data) ? POLL_MS : false),
  });
  const moving = isMoving(query.data);
  useEffect(() => {
    if (id === null || !moving) return undefined;
    const stop = listen(id, client);
    return () => {
      stop();
      refreshAfter(client);
    };
  }, [id, moving, client]);
  return query;
}
