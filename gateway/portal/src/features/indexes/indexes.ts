import { queryOptions } from '@tanstack/react-query';
import { isBeingBuilt, type Index } from '@/shared/data/indexes';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths as InferencePaths } from '@/shared/http/generated/inference';
import type { paths as CataloguePaths } from '@/shared/http/generated/model-registry';
import { count } from '@/shared/text/format';
import { money } from '@/shared/text/money';
import type { Role } from '@/shared/session/session';

export type NewIndex = components['schemas']['CreateIndex'];
export type FoundPassage = components['schemas']['FoundPassage'];

/** The roles that may read the text of documents. */
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

/** The query for a search. It is sent once, because each search is recorded and a built index never changes. */
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

/**
 * The query for encoders: those of this installation, then models of providers. Models that the catalogue lists as
 * another kind are left out.
 */
export const encodersQuery = queryOptions({
  queryKey: ['base-models', 'encoders'],
  queryFn: async ({ signal }) => {
    const [listed, served] = await Promise.all([
      body(api.GET('/api/base-models', { params: { query: { limit: 100 } }, signal })),
      body(api.GET('/v1/models', { signal })),
    ]);
    const names = listed.items.filter(({ kind }) => kind === 'EMBEDDING').map(({ name }) => name);
    const known = new Set(listed.items.map(({ name }) => name));
    const others = served.data
      .filter(({ id, plumbline }) => plumbline.kind === 'PROVIDER' && !known.has(id))
      .map(({ id }) => id);
    const local = names.filter((name) => name.startsWith('local/'));
    return [...local, ...names.filter((name) => !local.includes(name)), ...others];
  },
});

export function createIndex(index: NewIndex, key: string): Promise<Index> {
  return body(api.POST('/api/indexes', { params: { header: once(key) }, body: index }));
}

export function cancelIndex(indexId: string): Promise<Index> {
  return body(api.POST('/api/indexes/{indexId}/cancel', { params: { path: { indexId } } }));
}

/** Returns the tokens and cost of embedding by a provider; undefined for an encoder of this installation. */
export function embeddingOf({ connectionDigest, embeddedTokens, cost }: Index): string | undefined {
  if (connectionDigest == null) return undefined;
  return `${count(embeddedTokens)} tokens, ${cost == null ? 'without a known price' : money(cost)}`;
}
