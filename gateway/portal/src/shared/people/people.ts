import { queryOptions, useQuery } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { usageQuery } from '@/shared/data/usage';
import type { components, paths } from '@/shared/http/generated/compliance';
import { Problem } from '@/shared/http/problem';

export type PersonView = components['schemas']['PersonView'];

const api = client<paths>();

/** What services write down as an actor, as far as somebody can be behind it: not "system". */
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Names are few, wanted everywhere and seldom changed: requested once for each, not once for each place that shows it.
 */
const personQuery = (actor: string) =>
  queryOptions({
    queryKey: ['people', actor],
    queryFn: ({ signal }) => body(api.GET('/api/people/{actor}', { params: { path: { actor } }, signal })),
    staleTime: 5 * 60_000,
    // The id is shown meanwhile; a name that could not be had comes when it can.
    retry: false,
    retryOnMount: false,
    refetchInterval: ({ state: { error } }) => (error !== null && Problem.of(error).status >= 500 ? 15_000 : false),
  });

/** Who is behind an actor; undefined until it is known, and for whom nobody knows. */
export function usePerson(actor: string | null | undefined): PersonView | undefined {
  const requested = actor != null && id.test(actor) ? actor : undefined;
  return useQuery({ ...personQuery(requested ?? ''), enabled: requested !== undefined }).data;
}

/** What services write down before the id of an API key that acted. */
const keyPrefix = 'api-key:';
const keysQuery = { ...usageQuery('API_KEY', 30 * 24), staleTime: 5 * 60_000, retry: false };

/** The name of the API key that acted, as the costs have it: of all keys that called in the last 30 days at once. */
export function useKeyName(actor: string | null | undefined): string | undefined {
  const key = actor?.startsWith(keyPrefix) ? actor.slice(keyPrefix.length) : undefined;
  const used = useQuery({ ...keysQuery, enabled: key !== undefined }).data?.rows;
  return key === undefined ? undefined : (used?.find(({ apiKeyId }) => apiKeyId === key)?.apiKeyName ?? undefined);
}

/** The end of an id: its beginning is its time, and alike for people entered together. */
export function shortActor(actor: string): string {
  if (actor.startsWith(keyPrefix)) return `API key …${actor.slice(-8)}`;
  return id.test(actor) ? `…${actor.slice(-8)}` : actor;
}
