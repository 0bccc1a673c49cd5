import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { Page, PageQuery, Read, Write } from '@/shared/http/paths';

export type JobState = 'QUEUED' | 'RUNNING' | 'PAUSED' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

export interface TrainingJob {
  jobId: string;
  application: string;
  baseModel: string;
  method: string;
  splitDigest: string;
  state: JobState;
  attempt?: number;
  progress?: number | null;
  message?: string | null;
  etaSeconds?: number | null;
  reason?: string | null;
  hyperparameters?: Record<string, unknown>;
  metrics?: Record<string, number> | null;
  author?: string;
  createdAt?: string;
}

interface paths {
  '/api/training-jobs': { get: Read<Page<TrainingJob>, Record<never, never>, PageQuery> };
  '/api/training-jobs/{id}': { get: Read<TrainingJob, { id: string }> };
  '/api/training-jobs/{id}/cancel': { post: Write<TrainingJob, Record<never, never>, { id: string }> };
}

const api = client<paths>();

export const jobsQuery = (pageToken?: string) =>
  queryOptions({
    queryKey: ['training', 'list', pageToken],
    queryFn: ({ signal }) => body(api.GET('/api/training-jobs', { params: { path: {}, query: { pageToken, limit: 50 } }, signal })),
    refetchInterval: 10_000,
  });

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ['training', id],
    queryFn: ({ signal }) => body(api.GET('/api/training-jobs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : 5_000),
  });

export function cancel(id: string): Promise<TrainingJob> {
  return body(api.POST('/api/training-jobs/{id}/cancel', { params: { path: { id } }, body: {} }));
}

export function isOver(state: JobState): boolean {
  return state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED';
}
