import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components as datasetComponents, paths as datasetPaths } from '@/shared/http/generated/dataset-registry';
import type { components as promptComponents, paths as promptPaths } from '@/shared/http/generated/prompt-registry';

/** What variants and suites are made of: prompt versions and parts of datasets. */
export type PromptVersion = promptComponents['schemas']['VersionSummary'];
export type Split = datasetComponents['schemas']['SplitView'];

const api = client<promptPaths & datasetPaths>();
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
  queryKey: ['datasets', 'choice'],
  queryFn: ({ signal }) => body(api.GET('/api/datasets', { params: { query: { limit } }, signal })),
});

export const datasetVersionsQuery = (name: string) =>
  queryOptions({
    queryKey: ['datasets', 'choice', name],
    enabled: name !== '',
    queryFn: ({ signal }) => body(api.GET('/api/datasets/{name}/versions', { params: { path: { name }, query: { limit } }, signal })),
  });

export const splitsQuery = (name: string, number: number | undefined) =>
  queryOptions({
    queryKey: ['datasets', 'choice', name, number],
    enabled: name !== '' && number !== undefined,
    queryFn: ({ signal }) =>
      body(api.GET('/api/datasets/{name}/versions/{number}/splits', { params: { path: { name, number: number ?? 0 } }, signal })),
  });
