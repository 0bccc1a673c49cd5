import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, operations, paths } from '@/shared/http/generated/inference';
import { count } from '@/shared/text/format';
import { money } from '@/shared/text/money';

export type Usage = components['schemas']['UsageView'];
export type UsageRow = components['schemas']['UsageRow'];
type UsageParameters = operations['getUsage']['parameters']['query'];
export type UsageGroup = UsageParameters['groupBy'];

const api = client<paths>();

/** The query for the usage of the last hours, summed by one dimension. */
export const usageQuery = (
  groupBy: UsageGroup,
  hours: number,
  filter: Omit<UsageParameters, 'groupBy' | 'from' | 'to'> = {},
) =>
  queryOptions({
    queryKey: ['usage', groupBy, hours, filter],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - hours * 3_600_000).toISOString();
      return body(api.GET('/api/usage', { params: { query: { groupBy, from, ...filter } }, signal }));
    },
  });

export function tokensOf({ inputTokens, outputTokens }: UsageRow): string {
  return count(inputTokens + outputTokens);
}

/** Returns one amount per currency, with the number of requests whose price is unknown. */
export function costOf({ costs, requests, unpricedRequests }: UsageRow): string {
  if (unpricedRequests === requests) return 'no known price';
  const known = costs.length === 0 ? money({ amount: '0', currency: 'USD' }) : costs.map(money).join(', ');
  return unpricedRequests === 0 ? known : `${known}, ${count(unpricedRequests)} without a price`;
}
