import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/inference';

export type Provider = components['schemas']['ProviderView'];
export type AddProvider = components['schemas']['AddProvider'];

const api = client<paths>();

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: ({ signal }) => body(api.GET('/api/providers', { signal })),
});

export function connect(provider: AddProvider, key: string): Promise<Provider> {
  return body(api.POST('/api/providers', { params: { header: { 'Idempotency-Key': key } }, body: provider }));
}

export async function remove(name: string): Promise<void> {
  await api.DELETE('/api/providers/{name}', { params: { path: { name } } });
}
