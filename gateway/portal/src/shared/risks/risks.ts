import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/compliance';

export type Risk = components['schemas']['RiskView'];

const api = client<paths>();

export const risksQuery = queryOptions({
  queryKey: ['risks', 'list'],
  queryFn: ({ signal }) => body(api.GET('/api/risks', { signal })),
});
