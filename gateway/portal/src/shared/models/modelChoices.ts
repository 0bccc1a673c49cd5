import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { allPages } from '@/shared/http/pages';
import type { components, paths as InferencePaths } from '@/shared/http/generated/inference';
import type { paths as PromptPaths } from '@/shared/http/generated/prompt-registry';

export type Model = components['schemas']['Model'];

/** The client for prompt versions and models. */
const api = client<InferencePaths & PromptPaths>();
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

/** The query for callable models: those of this installation, of the workspace's registry and of its providers. */
export const modelsQuery = queryOptions({
  queryKey: ['models', 'served'],
  queryFn: ({ signal }) => body(api.GET('/v1/models', { signal })),
});
