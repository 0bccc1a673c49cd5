import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, operations, paths } from '@/shared/http/generated/inference';

type Schemas = components['schemas'];

export type Feedback = Schemas['FeedbackView'];
export type Correction = Schemas['CorrectionView'];
export type ReleaseFeedback = Schemas['ReleaseFeedbackView'];
export type Judgement = Omit<Schemas['CreateFeedback'], 'responseId'>;
export type FeedbackFilter = Omit<
  NonNullable<operations['listFeedback']['parameters']['query']>,
  'limit' | 'pageToken'
>;

const api = client<paths>();

export const feedbackQuery = (filter: FeedbackFilter, pageToken?: string) =>
  queryOptions({
    queryKey: ['feedback', 'list', filter, pageToken],
    queryFn: ({ signal }) =>
      body(api.GET('/api/feedback', { params: { query: { ...filter, pageToken, limit: 50 } }, signal })),
  });

/** The query for the newest 100 feedback entries on the answer of a trace. */
export const traceFeedbackQuery = (traceId: string) =>
  queryOptions({
    queryKey: ['feedback', 'trace', traceId],
    queryFn: ({ signal }) =>
      body(api.GET('/api/traces/{traceId}/feedback', { params: { path: { traceId }, query: { limit: 100 } }, signal })),
  });

/** The query for the corrections of an answer. It is sent once, because each read is recorded. */
export const correctionsQuery = (traceId: string) =>
  queryOptions({
    queryKey: ['feedback', 'corrections', traceId],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      body(api.GET('/api/traces/{traceId}/corrections', { params: { path: { traceId } }, signal })),
  });

export const releaseFeedbackQuery = (releaseId: string) =>
  queryOptions({
    queryKey: ['feedback', 'release', releaseId],
    queryFn: ({ signal }) =>
      body(api.GET('/api/releases/{releaseId}/feedback', { params: { path: { releaseId } }, signal })),
  });

/** Records the caller's judgement of an answer, which replaces an earlier one. */
export function createFeedback(feedback: Schemas['CreateFeedback']): Promise<Schemas['RecordedFeedback']> {
  return body(api.POST('/api/feedback', { body: feedback }));
}
