import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, operations, paths } from '@/shared/http/generated/inference';

type Schemas = components['schemas'];

export type TraceStep = Schemas['StepView'];
export type Histogram = Schemas['TraceHistogram'];
export type ListedTraces = Schemas['TracePage'];
export type TracePolicy = Schemas['TracePolicyView'];
export type TraceFilter = Omit<NonNullable<operations['listTraces']['parameters']['query']>, 'limit' | 'pageToken'>;

/** The filter of the list without the trace, which is no period. */
export type HistogramFilter = Omit<TraceFilter, 'traceId'>;

const api = client<paths>();

export const tracesQuery = (filter: TraceFilter, pageToken?: string) =>
  queryOptions({
    queryKey: ['traces', 'list', filter, pageToken],
    queryFn: ({ signal }) =>
      body(api.GET('/api/traces', { params: { query: { ...filter, pageToken, limit: 50 } }, signal })),
  });

/** The query for calls and errors over time. */
export const histogramQuery = (filter: HistogramFilter) =>
  queryOptions({
    queryKey: ['traces', 'histogram', filter],
    queryFn: ({ signal }) => body(api.GET('/api/traces/histogram', { params: { query: filter }, signal })),
  });

export const policyQuery = queryOptions({
  queryKey: ['traces', 'policy'],
  queryFn: ({ signal }) => body(api.GET('/api/trace-policy', { signal })),
});

export function changePolicy(policy: TracePolicy): Promise<TracePolicy> {
  return body(api.PUT('/api/trace-policy', { body: policy }));
}

/** The query for passages by their ids. It is sent once, because each read is recorded and an index never changes. */
export const passagesQuery = (indexId: string, passageId: string[]) =>
  queryOptions({
    queryKey: ['index-passages', indexId, passageId],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      body(api.GET('/api/indexes/{indexId}/passages', { params: { path: { indexId }, query: { passageId } }, signal })),
  });
