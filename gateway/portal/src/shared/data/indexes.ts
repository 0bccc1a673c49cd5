import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { allPages } from '@/shared/http/pages';
import type { components, paths } from '@/shared/http/generated/inference';
import { count } from '@/shared/text/format';

export type Index = components['schemas']['IndexView'];

/** The content of an index: passages or examples. */
export type IndexMode = Index['mode'];

const api = client<paths>();

/** The query for every index, newest first, to choose from. */
export const indexChoices = queryOptions({
  queryKey: ['indexes', 'choices'],
  queryFn: ({ signal }) =>
    allPages((pageToken) => body(api.GET('/api/indexes', { params: { query: { limit: 100, pageToken } }, signal }))),
  refetchInterval: ({ state }) => (state.data?.items.some(isBeingBuilt) ? 1_500 : false),
});

/** Returns the size of an index; undefined before it is built. */
export function sizeOf({ mode, passages }: Index): string | undefined {
  return passages == null ? undefined : `${count(passages)} ${mode === 'PASSAGES' ? 'passages' : 'rows'}`;
}

export function isBeingBuilt({ state }: Index): boolean {
  return state === 'QUEUED' || state === 'RUNNING';
}

/** Returns a short description of an index's recipe. */
export function recipeOf({ encoder, maxTokens, chunking }: Index): string {
  if (chunking == null) return `${encoder}, ${count(maxTokens)} tokens of each row`;
  const { maxTokens: most, overlapTokens } = chunking;
  return `${encoder}, passages of at most ${count(most)} tokens, overlapping by ${count(overlapTokens)}`;
}

/** Returns whether both are built by the same recipe, from any data. */
export function haveOneRecipe(one: Index, other: Index): boolean {
  return one.mode === other.mode && one.connectionDigest == other.connectionDigest && recipeOf(one) === recipeOf(other);
}
