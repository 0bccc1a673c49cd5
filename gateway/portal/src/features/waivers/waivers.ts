import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths } from '@/shared/http/generated/strategy';

type Schemas = components['schemas'];

export type Waiver = Schemas['WaiverView'];
export type RequestWaiver = Schemas['RequestWaiver'];

const api = client<paths>();

/** The newest waiver first. */
export const waiversQuery = (name: string, pageToken?: string) =>
  queryOptions({
    queryKey: ['application', name, 'waivers', pageToken],
    queryFn: ({ signal }) =>
      body(api.GET('/api/applications/{name}/waivers', { params: { path: { name }, query: { pageToken } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some((waiver) => waiver.state === 'REQUESTED') ? 5_000 : false),
  });

export function requestWaiver(name: string, waiver: RequestWaiver, key: string): Promise<Waiver> {
  return body(
    api.POST('/api/applications/{name}/waivers', { params: { path: { name }, header: once(key) }, body: waiver }),
  );
}
