import { queryOptions } from '@tanstack/react-query';
import type { Json } from '@/shared/data/promptRendering';
import { isObject } from '@/shared/text/json';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths } from '@/shared/http/generated/prompt-registry';

type Schemas = components['schemas'];

export type PromptVersion = Schemas['VersionView'];
export type Message = Schemas['Message'];
export type Placeholder = Schemas['Placeholder'];
export type CreatePrompt = Schemas['CreatePrompt'];
export type PublishVersion = Schemas['PublishVersion'];
export type PublishedVersion = Schemas['PublishedVersion'];
export type PartialReference = Schemas['PartialReference'];
/** The content of a prompt version as its author writes it. */
export type PromptContent = Pick<
  PromptVersion,
  'messages' | 'variables' | 'examples' | 'parameters' | 'responseFormat'
> & {
  /** The partials of the messages, by the names that they use. */
  partials?: Record<string, PartialReference>;
};

/** Returns the content that would give the same version again. */
export function writtenAs(version: PromptVersion): PromptContent {
  const { messages, variables, examples, parameters, responseFormat, includes } = version;
  return {
    messages,
    variables,
    examples,
    parameters,
    ...(responseFormat != null && { responseFormat }),
    ...(includes.length > 0 && {
      partials: Object.fromEntries(includes.map(({ name, prompt, version: at }) => [name, { prompt, version: at }])),
    }),
  };
}

/** Returns whether a response format has the wrapper of the OpenAI API, with a name. */
export function isWrapped(format: unknown): format is { json_schema: Json } {
  return isObject(format) && format['type'] === 'json_schema' && isObject(format['json_schema']);
}

/** Returns the JSON Schema of the answers. */
export function answerSchema(format: unknown): unknown {
  return isWrapped(format) ? format.json_schema['schema'] : format;
}

/** The placeholder for the caller's messages. */
export const conversation: Placeholder = { type: 'placeholder', name: 'conversation' };

/** Returns whether an entry of a prompt's messages is the placeholder for the caller's. */
export function isPlaceholder(entry: Message | Placeholder): entry is Placeholder {
  return 'type' in entry;
}

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

export function createPrompt(prompt: CreatePrompt, key: string): Promise<Schemas['PromptView']> {
  return body(api.POST('/api/prompts', { params: { header: once(key) }, body: prompt }));
}

export function publish(name: string, version: PublishVersion, key: string): Promise<PublishedVersion> {
  return body(
    api.POST('/api/prompts/{name}/versions', {
      params: { path: { name }, header: once(key) },
      body: version,
    }),
  );
}
