import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { paths } from '@/shared/http/generated/evaluation';

const api = client<paths>();

/** The query for a verdict by its id. Verdicts never change. */
export const verdictQuery = (verdictId: string) =>
  queryOptions({
    queryKey: ['verdict', verdictId],
    staleTime: Infinity,
    queryFn: ({ signal }) => body(api.GET('/api/verdicts/{verdictId}', { params: { path: { verdictId } }, signal })),
  });
