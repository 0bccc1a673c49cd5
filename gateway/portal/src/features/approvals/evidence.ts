import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components as evaluation, paths as evaluationPaths } from '@/shared/http/generated/evaluation';
import type { components as inference, paths as inferencePaths } from '@/shared/http/generated/inference';
import type { components as registry, paths as registryPaths } from '@/shared/http/generated/prompt-registry';

export type Variant = inference['schemas']['VariantView'];
export type PromptVersion = registry['schemas']['VersionView'];
export type Verdict = evaluation['schemas']['Verdict'];

const api = client<evaluationPaths & inferencePaths & registryPaths>();
/** What a digest or a verdict's id names never changes. */
const staleTime = Infinity;

export const variantQuery = (digest: string) =>
  queryOptions({
    queryKey: ['variant', digest],
    staleTime,
    queryFn: ({ signal }) => body(api.GET('/api/variants/{digest}', { params: { path: { digest } }, signal })),
  });

export const promptVersionQuery = (digest: string) =>
  queryOptions({
    queryKey: ['prompt-version', digest],
    staleTime,
    queryFn: ({ signal }) => body(api.GET('/api/prompt-versions/{digest}', { params: { path: { digest } }, signal })),
  });

export const versionQuery = (name: string, version: number) =>
  queryOptions({
    queryKey: ['prompts', name, 'version', version],
    staleTime,
    queryFn: ({ signal }) =>
      body(api.GET('/api/prompts/{name}/versions/{version}', { params: { path: { name, version } }, signal })),
  });

export const verdictQuery = (id: string) =>
  queryOptions({
    queryKey: ['verdict', id],
    staleTime,
    queryFn: ({ signal }) => body(api.GET('/api/verdicts/{id}', { params: { path: { id } }, signal })),
  });
