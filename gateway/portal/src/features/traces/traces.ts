import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, operations, paths } from '@/shared/http/generated/inference';

type Schemas = components['schemas'];

export type Trace = Schemas['TraceView'];
export type TraceDetail = Schemas['TraceDetail'];
export type TraceStep = Schemas['StepView'];
export type TraceContent = Schemas['TraceContentView'];
export type TracePolicy = Schemas['TracePolicyView'];
export type TraceFilter = Omit<NonNullable<operations['listTraces']['parameters']['query']>, 'limit' | 'pageToken'>;

/** Who may see what was asked and answered. */
export const readers = ['data-steward', 'ml-engineer', 'compliance-officer'] as const;

const api = client<paths>();

export const tracesQuery = (filter: TraceFilter, pageToken?: string) =>
  queryOptions({
    queryKey: ['traces', 'list', filter, pageToken],
    queryFn: ({ signal }) =>
      body(api.GET('/api/traces', { params: { query: { ...filter, pageToken, limit: 50 } }, signal })),
  });

/** By the id of a trace, a request or a response. */
export const traceQuery = (traceId: string) =>
  queryOptions({
    queryKey: ['traces', 'one', traceId],
    queryFn: ({ signal }) => body(api.GET('/api/traces/{traceId}', { params: { path: { traceId } }, signal })),
  });

/** Each read is recorded, so it is asked for once. */
export const contentQuery = (traceId: string) =>
  queryOptions({
    queryKey: ['traces', 'content', traceId],
    staleTime: Infinity,
    queryFn: ({ signal }) => body(api.GET('/api/traces/{traceId}/content', { params: { path: { traceId } }, signal })),
  });

export const policyQuery = queryOptions({
  queryKey: ['traces', 'policy'],
  queryFn: ({ signal }) => body(api.GET('/api/trace-policy', { signal })),
});

export function changePolicy(policy: TracePolicy): Promise<TracePolicy> {
  return body(api.PUT('/api/trace-policy', { body: policy }));
}

/** 12.3 ms, 1.25 s. */
export function duration(millis: number): string {
  return millis < 1_000 ? `${millis.toFixed(millis < 10 ? 2 : 1)} ms` : `${(millis / 1_000).toFixed(2)} s`;
}
