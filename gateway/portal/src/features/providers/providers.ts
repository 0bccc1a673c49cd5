import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths } from '@/shared/http/generated/inference';

export type Provider = components['schemas']['ProviderView'];
export type NewProvider = components['schemas']['CreateProvider'];

const api = client<paths>();

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: ({ signal }) => body(api.GET('/api/providers', { signal })),
});

export function createProvider(provider: NewProvider, key: string): Promise<Provider> {
  return body(api.POST('/api/providers', { params: { header: once(key) }, body: provider }));
}

export async function deleteProvider(name: string): Promise<void> {
  await api.DELETE('/api/providers/{name}', { params: { path: { name } } });
}
