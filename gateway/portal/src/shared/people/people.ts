import { queryOptions, useQuery } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { usageQuery } from '@/shared/data/usage';
import type { components, paths } from '@/shared/http/generated/compliance';
import { Problem } from '@/shared/http/problem';

export type PersonView = components['schemas']['PersonView'];

const api = client<paths>();

/** The format of an actor that can be a person, unlike "system". */
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The query for a person. Names are few and seldom change, so each is requested once and not for every place that shows
 * it.
 */
const personQuery = (actor: string) =>
  queryOptions({
    queryKey: ['people', actor],
    queryFn: ({ signal }) => body(api.GET('/api/people/{actor}', { params: { path: { actor } }, signal })),
    staleTime: 5 * 60_000,
    // The id is shown until the name arrives.
    retry: false,
    retryOnMount: false,
    refetchInterval: ({ state: { error } }) => (error !== null && Problem.of(error).status >= 500 ? 15_000 : false),
  });

/** Returns the person behind an actor; undefined until known, and for unknown people. */
export function usePerson(actor: string | null | undefined): PersonView | undefined {
  const requested = actor != null && id.test(actor) ? actor : undefined;
  return useQuery({ ...personQuery(requested ?? ''), enabled: requested !== undefined }).data;
}

/** The prefix of actors that are API keys. */
const keyPrefix = 'api-key:';
const keysQuery = { ...usageQuery('API_KEY', 30 * 24), staleTime: 5 * 60_000, retry: false };

/** Returns the name of the API key that acted, from one query for all keys that called in the last 30 days. */
export function useKeyName(actor: string | null | undefined): string | undefined {
  const key = actor?.startsWith(keyPrefix) ? actor.slice(keyPrefix.length) : undefined;
  const used = useQuery({ ...keysQuery, enabled: key !== undefined }).data?.rows;
  return key === undefined ? undefined : (used?.find(({ apiKeyId }) => apiKeyId === key)?.apiKeyName ?? undefined);
}

/** Returns the end of an id. The beginning encodes the time, and is alike for people created together. */
export function shortActor(actor: string): string {
  if (actor.startsWith(keyPrefix)) return `API key …${actor.slice(-8)}`;
  return id.test(actor) ? `…${actor.slice(-8)}` : actor;
}
