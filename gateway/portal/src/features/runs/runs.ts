import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { paths as DatasetPaths } from '@/shared/http/generated/dataset-registry';
import type { components, paths as EvaluationPaths } from '@/shared/http/generated/evaluation';
import type { paths as InferencePaths } from '@/shared/http/generated/inference';

type Schemas = components['schemas'];

export type Run = Schemas['RunView'];
export type RunItem = Schemas['RunItem'];
export type Suite = Schemas['SuiteView'];
export type Confusion = Schemas['Confusion'];
export type ClassFigures = Schemas['ClassFigures'];

/** Which items are shown: all, those answered wrongly, or those whose answer changed with the text. */
export type Shown = 'all' | 'wrong' | 'disagreements';

const api = client<EvaluationPaths & InferencePaths & DatasetPaths>();

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: ({ signal }) => body(api.GET('/api/runs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'RUNNING' ? 1_500 : false),
  });

export const itemsQuery = (id: string, shown: Shown, pageToken?: string) =>
  queryOptions({
    queryKey: ['run', id, 'items', shown, pageToken],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/runs/{id}/items', {
          params: {
            path: { id },
            query: {
              onlyWrong: shown === 'wrong' || undefined,
              disagreements: shown === 'disagreements' || undefined,
              limit: 50,
              pageToken,
            },
          },
          signal,
        }),
      ),
  });

export const suiteQuery = (digest: string) =>
  queryOptions({
    queryKey: ['suite', digest],
    staleTime: Infinity,
    queryFn: ({ signal }) => body(api.GET('/api/suites/{digest}', { params: { path: { digest } }, signal })),
  });

/** A variant by its digest, which never changes; a run of a bare model has none. */
export const variantQuery = (digest: string | null | undefined) =>
  queryOptions({
    queryKey: ['variant', digest],
    staleTime: Infinity,
    enabled: digest != null,
    queryFn: ({ signal }) =>
      body(api.GET('/api/variants/{digest}', { params: { path: { digest: digest ?? '' } }, signal })),
  });

/** The row that an item asks about, as its dataset keeps it. */
export const rowQuery = (name: string, number: number, rowId: string) =>
  queryOptions({
    queryKey: ['row', name, number, rowId],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/datasets/{name}/versions/{number}/rows/{rowId}', {
          params: { path: { name, number, rowId } },
          signal,
        }),
      ),
  });
