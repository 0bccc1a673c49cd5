import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { Page, PageQuery, Read, Write } from '@/shared/http/paths';

export interface PromptSummary {
  name: string;
  description: string;
  tags: string[];
  owner: string;
  createdAt: string;
  /** 0 before the first version. */
  latestVersion: number;
  labels: Record<string, number>;
}

export interface CreatePrompt {
  name: string;
  description: string;
  tags: string[];
}

export interface VersionSummary {
  version: number;
  digest: string;
  message: string;
  author: string;
  createdAt: string;
}

export type MessageRole = 'system' | 'user' | 'assistant';

export interface Message {
  role: MessageRole;
  content: string;
}

export interface Example {
  input: string;
  output: string;
}

export type Json = Record<string, unknown>;

export interface PromptContent {
  messages: Message[];
  variables: Json;
  examples: Example[];
  parameters: Json;
  responseFormat?: Json | null;
}

export interface Finding {
  rule: string;
  severity: 'ERROR' | 'WARNING' | 'ADVICE';
  pointer: string;
  message?: number | null;
  line?: number | null;
  column?: number | null;
  excerpt?: string | null;
  detail: string;
}

export interface PromptVersion extends PromptContent, VersionSummary {
  prompt: string;
}

export interface PublishVersion extends PromptContent {
  message: string;
  parent?: number;
}

/** What the guidelines advise, and what would refuse the publication. */
export interface LintReport {
  violations: { pointer: string; detail: string }[];
  findings: Finding[];
}

export interface Label {
  label: string;
  version: number;
  digest: string;
  movedAt: string;
  movedBy: string;
  /** Moves only with another person's approval. */
  locked: boolean;
}

export interface LabelMove {
  moveId: string;
  label: string;
  from?: number | null;
  to: number;
  state: 'REQUESTED' | 'MOVED' | 'REJECTED' | 'EXPIRED' | 'VOIDED';
  requester: string;
  requestedAt: string;
  decidedBy?: string | null;
  decidedAt?: string | null;
  approvalId?: string | null;
  reason?: string | null;
}

interface Named {
  name: string;
}

interface paths {
  '/api/prompts': {
    get: Read<Page<PromptSummary>, Record<never, never>, PageQuery & { q?: string; tag?: string }>;
    post: Write<PromptSummary, CreatePrompt>;
  };
  '/api/prompts/{name}': { get: Read<PromptSummary, Named> };
  '/api/prompts/{name}/versions': {
    get: Read<Page<VersionSummary>, Named, PageQuery>;
    post: Write<VersionSummary & { lint: Finding[] }, PublishVersion, Named>;
  };
  '/api/prompts/{name}/versions/{version}': { get: Read<PromptVersion, Named & { version: number }> };
  '/api/prompts/{name}/labels': { get: Read<Page<Label>, Named> };
  '/api/prompts/{name}/labels/{label}': { put: Write<{ moveId?: string; state?: string }, { version: number }, Named & { label: string }> };
  '/api/prompts/{name}/label-moves': { get: Read<Page<LabelMove>, Named, PageQuery> };
  '/api/prompts/lint': { post: Write<LintReport, PromptContent> };
}

const api = client<paths>();
const path = {};

export const promptsQuery = (query: { q?: string; tag?: string; pageToken?: string }) =>
  queryOptions({
    queryKey: ['prompts', 'list', query],
    queryFn: ({ signal }) => body(api.GET('/api/prompts', { params: { path, query: { ...query, limit: 50 } }, signal })),
  });

export const promptQuery = (name: string) =>
  queryOptions({
    queryKey: ['prompts', name],
    queryFn: ({ signal }) => body(api.GET('/api/prompts/{name}', { params: { path: { name } }, signal })),
  });

export const versionsQuery = (name: string, pageToken?: string) =>
  queryOptions({
    queryKey: ['prompts', name, 'versions', pageToken],
    queryFn: ({ signal }) => body(api.GET('/api/prompts/{name}/versions', { params: { path: { name }, query: { pageToken, limit: 50 } }, signal })),
  });

export const versionQuery = (name: string, version: number) =>
  queryOptions({
    queryKey: ['prompts', name, 'version', version],
    // A published version never changes.
    staleTime: Infinity,
    queryFn: ({ signal }) => body(api.GET('/api/prompts/{name}/versions/{version}', { params: { path: { name, version } }, signal })),
  });

export const labelsQuery = (name: string) =>
  queryOptions({
    queryKey: ['prompts', name, 'labels'],
    queryFn: ({ signal }) => body(api.GET('/api/prompts/{name}/labels', { params: { path: { name } }, signal })),
  });

export const labelMovesQuery = (name: string) =>
  queryOptions({
    queryKey: ['prompts', name, 'label-moves'],
    queryFn: ({ signal }) => body(api.GET('/api/prompts/{name}/label-moves', { params: { path: { name }, query: { limit: 100 } }, signal })),
  });

/** What the guidelines say of a published version, which never changes. */
export const lintQuery = ({ digest, ...content }: PromptVersion) =>
  queryOptions({ queryKey: ['prompts', 'lint', digest], staleTime: Infinity, queryFn: () => lint(content) });

export function createPrompt(prompt: CreatePrompt, key: string): Promise<PromptSummary> {
  return body(api.POST('/api/prompts', { params: { path, header: { 'Idempotency-Key': key } }, body: prompt }));
}

export function publish(name: string, version: PublishVersion, key: string): Promise<VersionSummary> {
  return body(api.POST('/api/prompts/{name}/versions', { params: { path: { name }, header: { 'Idempotency-Key': key } }, body: version }));
}

export async function moveLabel(name: string, label: string, version: number): Promise<'moved' | 'requested'> {
  const { response } = await api.PUT('/api/prompts/{name}/labels/{label}', { params: { path: { name, label } }, body: { version } });
  return response.status === 202 ? 'requested' : 'moved';
}

export function lint({ messages, variables, examples, parameters, responseFormat }: PromptContent): Promise<LintReport> {
  return body(api.POST('/api/prompts/lint', { params: { path }, body: { messages, variables, examples, parameters, responseFormat } }));
}
