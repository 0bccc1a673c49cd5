import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/inference';

type Schemas = components['schemas'];

export type Variant = Schemas['VariantView'];
export type NewVariant = Schemas['ComposeVariant'];
export type Parameters = Schemas['VariantParameters'];
export type Release = Schemas['ReleaseView'];
export type NewRelease = Schemas['RequestRelease'];
export type Model = Schemas['Model'];
export type Index = Schemas['IndexView'];
export type ReleaseAction = 'rollback' | 'halt' | 'promote';

const api = client<paths>();
const limit = 100;
const once = (key: string) => ({ 'Idempotency-Key': key });

export const variantsQuery = (application: string) =>
  queryOptions({
    queryKey: ['variants', application],
    queryFn: ({ signal }) => body(api.GET('/api/variants', { params: { query: { application, limit } }, signal })),
  });

/** What moves by itself: a request is decided by another person, a canary by its guard. */
const moving: Release['state'][] = ['REQUESTED', 'APPROVED', 'CANARY'];

export const releasesQuery = (application: string) =>
  queryOptions({
    queryKey: ['releases', application],
    queryFn: ({ signal }) => body(api.GET('/api/releases', { params: { query: { application, limit } }, signal })),
    refetchInterval: ({ state }) =>
      state.data?.items.some((release) => moving.includes(release.state)) ? 5_000 : false,
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

export function compose(variant: NewVariant, key: string): Promise<Variant> {
  return body(api.POST('/api/variants', { params: { header: once(key) }, body: variant }));
}

export function requestRelease(release: NewRelease, key: string): Promise<Release> {
  return body(api.POST('/api/releases', { params: { header: once(key) }, body: release }));
}

export function actOnRelease(id: string, action: ReleaseAction, reason: string): Promise<Release> {
  const asked = { params: { path: { id } }, body: { reason } };
  switch (action) {
    case 'rollback':
      return body(api.POST('/api/releases/{id}/rollback', asked));
    case 'halt':
      return body(api.POST('/api/releases/{id}/halt', asked));
    case 'promote':
      return body(api.POST('/api/releases/{id}/promote', asked));
  }
}
