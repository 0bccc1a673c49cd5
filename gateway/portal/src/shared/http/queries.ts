import { QueryClient } from '@tanstack/react-query';
import { Problem } from '@/shared/http/problem';

/** Refusals are not retried; errors that may be transient are retried once. */
const passing = new Set([0, 502, 503, 504]);

export function createQueries(retryDelay = 800): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retryDelay,
        retry: (failures, error) => failures < 1 && passing.has(Problem.of(error).status),
      },
    },
  });
}
