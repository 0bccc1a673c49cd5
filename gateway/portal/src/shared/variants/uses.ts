import { queryOptions } from '@tanstack/react-query';
import type { Variant } from '@/shared/data/variants';
import { body, client } from '@/shared/http/client';
import type { paths } from '@/shared/http/generated/inference';

/** A part that variants can use. */
export type Part =
  { promptDigest: string } | { model: string } | { indexDigest: string } | { connectionDigest: string };

const api = client<paths>();

export const usingQuery = (part: Part, pageToken?: string) =>
  queryOptions({
    queryKey: ['variants', 'using', part, pageToken],
    queryFn: ({ signal }) =>
      body(api.GET('/api/variants', { params: { query: { ...part, pageToken, limit: 50 } }, signal })),
  });

/** Returns the ways in which a variant uses a part. With one connection, it may call several models. */
export function usesOf({ model, connectionDigest, fallback }: Variant, part: Part): string[] {
  if ('promptDigest' in part) return ['Prompt'];
  if ('indexDigest' in part) return ['Index'];
  const chain = [{ model, connectionDigest }, ...fallback].map((one, at) => ({
    ...one,
    use: at === 0 ? 'Model' : `Fallback ${at}`,
  }));
  if ('model' in part) return chain.filter((one) => one.model === part.model).map(({ use }) => use);
  const models = chain.filter((one) => one.connectionDigest === part.connectionDigest);
  return models.length === 0 ? ['Encoder of its index'] : models.map((one) => `${one.use}: ${one.model}`);
}
