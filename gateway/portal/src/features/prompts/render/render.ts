import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/prompt-registry';

export type Rendered = components['schemas']['Rendered'];

export type Json = Record<string, unknown>;

/** A message as the chat protocol has it. */
export interface ChatMessage {
  role: string;
  content?: unknown;
}

/** What a call would bring: values of the variables, and its messages. */
export interface RenderInput {
  variables: Json;
  conversation?: Json[];
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
