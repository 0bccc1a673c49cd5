import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { Page, PageQuery, Read, Write } from '@/shared/http/paths';

export type JobState = 'QUEUED' | 'RUNNING' | 'PAUSED' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** A line of the list. */
export interface JobLine {
  id: string;
  application: string;
  baseModel: string;
  state: JobState;
  reason?: string | null;
  dataset: string;
  datasetVersion: number;
  author: string;
  createdAt: string;
  finishedAt?: string | null;
}

export interface Epoch {
  epoch: number;
  trainLoss: number;
  validationLoss: number;
  validationAccuracy: number;
  validationMacroF1: number;
}

export interface TrainingJob extends JobLine {
  method: string;
  splitDigest: string;
  hyperparameters: Record<string, number>;
  seed: number;
  attempt: number;
  /** From 0 to 1. */
  progress: number;
  etaSeconds?: number | null;
  embedded: number;
  texts: number;
  epoch: number;
  spend: { amount: string; currency: string };
  maxSpend?: { amount: string; currency: string } | null;
  epochs: Epoch[];
  result?: { bestEpoch: number; stoppedEarly: boolean; metrics: Record<string, number>; artifactDigest: string } | null;
}

interface paths {
  '/api/training-jobs': { get: Read<Page<JobLine>, Record<never, never>, PageQuery> };
  '/api/training-jobs/{id}': { get: Read<TrainingJob, { id: string }> };
  '/api/training-jobs/{id}/cancel': { post: Write<TrainingJob, { reason: string }, { id: string }> };
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

export function cancel(id: string, reason: string): Promise<TrainingJob> {
  return body(api.POST('/api/training-jobs/{id}/cancel', { params: { path: { id } }, body: { reason } }));
}

export function isOver(state: JobState): boolean {
  return state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED';
}
