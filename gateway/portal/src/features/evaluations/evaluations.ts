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

const api = client<paths>();

export const comparisonsQuery = (application: string) =>
  queryOptions({
    queryKey: ['comparisons', application],
    queryFn: ({ signal }) =>
      body(api.GET('/api/comparisons', { params: { query: { application, limit: 1 } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items[0]?.state === 'RUNNING' ? 1_500 : false),
  });

export function createSuite(suite: NewSuite, key: string): Promise<Suite> {
  return body(api.POST('/api/suites', { params: { header: once(key) }, body: suite }));
}

/** Of a suite that was published before such scores were computed. */
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
