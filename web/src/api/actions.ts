import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type * as T from './types';

/** Every change names the cached answers that it makes old. */
function useAction<I, O>(run: (input: I) => Promise<O>, touches: readonly (readonly unknown[])[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: async () => {
      await Promise.all(touches.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
}

export const useLogin = () =>
  useMutation({
    mutationFn: (input: { email: string; password: string }) => api.post<T.Session>('/auth/login', input),
  });

export const useLogout = () => useMutation({ mutationFn: () => api.post<void>('/auth/logout') });

export const useConnect = () =>
  useMutation({
    mutationFn: (input: { connector: string; settings?: Record<string, string> }) =>
      api.post<{ id: string; authorizeUrl: string | null }>('/connections', input),
  });

export const useReconnect = (id: string) =>
  useAction(() => api.post<{ authorizeUrl: string | null }>(`/connections/${id}/reconnect`), [keys.connections]);

export const useDisconnect = (id: string) =>
  useAction(() => api.delete<void>(`/connections/${id}`), [keys.connections, keys.administrations, ['overview']]);

export const useEnableAdministration = (connectionId: string) =>
  useAction(
    (sourceId: string) => api.post<T.Administration>('/administrations', { connectionId, sourceId }),
    [keys.connections, keys.administrations, ['overview']],
  );

export const useChangeAdministration = (id: string) =>
  useAction(
    (change: T.AdministrationChange) => api.patch<T.Administration>(`/administrations/${id}`, change),
    [keys.administrations],
  );

export const useStartSync = (id: string) =>
  useAction(
    (full: boolean) => api.post<{ id: string; status: string }>(`/administrations/${id}/syncs`, { full }),
    [keys.administrations],
  );

/** Pulls what changed, then compares with the source's own list. */
export const useCompare = (id: string) =>
  useAction(
    () => api.post<{ id: string; status: string }>(`/administrations/${id}/tie-out`),
    [keys.under(id, 'tie-out').slice(0, 3), keys.administration(id)],
  );

export const useRetryQuarantine = (id: string) =>
  useAction(
    (ids: string[] | null) =>
      api.post<{ tried: number; resolved: number; waiting: number }>(
        `/administrations/${id}/quarantine/retry`,
        ids === null ? {} : { ids },
      ),
    [keys.administrations, ['overview']],
  );

/** Whether what a full pull did not see is gone, or stays. */
export const useDecideSweep = () =>
  useAction(
    ({ id, ...decision }: { id: string; decision: 'delete' | 'keep'; note: string }) =>
      api.post<T.Sweep>(`/sweeps/${id}/decide`, decision),
    [keys.administrations, ['overview'], ['debtors']],
  );

/** Asks the source again to tell of changes. */
export const useLookAtHints = (id: string) =>
  useAction(() => api.post<T.Hints>(`/administrations/${id}/hints`), [keys.under(id, 'hints').slice(0, 3)]);

export const useSaveSchedule = (id: string) =>
  useAction(
    (schedule: { cron: string; timeZone: string; enabled: boolean }) =>
      api.put<T.Schedule>(`/administrations/${id}/schedule`, schedule),
    [keys.under(id, 'schedule').slice(0, 3)],
  );

export const useSaveTemplates = (id: string) =>
  useAction(
    (items: { key: string; language: string; subject: string; body: string }[]) =>
      api.put<T.Page<T.Template>>(`/administrations/${id}/templates`, { items }),
    [keys.under(id, 'templates').slice(0, 3)],
  );

export const useAddBlock = (target: { receivableId?: string; debtorId: string }) =>
  useAction(
    (block: T.NewBlock) =>
      target.receivableId === undefined
        ? api.post<T.Block>(`/debtors/${target.debtorId}/blocks`, block)
        : api.post<T.Block>(`/receivables/${target.receivableId}/blocks`, block),
    [['debtors'], keys.administrations],
  );

export const useReleaseBlock = () =>
  useAction((id: string) => api.delete<void>(`/blocks/${id}`), [['debtors'], keys.administrations]);

export const useChangeDebtor = (id: string) =>
  useAction((change: T.DebtorChange) => api.patch<T.Debtor>(`/debtors/${id}`, change), [['debtors']]);

export const useNewRun = (administrationId: string) =>
  useAction(
    (input: { asOf?: string; dryRun?: boolean }) =>
      api.post<{ id: string; status: string }>(`/administrations/${administrationId}/dunning-runs`, input),
    [keys.administrations, ['overview']],
  );

export const useHoldLine = (runId: string) =>
  useAction(
    (input: { receivableId: string; held: boolean }) =>
      api.patch<T.RunLine>(`/dunning-runs/${runId}/lines/${input.receivableId}`, { held: input.held }),
    [keys.run(runId)],
  );

export const useApproveRun = (runId: string) =>
  useAction(
    (planHash: string | null) =>
      api.post<T.Run>(`/dunning-runs/${runId}/approve`, planHash === null ? {} : { planHash }),
    [['runs'], ['overview']],
  );

export const useGoOn = (runId: string) =>
  useAction(() => api.post<{ id: string }>(`/dunning-runs/${runId}/apply`), [['runs'], ['overview']]);

export const useSettleMessage = (id: string) =>
  useAction(
    (input: { outcome: 'sent' | 'not-sent'; note: string }) => api.post<T.Message>(`/messages/${id}/settle`, input),
    [['messages'], keys.administrations, ['overview']],
  );

export const useRetryWriteback = () =>
  useAction((id: string) => api.post<unknown>(`/writebacks/${id}/retry`), [keys.administrations, ['overview']]);

export const useSettleWriteback = () =>
  useAction(
    ({ id, ...decision }: { id: string; outcome: 'applied' | 'abandoned'; note: string }) =>
      api.post<T.Writeback>(`/writebacks/${id}/settle`, decision),
    [keys.administrations, ['overview']],
  );

export const useResolveWriteback = () =>
  useAction(
    ({ id, ...decision }: { id: string; choice: 'theirs' | 'ours'; note: string }) =>
      api.post<T.Writeback>(`/writebacks/${id}/resolve`, decision),
    [keys.administrations, ['overview']],
  );

export const useFinishTask = () =>
  useAction((id: string) => api.post<unknown>(`/tasks/${id}/done`), [keys.administrations, ['overview']]);

export const useCreateApiKey = () =>
  useAction((input: { name: string; role: string }) => api.post<T.NewApiKey>('/auth/api-keys', input), [keys.apiKeys]);

export const useDeleteApiKey = () =>
  useAction((id: string) => api.delete<void>(`/auth/api-keys/${id}`), [keys.apiKeys]);
