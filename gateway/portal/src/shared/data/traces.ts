import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/inference';

type Schemas = components['schemas'];

export type Trace = Schemas['TraceView'];
/** A trace with the beginnings of its question and answer, if the reader may see them. */
export type ListedTrace = Schemas['ListedTrace'];
export type TraceDetail = Schemas['TraceDetail'];
export type TraceContent = Schemas['TraceContentView'];

/** The roles that may read the contents of traces. */
export const readers = ['data-steward', 'ml-engineer', 'compliance-officer'] as const;

const api = client<paths>();

/** The query for a trace by the id of the trace, the request or the response. */
export const traceQuery = (traceId: string) =>
  queryOptions({
    queryKey: ['traces', 'one', traceId],
    queryFn: ({ signal }) => body(api.GET('/api/traces/{traceId}', { params: { path: { traceId } }, signal })),
  });

/** The query for the contents of a trace. It is sent once, because each read is recorded. */
export const contentQuery = (traceId: string) =>
  queryOptions({
    queryKey: ['traces', 'content', traceId],
    staleTime: Infinity,
    queryFn: ({ signal }) => body(api.GET('/api/traces/{traceId}/content', { params: { path: { traceId } }, signal })),
  });
