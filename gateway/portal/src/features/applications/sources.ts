import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { paths as DatasetPaths } from '@/shared/http/generated/dataset-registry';
import type { paths as PromptPaths } from '@/shared/http/generated/prompt-registry';

/** What variants are made of and assessments look at: prompt versions and datasets. */
const api = client<PromptPaths & DatasetPaths>();
const limit = 100;

export const promptsQuery = queryOptions({
  queryKey: ['prompts', 'choice'],
  queryFn: ({ signal }) => body(api.GET('/api/prompts', { params: { query: { limit } }, signal })),
});

export const promptVersionsQuery = (name: string) =>
  queryOptions({
    queryKey: ['prompts', 'choice', name],
    enabled: name !== '',
    queryFn: ({ signal }) => body(api.GET('/api/prompts/{name}/versions', { params: { path: { name }, query: { limit } }, signal })),
  });

/** A version by its digest, which never changes. */
export const promptVersionQuery = (digest: string) =>
  queryOptions({
    queryKey: ['prompt-version', digest],
    staleTime: Infinity,
    queryFn: ({ signal }) => body(api.GET('/api/prompt-versions/{digest}', { params: { path: { digest } }, signal })),
  });

export const datasetsQuery = queryOptions({
  queryKey: ['datasets', 'choices'],
  queryFn: ({ signal }) => body(api.GET('/api/datasets', { params: { query: { limit } }, signal })),
});
