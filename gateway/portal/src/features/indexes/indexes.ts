import { queryOptions } from '@tanstack/react-query';
import type { Index } from '@/shared/data/indexes';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths as InferencePaths } from '@/shared/http/generated/inference';
import type { paths as CataloguePaths } from '@/shared/http/generated/model-registry';
import type { Role } from '@/shared/session/session';

export type NewIndex = components['schemas']['CreateIndex'];
export type FoundPassage = components['schemas']['FoundPassage'];

/** Who may see what documents say. */
export const searchers: Role[] = ['data-steward', 'ml-engineer', 'compliance-officer'];

const api = client<InferencePaths & CataloguePaths>();

export const indexesQuery = (pageToken?: string) =>
  queryOptions({
    queryKey: ['indexes', pageToken],
    queryFn: ({ signal }) => body(api.GET('/api/indexes', { params: { query: { pageToken, limit: 50 } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some(isBeingBuilt) ? 2_000 : false),
  });

export const indexQuery = (indexId: string) =>
  queryOptions({
    queryKey: ['indexes', 'one', indexId],
    queryFn: ({ signal }) => body(api.GET('/api/indexes/{indexId}', { params: { path: { indexId } }, signal })),
    refetchInterval: ({ state }) => (state.data !== undefined && isBeingBuilt(state.data) ? 2_000 : false),
  });

/** Each search is recorded, so it is sent once: an index that is built never changes. */
export const searchQuery = (indexId: string, query: string, most: number) =>
  queryOptions({
    queryKey: ['index-search', indexId, query, most],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/indexes/{indexId}/search', {
          params: { path: { indexId }, query: { query, count: most } },
          signal,
        }),
      ),
  });

/** Encoders that this installation runs itself. */
export const encodersQuery = queryOptions({
  queryKey: ['base-models', 'encoders'],
  queryFn: async ({ signal }) => {
    const { items } = await body(api.GET('/api/base-models', { params: { query: { limit: 100 } }, signal }));
    return items.filter(({ kind, provider }) => kind === 'EMBEDDING' && provider === 'local').map(({ name }) => name);
  },
});

export function createIndex(index: NewIndex, key: string): Promise<Index> {
  return body(api.POST('/api/indexes', { params: { header: once(key) }, body: index }));
}

export function isBeingBuilt({ state }: Index): boolean {
  return state === 'QUEUED' || state === 'RUNNING';
}

/** What it was built of, in a few words. */
export function recipeOf({ encoder, maxTokens, chunking }: Index): string {
  return chunking == null
    ? `${encoder}, ${maxTokens} tokens of each row`
    : `${encoder}, passages of at most ${chunking.maxTokens} tokens, overlapping by ${chunking.overlapTokens}`;
}
