import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { count } from '@/shared/text/format';
import type { components, paths } from '@/shared/http/generated/prompt-registry';

type Schemas = components['schemas'];

export type Rendered = Schemas['Rendered'];

export type TokenCount = Schemas['TokenCount'];

export type Json = Record<string, unknown>;

/** A message of the chat protocol. */
export interface ChatMessage {
  role: string;
  content?: unknown;
}

/** The input of a call: the values of the variables and its messages. */
export interface RenderInput {
  variables: Json;
  conversation?: Json[];
}

/** Returns a text such as "about 1,234 tokens". */
export function tokenWords({ count: tokens, estimated }: TokenCount): string {
  return `${estimated ? 'about ' : ''}${count(tokens)} ${tokens === 1 ? 'token' : 'tokens'}`;
}

const api = client<paths>();

export function render(name: string, version: number, input: RenderInput): Promise<Rendered> {
  return body(
    api.POST('/api/prompts/{name}/versions/{version}/render', {
      params: { path: { name, version } },
      body: input,
    }),
  );
}

/** The query for a version's messages with an input. A published version never changes. */
export const renderQuery = (name: string, version: number, input: RenderInput) =>
  queryOptions({
    queryKey: ['prompts', name, 'render', version, input],
    staleTime: Infinity,
    queryFn: () => render(name, version, input),
  });

/** Renders content that is not published as a published version would be. */
export function renderDraft(draft: Schemas['DraftPrompt'], input: RenderInput): Promise<Schemas['RenderedDraft']> {
  return body(api.POST('/api/prompts/render', { body: { draft, ...input } }));
}
