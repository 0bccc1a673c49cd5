import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths as ModelPaths } from '@/shared/http/generated/model-registry';
import type { paths as TrainingPaths } from '@/shared/http/generated/training';

type Schemas = components['schemas'];
export type BaseModel = Schemas['BaseModelView'];
export type Model = Schemas['ModelView'];
export type ModelVersion = Schemas['ModelVersion'];
export type ModelCard = Schemas['ModelCard'];
export type AliasMove = Schemas['AliasMove'];

const api = client<ModelPaths & TrainingPaths>();

export const baseModelsQuery = (pageToken?: string) =>
  queryOptions({
    queryKey: ['base-models', 'list', pageToken],
    queryFn: ({ signal }) => body(api.GET('/api/base-models', { params: { query: { pageToken, limit: 50 } }, signal })),
  });

export const modelsQuery = (pageToken?: string, limit = 50) =>
  queryOptions({
    queryKey: ['models', 'list', limit, pageToken],
    queryFn: ({ signal }) => body(api.GET('/api/models', { params: { query: { pageToken, limit } }, signal })),
  });

export const modelQuery = (name: string) =>
  queryOptions({
    queryKey: ['models', 'one', name],
    queryFn: ({ signal }) => body(api.GET('/api/models/{name}', { params: { path: { name } }, signal })),
  });

export const versionsQuery = (name: string, pageToken?: string) =>
  queryOptions({
    queryKey: ['models', 'one', name, 'versions', pageToken],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/models/{name}/versions', { params: { path: { name }, query: { pageToken, limit: 50 } }, signal }),
      ),
  });

export const cardQuery = (name: string, version: number) =>
  queryOptions({
    queryKey: ['models', 'one', name, 'card', version],
    queryFn: async ({ signal }) =>
      (await body(
        api.GET('/api/models/{name}/versions/{version}/card', {
          params: { path: { name, version } },
          headers: { Accept: 'application/json' },
          signal,
        }),
      )) as ModelCard,
  });

/** Returns the card as Markdown, for use outside the portal. */
export async function markdownCard(name: string, version: number): Promise<string> {
  const card = await body(
    api.GET('/api/models/{name}/versions/{version}/card', {
      params: { path: { name, version } },
      headers: { Accept: 'text/markdown' },
      parseAs: 'text',
    }),
  );
  return card as string;
}

export const movesQuery = (name: string, alias: string) =>
  queryOptions({
    queryKey: ['models', 'one', name, 'moves', alias],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/models/{name}/aliases/{alias}/history', {
          params: { path: { name, alias }, query: { limit: 50 } },
          signal,
        }),
      ),
  });

/** The query for jobs whose result can be registered. */
export const finishedJobsQuery = queryOptions({
  queryKey: ['training', 'finished'],
  queryFn: async ({ signal }) => {
    const { items } = await body(api.GET('/api/training-jobs', { params: { query: { limit: 100 } }, signal }));
    return items.filter(({ state }) => state === 'SUCCEEDED');
  },
});

export function createModel(name: string, description: string, key: string): Promise<Model> {
  return body(api.POST('/api/models', { params: { header: once(key) }, body: { name, description } }));
}

export function register(name: string, jobId: string, description: string, key: string): Promise<ModelVersion> {
  return body(
    api.POST('/api/models/{name}/versions', {
      params: { path: { name }, header: once(key) },
      body: { jobId, description },
    }),
  );
}

export function moveAlias(
  name: string,
  alias: string,
  version: number,
  reason: string,
): Promise<Schemas['AliasMoveResult']> {
  return body(
    api.PUT('/api/models/{name}/aliases/{alias}', {
      params: { path: { name, alias } },
      body: { version, ...(reason !== '' && { reason }) },
    }),
  );
}
