import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/inference';

export type Release = components['schemas']['ReleaseView'];

const api = client<paths>();

/** The states that other people or services change: approvers decide requests, and the monitor decides canaries. */
const changing: Release['state'][] = ['REQUESTED', 'APPROVED', 'CANARY'];

export const releasesQuery = (application: string) =>
  queryOptions({
    queryKey: ['releases', application],
    queryFn: ({ signal }) => body(api.GET('/api/releases', { params: { query: { application, limit: 100 } }, signal })),
    refetchInterval: ({ state }) =>
      state.data?.items.some((release) => changing.includes(release.state)) ? 5_000 : false,
  });
