import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import { allPages } from '@/shared/http/pages';
import type { components, paths as InferencePaths } from '@/shared/http/generated/inference';
import type { paths as StrategyPaths } from '@/shared/http/generated/strategy';

export type ApiKey = components['schemas']['ApiKeyView'];
export type NewApiKey = components['schemas']['CreateApiKey'];
export type CreatedApiKey = components['schemas']['CreatedApiKey'];

const api = client<InferencePaths & StrategyPaths>();

export const apiKeysQuery = (pageToken?: string) =>
  queryOptions({
    queryKey: ['api-keys', pageToken],
    queryFn: ({ signal }) => body(api.GET('/api/api-keys', { params: { query: { pageToken, limit: 50 } }, signal })),
  });

/** The names of the applications that a key can allow. */
export const applicationNamesQuery = queryOptions({
  queryKey: ['applications', 'names'],
  queryFn: async ({ signal }) => {
    const { items } = await allPages((pageToken) =>
      body(api.GET('/api/applications', { params: { query: { pageToken, limit: 100 } }, signal })),
    );
    return items.map(({ name }) => name);
  },
});

export function createApiKey(apiKey: NewApiKey, key: string): Promise<CreatedApiKey> {
  return body(api.POST('/api/api-keys', { params: { header: once(key) }, body: apiKey }));
}

export function revokeApiKey(apiKeyId: string, reason: string): Promise<ApiKey> {
  return body(api.POST('/api/api-keys/{apiKeyId}/revoke', { params: { path: { apiKeyId } }, body: { reason } }));
}

/** Returns what a key may call, by the names that calls use. */
export function scopeOf({ allApplications, applications, models, prompts }: ApiKey): string[] {
  return [
    ...(allApplications ? ['every application'] : applications.map((name) => `app/${name}`)),
    ...models,
    ...(prompts ? ['prompts of its applications'] : []),
  ];
}
