import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { allPages } from '@/shared/http/pages';
import type { paths } from '@/shared/http/generated/prompt-registry';

/** What variants are made of: prompt versions. */
const api = client<paths>();
const limit = 100;

export const promptsQuery = queryOptions({
  queryKey: ['prompts', 'choice'],
  queryFn: ({ signal }) =>
    allPages((pageToken) => body(api.GET('/api/prompts', { params: { query: { limit, pageToken } }, signal }))),
});

export const promptVersionsQuery = (name: string) =>
  queryOptions({
    queryKey: ['prompts', 'choice', name],
    enabled: name !== '',
    queryFn: ({ signal }) =>
      body(api.GET('/api/prompts/{name}/versions', { params: { path: { name }, query: { limit } }, signal })),
  });

/** A version by its digest, which never changes. */
export const promptVersionQuery = (digest: string) =>
  queryOptions({
    queryKey: ['prompt-version', digest],
    staleTime: Infinity,
    queryFn: ({ signal }) => body(api.GET('/api/prompt-versions/{digest}', { params: { path: { digest } }, signal })),
  });
