import { queryOptions } from '@tanstack/react-query';
import { writtenAs, type Message, type PromptContent, type PromptVersion } from '@/shared/data/promptVersions';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/prompt-registry';

type Schemas = components['schemas'];

export type PromptSummary = Schemas['PromptView'];
export type VersionSummary = Schemas['VersionSummary'];
export type MessageRole = Message['role'];
export type Example = Schemas['Example'];
export type Finding = Schemas['Finding'];
/** The linter's findings: advice, and errors that would block the publication. */
export type LintReport = Schemas['LintReport'];
export type Label = Schemas['LabelView'];
export type LabelMove = Schemas['LabelMove'];
export type PromptDifference = Schemas['PromptDiff'];
export type MessageDifference = Schemas['MessageDiff'];
export type DiffLine = Schemas['DiffLine'];
export type Segment = Schemas['Segment'];
export type IncludedVersion = Schemas['IncludedVersion'];
export type IncludingVersion = Schemas['IncludingVersion'];

const api = client<paths>();

export const promptsQuery = (query: { q?: string; tag?: string; pageToken?: string }) =>
  queryOptions({
    queryKey: ['prompts', 'list', query],
    queryFn: ({ signal }) => body(api.GET('/api/prompts', { params: { query: { ...query, limit: 50 } }, signal })),
  });

export const promptQuery = (name: string) =>
  queryOptions({
    queryKey: ['prompts', name],
    queryFn: ({ signal }) => body(api.GET('/api/prompts/{name}', { params: { path: { name } }, signal })),
  });

export const versionsQuery = (name: string, pageToken?: string) =>
  queryOptions({
    queryKey: ['prompts', name, 'versions', pageToken],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/prompts/{name}/versions', {
          params: { path: { name }, query: { pageToken, limit: 50 } },
          signal,
        }),
      ),
  });

/** The query for the difference of two published versions, which never changes. */
export const differenceQuery = (name: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['prompts', name, 'difference', from, to],
    staleTime: Infinity,
    enabled: from > 0 && to > 0,
    queryFn: ({ signal }) =>
      body(api.GET('/api/prompts/{name}/diff', { params: { path: { name }, query: { from, to } }, signal })),
  });

export const labelsQuery = (name: string) =>
  queryOptions({
    queryKey: ['prompts', name, 'labels'],
    queryFn: ({ signal }) => body(api.GET('/api/prompts/{name}/labels', { params: { path: { name } }, signal })),
  });

export const labelMovesQuery = (name: string) =>
  queryOptions({
    queryKey: ['prompts', name, 'label-moves'],
    queryFn: ({ signal }) =>
      body(api.GET('/api/prompts/{name}/label-moves', { params: { path: { name }, query: { limit: 100 } }, signal })),
  });

/** The query for the linter's findings on a published version, which never change. */
export const lintQuery = (version: PromptVersion) =>
  queryOptions({
    queryKey: ['prompts', 'lint', version.digest],
    staleTime: Infinity,
    queryFn: () => lint(writtenAs(version)),
  });

/** The query for the partials of a version, with the current versions of their labels. */
export const includesQuery = (name: string, version: number) =>
  queryOptions({
    queryKey: ['prompts', name, 'includes', version],
    queryFn: ({ signal }) =>
      body(api.GET('/api/prompts/{name}/versions/{version}/includes', { params: { path: { name, version } }, signal })),
  });

/** The query for the versions that include a prompt. */
export const includedByQuery = (name: string, pageToken?: string) =>
  queryOptions({
    queryKey: ['prompts', name, 'included-by', pageToken],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/prompts/{name}/included-by', {
          params: { path: { name }, query: { pageToken, limit: 50 } },
          signal,
        }),
      ),
  });

export async function moveLabel(name: string, label: string, version: number): Promise<'moved' | 'requested'> {
  const { response } = await api.PUT('/api/prompts/{name}/labels/{label}', {
    params: { path: { name, label } },
    body: { version },
  });
  return response.status === 202 ? 'requested' : 'moved';
}

/**
 * @param prompt whose version the content is to become
 */
export function lint(content: PromptContent, prompt?: string): Promise<LintReport> {
  return body(api.POST('/api/prompts/lint', { body: { ...content, prompt } }));
}
