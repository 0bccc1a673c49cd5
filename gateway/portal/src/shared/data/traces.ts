import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/inference';

type Schemas = components['schemas'];

export type Trace = Schemas['TraceView'];
export type TraceDetail = Schemas['TraceDetail'];
export type TraceContent = Schemas['TraceContentView'];

/** Who may see what was asked and answered. */
export const readers = ['data-steward', 'ml-engineer', 'compliance-officer'] as const;

const api = client<paths>();

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
