import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths as InferencePaths } from '@/shared/http/generated/inference';
import type { paths as CataloguePaths } from '@/shared/http/generated/model-registry';

export type Index = components['schemas']['IndexView'];
export type NewIndex = components['schemas']['CreateIndex'];

const api = client<InferencePaths & CataloguePaths>();

export const indexesQuery = (pageToken?: string) =>
  queryOptions({
    queryKey: ['indexes', pageToken],
    queryFn: ({ signal }) => body(api.GET('/api/indexes', { params: { query: { pageToken, limit: 50 } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some(isBeingBuilt) ? 2_000 : false),
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
