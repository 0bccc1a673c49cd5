import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/evaluation';

type Schemas = components['schemas'];

export type Run = Schemas['RunView'];
export type Verdict = Schemas['VerdictView'];

const api = client<paths>();
const limit = 100;

/** The query for runs, newest first. */
export const runsQuery = (application: string) =>
  queryOptions({
    queryKey: ['runs', application],
    queryFn: ({ signal }) => body(api.GET('/api/runs', { params: { query: { application, limit } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some((run) => run.state === 'RUNNING') ? 1_500 : false),
  });

/** The query for a run, again while it is running. */
export const runQuery = (runId: string) =>
  queryOptions({
    queryKey: ['run', runId],
    queryFn: ({ signal }) => body(api.GET('/api/runs/{runId}', { params: { path: { runId } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'RUNNING' ? 1_500 : false),
  });

/** The query for verdicts, newest first. */
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
