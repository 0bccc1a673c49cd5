import { queryOptions, useQuery } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { allPages } from '@/shared/http/pages';
import type { components, paths } from '@/shared/http/generated/compliance';

const api = client<paths>();

/** The query for the active policies of a target. */
export const activePolicies = (target: components['schemas']['PolicyView']['target']) =>
  queryOptions({
    queryKey: ['policies', 'active', target],
    queryFn: async ({ signal }) => {
      const { items } = await allPages((pageToken) =>
        body(api.GET('/api/policies', { params: { query: { limit: 100, pageToken } }, signal })),
      );
      return items.filter((policy) => policy.active && policy.target === target);
    },
  });

/** Returns a sentence about who approves a refresh; undefined until it is known. */
export function useRefreshApproval(): string | undefined {
  const policies = useQuery(activePolicies('refresh')).data;
  if (policies === undefined) return undefined;
  if (policies.length === 0) return 'No policy for the target refresh is active, so a second person approves it.';
  const names = policies.map(({ name }) => name).join(', ');
  return `Policy (${names}) approves it unless a rule refuses. Then a second person decides.`;
}
