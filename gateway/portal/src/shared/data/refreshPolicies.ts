import { queryOptions, useQuery } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { allPages } from '@/shared/http/pages';
import type { paths } from '@/shared/http/generated/compliance';

const api = client<paths>();

const refreshPolicies = queryOptions({
  queryKey: ['policies', 'refresh'],
  queryFn: async ({ signal }) => {
    const { items } = await allPages((pageToken) =>
      body(api.GET('/api/policies', { params: { query: { limit: 100, pageToken } }, signal })),
    );
    return items.filter(({ target, active }) => active && target === 'refresh');
  },
});

/** Returns a sentence about who approves a refresh; undefined until it is known. */
export function useRefreshApproval(): string | undefined {
  const policies = useQuery(refreshPolicies).data;
  if (policies === undefined) return undefined;
  if (policies.length === 0) return 'No policy for the target refresh is active, so a second person approves it.';
  const names = policies.map(({ name }) => name).join(', ');
  return `Policy (${names}) approves it unless a rule refuses. Then a second person decides.`;
}
