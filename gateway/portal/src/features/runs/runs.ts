import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths as EvaluationPaths } from '@/shared/http/generated/evaluation';

type Schemas = components['schemas'];

export type Run = Schemas['RunView'];
export type RunItem = Schemas['RunItem'];
export type Suite = Schemas['SuiteView'];
export type Expected = Schemas['ExpectedView'];
export type Confusion = Schemas['Confusion'];
export type ClassFigures = Schemas['ClassFigures'];

/** Which items are shown: all, those answered incorrectly, or those whose answer changed with a perturbation. */
export type Shown = 'all' | 'wrong' | 'disagreements';

const api = client<EvaluationPaths>();

export const runQuery = (runId: string) =>
  queryOptions({
    queryKey: ['run', runId],
    queryFn: ({ signal }) => body(api.GET('/api/runs/{runId}', { params: { path: { runId } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'RUNNING' ? 1_500 : false),
  });

export const itemsQuery = (runId: string, shown: Shown, pageToken?: string) =>
  queryOptions({
    queryKey: ['run', runId, 'items', shown, pageToken],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/runs/{runId}/items', {
          params: {
            path: { runId },
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

/** An item with its whole output. */
export const outputQuery = (runId: string, ordinal: number) =>
  queryOptions({
    queryKey: ['run', runId, 'items', ordinal],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      body(api.GET('/api/runs/{runId}/items/{ordinal}', { params: { path: { runId, ordinal } }, signal })),
  });

export const suiteQuery = (suiteDigest: string) =>
  queryOptions({
    queryKey: ['suite', suiteDigest],
    staleTime: Infinity,
    queryFn: ({ signal }) => body(api.GET('/api/suites/{suiteDigest}', { params: { path: { suiteDigest } }, signal })),
  });

/** Shows the answers of all runs over a suite, after which nothing more is judged on its items. */
export function openSuite(suiteDigest: string, reason: string): Promise<Suite> {
  return body(api.POST('/api/suites/{suiteDigest}/open', { params: { path: { suiteDigest } }, body: { reason } }));
}
