import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { allPages } from '@/shared/http/pages';
import type { components, paths } from '@/shared/http/generated/inference';
import { count } from '@/shared/text/format';

export type Index = components['schemas']['IndexView'];

/** What an index has, which is what a variant retrieves of it. */
export type IndexMode = Index['mode'];

const api = client<paths>();

/** Every index, the newest first, for a field to choose from. */
export const indexChoices = queryOptions({
  queryKey: ['indexes', 'choices'],
  queryFn: ({ signal }) =>
    allPages((pageToken) => body(api.GET('/api/indexes', { params: { query: { limit: 100, pageToken } }, signal }))),
  refetchInterval: ({ state }) => (state.data?.items.some(isBeingBuilt) ? 1_500 : false),
});

/** How much it holds; undefined before it is built. */
export function sizeOf({ mode, passages }: Index): string | undefined {
  return passages == null ? undefined : `${count(passages)} ${mode === 'PASSAGES' ? 'passages' : 'rows'}`;
}

export function isBeingBuilt({ state }: Index): boolean {
  return state === 'QUEUED' || state === 'RUNNING';
}

/** What it was built of, in a few words. */
export function recipeOf({ encoder, maxTokens, chunking }: Index): string {
  if (chunking == null) return `${encoder}, ${count(maxTokens)} tokens of each row`;
  const { maxTokens: most, overlapTokens } = chunking;
  return `${encoder}, passages of at most ${count(most)} tokens, overlapping by ${count(overlapTokens)}`;
}

/** Whether both are built in the same way, of whatever data. */
export function haveOneRecipe(one: Index, other: Index): boolean {
  return one.mode === other.mode && one.connectionDigest == other.connectionDigest && recipeOf(one) === recipeOf(other);
}
