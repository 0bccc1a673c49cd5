import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths as TrainingPaths } from '@/shared/http/generated/training';
import type { paths as CataloguePaths } from '@/shared/http/generated/model-registry';
import type { paths as StrategyPaths } from '@/shared/http/generated/strategy';

type Schemas = components['schemas'];
export type JobLine = Schemas['TrainingJobSummary'];
export type JobState = JobLine['state'];
export type Epoch = Schemas['EpochView'];
export type TrainingJob = Schemas['TrainingJobView'];
export type NewJob = Schemas['CreateTrainingJob'];
export type Sweep = Schemas['SweepView'];
export type NewSweep = Schemas['CreateSweep'];
export type Steer = 'pause' | 'resume';

const api = client<TrainingPaths & CataloguePaths & StrategyPaths>();

export const jobsQuery = (pageToken?: string) =>
  queryOptions({
    queryKey: ['training', 'list', pageToken],
    queryFn: ({ signal }) =>
      body(api.GET('/api/training-jobs', { params: { query: { pageToken, limit: 50 } }, signal })),
    refetchInterval: 10_000,
  });

export const jobQuery = (jobId: string) =>
  queryOptions({
    queryKey: ['training', jobId],
    queryFn: ({ signal }) => body(api.GET('/api/training-jobs/{jobId}', { params: { path: { jobId } }, signal })),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : 5_000),
  });

export const sweepsQuery = (pageToken?: string) =>
  queryOptions({
    queryKey: ['training', 'sweeps', pageToken],
    queryFn: ({ signal }) => body(api.GET('/api/sweeps', { params: { query: { pageToken, limit: 50 } }, signal })),
    refetchInterval: 10_000,
  });

export const sweepQuery = (sweepId: string) =>
  queryOptions({
    queryKey: ['training', 'sweep', sweepId],
    queryFn: ({ signal }) => body(api.GET('/api/sweeps/{sweepId}', { params: { path: { sweepId } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'RUNNING' ? 2_000 : false),
  });

/** The query for the applications to train for, with their phases. */
export const applicationsQuery = queryOptions({
  queryKey: ['training', 'applications'],
  queryFn: ({ signal }) => body(api.GET('/api/applications', { params: { query: { limit: 100 } }, signal })),
});

export const tunableQuery = queryOptions({
  queryKey: ['base-models', 'tunable'],
  queryFn: async ({ signal }) => {
    const { items } = await body(api.GET('/api/base-models', { params: { query: { limit: 100 } }, signal }));
    return items.filter(({ tunable }) => tunable).map(({ name }) => name);
  },
});

export function createTrainingJob(job: NewJob, key: string): Promise<TrainingJob> {
  return body(api.POST('/api/training-jobs', { params: { header: once(key) }, body: job }));
}

export function createSweep(sweep: NewSweep, key: string): Promise<Sweep> {
  return body(api.POST('/api/sweeps', { params: { header: once(key) }, body: sweep }));
}

export function steer(jobId: string, how: Steer): Promise<TrainingJob> {
  return body(api.POST(`/api/training-jobs/{jobId}/${how}`, { params: { path: { jobId } } }));
}

export function cancel(jobId: string, reason: string): Promise<TrainingJob> {
  return body(api.POST('/api/training-jobs/{jobId}/cancel', { params: { path: { jobId } }, body: { reason } }));
}

export function cancelSweep(sweepId: string): Promise<unknown> {
  return body(api.POST('/api/sweeps/{sweepId}/cancel', { params: { path: { sweepId } } }));
}

export function isOver(state: JobState): boolean {
  return state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED';
}
