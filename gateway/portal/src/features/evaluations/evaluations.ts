import { queryOptions } from '@tanstack/react-query';
import type { Run, Verdict } from '@/shared/data/evaluations';
import type { Suite } from '@/shared/data/suites';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths } from '@/shared/http/generated/evaluation';

type Schemas = components['schemas'];

export type NewSuite = Schemas['CreateSuite'];
export type NewScorer = NewSuite['scorers'][number];
export type RequestVerdict = Schemas['RequestVerdict'];
export type StartRun = Schemas['StartRun'];
export type Baseline = Schemas['Baseline'];
export type Comparison = Schemas['ComparisonView'];
export type ItemDifference = Schemas['ItemDifference'];

const api = client<paths>();

export const comparisonsQuery = (application: string) =>
  queryOptions({
    queryKey: ['comparisons', application],
    queryFn: ({ signal }) =>
      body(api.GET('/api/comparisons', { params: { query: { application, limit: 1 } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items[0]?.state === 'RUNNING' ? 1_500 : false),
  });

/** The query for the items of a comparison whose scores differ. */
export const differencesQuery = (comparisonId: string, runId: string, pageToken?: string) =>
  queryOptions({
    queryKey: ['comparison', comparisonId, 'items', runId, pageToken],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/comparisons/{comparisonId}/items', {
          params: { path: { comparisonId }, query: { runId, onlyChanged: true, limit: 20, pageToken } },
          signal,
        }),
      ),
  });

export function createSuite(suite: NewSuite, key: string): Promise<Suite> {
  return body(api.POST('/api/suites', { params: { header: once(key) }, body: suite }));
}

/** Computes the scores for a suite that was published before there were such scores. */
export function computeTrivialScores(suiteDigest: string): Promise<Suite> {
  return body(api.POST('/api/suites/{suiteDigest}/trivial-scores', { params: { path: { suiteDigest } } }));
}

export function startRun(run: StartRun, key: string): Promise<Run> {
  return body(api.POST('/api/runs', { params: { header: once(key) }, body: run }));
}

export function cancelRun(runId: string): Promise<Run> {
  return body(api.POST('/api/runs/{runId}/cancel', { params: { path: { runId } } }));
}

export function recordBaseline(baseline: Schemas['RecordBaseline'], key: string): Promise<Baseline> {
  return body(api.POST('/api/baselines', { params: { header: once(key) }, body: baseline }));
}

export function requestComparison(comparison: Schemas['RequestComparison'], key: string): Promise<Comparison> {
  return body(api.POST('/api/comparisons', { params: { header: once(key) }, body: comparison }));
}

export function requestVerdict(verdict: RequestVerdict, key: string): Promise<Verdict> {
  return body(api.POST('/api/verdicts', { params: { header: once(key) }, body: verdict }));
}
