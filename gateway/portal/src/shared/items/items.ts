import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/dataset-registry';
import type { Role } from '@/shared/session/session';

/** What a row of a dataset holds: what is asked, and what is expected of the answer. */
export type Item = components['schemas']['ItemView'];

/** A message in the shape of the OpenAI API, as far as it is shown. */
export interface ChatMessage {
  role: string;
  name?: string;
  content?: string | ContentPart[];
  refusal?: string;
  tool_calls?: { function: { name: string; arguments: string } }[];
  function_call?: { name: string; arguments: string };
}

export interface ContentPart {
  type: string;
  text?: string;
  refusal?: string;
  image_url?: { url: string };
}

/** Who may read items: they may contain restricted data. */
export const itemReaders: Role[] = ['data-steward', 'ml-engineer', 'compliance-officer'];

const api = client<paths>();

export const itemQuery = (name: string, number: number, itemId: string) =>
  queryOptions({
    queryKey: ['item', name, number, itemId],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/datasets/{name}/versions/{number}/rows/{itemId}', {
          params: { path: { name, number, itemId } },
          signal,
        }),
      ),
  });

export const messagesOf = (item: Item) => item.input.messages as unknown as ChatMessage[];

/** The names of the tools that an item offers. */
export const toolsOf = ({ input }: Item) =>
  (input.tools as unknown as { function: { name: string } }[]).map((tool) => tool.function.name);

/** The text of an item that is nothing but one message of a user; undefined for a conversation. */
export function textOf(item: Item): string | undefined {
  const [message, ...others] = messagesOf(item);
  return others.length === 0 && message?.role === 'user' && typeof message.content === 'string'
    ? message.content
    : undefined;
}
