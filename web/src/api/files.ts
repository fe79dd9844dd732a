import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type * as T from './types';

const filesOf = (administrationId: string) => keys.under(administrationId, 'files').slice(0, 3);

/** A change to a file makes the list of files and the figures of the administration old. */
function useFileAction<I, O>(administrationId: string, run: (input: I) => Promise<O>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: async () => {
      await Promise.all(
        [filesOf(administrationId), keys.administrations].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
  });
}

export const useBringFile = (administrationId: string) =>
  useFileAction(administrationId, (file: File) => {
    const form = new FormData();
    form.append('file', file);
    return api.post<T.ImportFile>(`/administrations/${administrationId}/files`, form);
  });

/** The file as it will be understood; asked again whenever a column is chosen. */
export const useFilePreview = (id: string, asked: T.FileQuestion) =>
  useQuery({
    queryKey: ['files', id, 'preview', asked],
    queryFn: () => api.post<T.FilePreview>(`/files/${id}/preview`, asked),
    placeholderData: keepPreviousData,
    retry: false,
  });

interface Order extends T.FileQuestion {
  id: string;
  confirmed?: boolean;
}

interface Ordered {
  id: string;
  status: 'imported' | 'held';
  counts: T.ImportCounts;
  syncId: string | null;
}

export const useImportFile = (administrationId: string) =>
  useFileAction(administrationId, ({ id, ...asked }: Order) => api.post<Ordered>(`/files/${id}/import`, asked));

export const useDiscardFile = (administrationId: string) =>
  useFileAction(administrationId, (id: string) => api.delete<void>(`/files/${id}`));

/** A connection where nobody signs in has its administrations at once: they are taken into use without a question. */
export const useStartWithFiles = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (connectionId: string) => {
      const { items } = await api.get<T.Page<T.SourceAdministration>>(`/connections/${connectionId}/administrations`);
      const added: T.Administration[] = [];
      for (const { sourceId } of items)
        added.push(await api.post<T.Administration>('/administrations', { connectionId, sourceId }));
      return added[0]?.id ?? null;
    },
    onSuccess: async () => {
      await Promise.all(
        [keys.connections, keys.administrations].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
  });
};
