import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths as EvaluationPaths } from '@/shared/http/generated/evaluation';

type Schemas = components['schemas'];

export type Run = Schemas['RunView'];
export type RunItem = Schemas['RunItem'];
/** An item with the beginnings of its question and answer, if the reader may see them. */
export type ListedRunItem = Schemas['ListedRunItem'];
export type Suite = Schemas['SuiteView'];
export type Expected = Schemas['ExpectedView'];
export type Output = Schemas['OutputView'];
export type Confusion = Schemas['Confusion'];
export type ClassFigures = Schemas['ClassFigures'];

export type AbstentionCurve = Schemas['AbstentionView'];
export type Distribution = Schemas['ScoreDistribution'];

/**
 * The items to show: all, incorrect ones, those with an abstention, those whose answer is no label, or those whose
 * answer changed with a perturbation.
 */
export type Shown = 'all' | 'wrong' | 'abstained' | 'unlabelled' | 'disagreements';

/** A filter for items that a scorer scored below a value. */
export interface ScoreBelow {
  scorer: string;
  below: number;
}

/** A filter for items. The labels restrict it to those that cells of the confusion matrix count. */
export interface ItemFilter {
  shown: Shown;
  score?: ScoreBelow | undefined;
  label?: string | undefined;
  prediction?: string | undefined;
}

const api = client<EvaluationPaths>();

export const itemsQuery = (runId: string, filter: ItemFilter, pageToken?: string) =>
  queryOptions({
    queryKey: ['run', runId, 'items', filter, pageToken],
    queryFn: ({ signal }) => {
      const { shown, score, label, prediction } = filter;
      return body(
        api.GET('/api/runs/{runId}/items', {
          params: {
            path: { runId },
            query: {
              onlyWrong: shown === 'wrong' || undefined,
              disagreements: shown === 'disagreements' || undefined,
              abstained: shown === 'abstained' || undefined,
              unlabelled: shown === 'unlabelled' || undefined,
              label,
              prediction,
              ...score,
              limit: 50,
              pageToken,
            },
          },
          signal,
        }),
      );
    },
  });

/** The query for an item with its complete output. */
export const outputQuery = (runId: string, ordinal: number) =>
  queryOptions({
    queryKey: ['run', runId, 'items', ordinal],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      body(api.GET('/api/runs/{runId}/items/{ordinal}', { params: { path: { runId, ordinal } }, signal })),
  });

/** The query for the distributions of scores. */
export const scoresQuery = (runId: string) =>
  queryOptions({
    queryKey: ['run', runId, 'scores'],
    queryFn: ({ signal }) => body(api.GET('/api/runs/{runId}/scores', { params: { path: { runId } }, signal })),
  });

/** The query for the abstention curve. The service refuses it if no answer has a confidence. */
export const abstentionQuery = (runId: string) =>
  queryOptions({
    queryKey: ['run', runId, 'abstention'],
    staleTime: Infinity,
    queryFn: ({ signal }) => body(api.GET('/api/runs/{runId}/abstention', { params: { path: { runId } }, signal })),
  });

export const suiteQuery = (suiteDigest: string) =>
  queryOptions({
    queryKey: ['suite', suiteDigest],
    staleTime: Infinity,
    queryFn: ({ signal }) => body(api.GET('/api/suites/{suiteDigest}', { params: { path: { suiteDigest } }, signal })),
  });

/** Opens the answers of all runs over a suite. After that, no further run over its items is allowed. */
export function openSuite(suiteDigest: string, reason: string): Promise<Suite> {
  return body(api.POST('/api/suites/{suiteDigest}/open', { params: { path: { suiteDigest } }, body: { reason } }));
}
