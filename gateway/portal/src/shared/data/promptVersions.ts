import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/prompt-registry';

export type PromptVersion = components['schemas']['VersionView'];

const api = client<paths>();
/** A published version never changes. */
const staleTime = Infinity;

export const promptVersionQuery = (name: string, version: number) =>
  queryOptions({
    queryKey: ['prompts', name, 'version', version],
    staleTime,
    queryFn: ({ signal }) =>
      body(api.GET('/api/prompts/{name}/versions/{version}', { params: { path: { name, version } }, signal })),
  });

export const promptVersionByDigestQuery = (digest: string) =>
  queryOptions({
    queryKey: ['prompt-version', digest],
    staleTime,
    queryFn: ({ signal }) => body(api.GET('/api/prompt-versions/{digest}', { params: { path: { digest } }, signal })),
  });
