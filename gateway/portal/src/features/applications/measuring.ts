import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/evaluation';

type Schemas = components['schemas'];

export type Suite = Schemas['SuiteView'];
export type NewSuite = Schemas['CreateSuite'];
export type Evaluator = NewSuite['evaluators'][number];
export type Run = Schemas['RunView'];
export type Verdict = Schemas['Verdict'];
export type RequestVerdict = Schemas['RequestVerdict'];
export type Outcome = Verdict['outcome'];
export type Baseline = Schemas['Baseline'];
export type Comparison = Schemas['ComparisonView'];
/** Who watches a canary, and what both arms have answered. */
export type Guard = Schemas['GuardView'];
export type Arms = Schemas['ArmsView'];

const api = client<paths>();
const limit = 100;
const once = (key: string) => ({ 'Idempotency-Key': key });

export const suitesQuery = queryOptions({
  queryKey: ['suites'],
  queryFn: ({ signal }) => body(api.GET('/api/suites', { params: { query: { limit } }, signal })),
});

export const runsQuery = (application: string) =>
  queryOptions({
    queryKey: ['runs', application],
    queryFn: ({ signal }) => body(api.GET('/api/runs', { params: { query: { application, limit } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some((run) => run.state === 'RUNNING') ? 1_500 : false),
  });

export const verdictsQuery = (application: string) =>
  queryOptions({
    queryKey: ['verdicts', application],
    queryFn: ({ signal }) => body(api.GET('/api/verdicts', { params: { query: { application, limit } }, signal })),
  });

export const baselinesQuery = (application: string) =>
  queryOptions({
    queryKey: ['baselines', application],
    queryFn: ({ signal }) => body(api.GET('/api/baselines', { params: { query: { application } }, signal })),
  });

export const comparisonsQuery = (application: string) =>
  queryOptions({
    queryKey: ['comparisons', application],
    queryFn: ({ signal }) =>
      body(api.GET('/api/comparisons', { params: { query: { application, limit: 1 } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items[0]?.state === 'RUNNING' ? 1_500 : false),
  });

/** The newest release first. */
export const guardsQuery = (application: string) =>
  queryOptions({
    queryKey: ['guards', application],
    queryFn: ({ signal }) => body(api.GET('/api/guards', { params: { query: { application } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some((guard) => guard.state === 'WATCHING') ? 5_000 : 30_000),
  });

export function createSuite(suite: NewSuite, key: string): Promise<Suite> {
  return body(api.POST('/api/suites', { params: { header: once(key) }, body: suite }));
}

export function startRun(run: Schemas['StartRun'], key: string): Promise<Run> {
  return body(api.POST('/api/runs', { params: { header: once(key) }, body: run }));
}

export function cancelRun(id: string): Promise<Run> {
  return body(api.POST('/api/runs/{id}/cancel', { params: { path: { id } } }));
}

export function recordBaseline(baseline: Schemas['RecordBaseline'], key: string): Promise<Baseline> {
  return body(api.POST('/api/baselines', { params: { header: once(key) }, body: baseline }));
}

export function compare(comparison: Schemas['RequestComparison'], key: string): Promise<Comparison> {
  return body(api.POST('/api/comparisons', { params: { header: once(key) }, body: comparison }));
}

export function judge(verdict: RequestVerdict, key: string): Promise<Verdict> {
  return body(api.POST('/api/verdicts', { params: { header: once(key) }, body: verdict }));
}
