import { queryOptions } from '@tanstack/react-query';
import type { Variant } from '@/shared/data/variants';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import { allPages } from '@/shared/http/pages';
import type { components, paths as InferencePaths } from '@/shared/http/generated/inference';
import type { paths as PromptPaths } from '@/shared/http/generated/prompt-registry';

type Schemas = components['schemas'];

export type NewVariant = Schemas['CreateVariant'];
export type Parameters = Schemas['VariantParameters'];
export type Allowance = Schemas['CallerPolicy']['allowed'][number];
export type Model = Schemas['Model'];

/** What variants are made of: prompt versions, models and indexes. */
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

/** What a request may name as its model: of this installation, of the workspace's registry and of its providers. */
export const modelsQuery = queryOptions({
  queryKey: ['models', 'served'],
  queryFn: ({ signal }) => body(api.GET('/v1/models', { signal })),
});

export const indexesQuery = queryOptions({
  queryKey: ['indexes', 'choices'],
  queryFn: ({ signal }) => body(api.GET('/api/indexes', { params: { query: { limit } }, signal })),
  refetchInterval: ({ state }) =>
    state.data?.items.some((index) => index.state === 'QUEUED' || index.state === 'RUNNING') ? 1_500 : false,
});

export function createVariant(variant: NewVariant, key: string): Promise<Variant> {
  return body(api.POST('/api/variants', { params: { header: once(key) }, body: variant }));
}
