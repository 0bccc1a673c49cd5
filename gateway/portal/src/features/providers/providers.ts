import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths } from '@/shared/http/generated/inference';

export type Provider = components['schemas']['ProviderView'];
export type NewProvider = components['schemas']['CreateProvider'];
export type NewConnection = components['schemas']['CreateConnection'];
export type Probe = components['schemas']['ProviderProbe'];

const api = client<paths>();

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: ({ signal }) => body(api.GET('/api/providers', { signal })),
});

export const providerQuery = (name: string) =>
  queryOptions({
    queryKey: ['providers', name],
    queryFn: ({ signal }) => body(api.GET('/api/providers/{name}', { params: { path: { name } }, signal })),
  });

/** The query for the newest indexes whose encoder uses a connection. */
export const embeddedIndexesQuery = (connectionDigest: string) =>
  queryOptions({
    queryKey: ['indexes', 'by', connectionDigest],
    queryFn: ({ signal }) =>
      body(api.GET('/api/indexes', { params: { query: { connectionDigest, limit: 10 } }, signal })),
  });

export function createProvider(provider: NewProvider, key: string): Promise<Provider> {
  return body(api.POST('/api/providers', { params: { header: once(key) }, body: provider }));
}

export function createConnection(name: string, connection: NewConnection, key: string): Promise<Provider> {
  return body(
    api.POST('/api/providers/{name}/connections', {
      params: { path: { name }, header: once(key) },
      body: connection,
    }),
  );
}

/** Replaces the key of a connection, which stays the same. */
export function replaceKey(name: string, connectionDigest: string, apiKey: string): Promise<Provider> {
  return body(
    api.PUT('/api/providers/{name}/api-key', { params: { path: { name } }, body: { apiKey, connectionDigest } }),
  );
}

/** Tests the connection. If a model is named, it is called, and the call is metered. */
export function probeProvider(name: string, command: { model?: string }): Promise<Probe> {
  return body(api.POST('/api/providers/{name}/probe', { params: { path: { name } }, body: command }));
}

export async function deleteProvider(name: string): Promise<void> {
  await api.DELETE('/api/providers/{name}', { params: { path: { name } } });
}
