import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/dataset-registry';
import type { Role } from '@/shared/session/session';
import { bytes } from '@/shared/text/format';

/** A row of a dataset: its input and the expected answer. */
export type Item = components['schemas']['ItemView'];

/** The shown fields of a message of the OpenAI API. Providers send null for what a message does not have. */
export interface ChatMessage {
  role: string;
  name?: string | null;
  content?: string | ContentPart[] | null;
  refusal?: string | null;
  tool_calls?: { function?: FunctionCall | null }[] | null;
  function_call?: FunctionCall | null;
}

interface FunctionCall {
  name: string;
  arguments: string;
}

interface ContentPart {
  type: string;
  text?: string | null;
  refusal?: string | null;
  image_url?: { url: string } | null;
}

/** An item in a list, with placeholders for sensitive values and digests for images. */
export type ListedItem = components['schemas']['ListedItem'];

/** The filter of a list of items. Its subset is of the newest split of the version. */
export interface ItemFilter {
  subset?: string | undefined;
  label?: string | undefined;
  finding?: string | undefined;
  documentId?: string | undefined;
  text?: string | undefined;
}

/** The roles that may read items, which may contain restricted data. */
export const itemReaders: Role[] = ['data-steward', 'ml-engineer', 'compliance-officer'];

const api = client<paths>();

export const itemsQuery = (name: string, number: number, filter: ItemFilter, pageToken?: string, limit = 20) =>
  queryOptions({
    queryKey: ['items', name, number, filter, pageToken, limit],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/datasets/{name}/versions/{number}/items', {
          params: { path: { name, number }, query: { ...filter, pageToken, limit } },
          signal,
        }),
      ),
  });

/** The query for an unmasked item. It is sent once, because each read is recorded. */
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

/** Returns the values of a prompt's variables as text. Anything but a text becomes JSON. */
export const typed = (variables: Record<string, unknown>): [string, string][] =>
  Object.entries(variables).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);

export const variablesOf = ({ input }: Item) => typed(input.variables);

/** Returns the names of the tools that an item offers. */
export const toolsOf = ({ input }: Item) =>
  (input.tools as unknown as { function: { name: string } }[]).map((tool) => tool.function.name);

/** Returns whether messages are only one text of a user. */
export function isText(messages: ChatMessage[]): boolean {
  const [message, ...others] = messages;
  return others.length === 0 && message?.role === 'user' && typeof message.content === 'string';
}

/** Returns the text of an item with only one user message; undefined for a conversation. */
export function textOf(item: Item): string | undefined {
  const messages = messagesOf(item);
  return isText(messages) ? (messages[0]?.content as string) : undefined;
}

/** Returns the text of a part of a message, or a placeholder for it. */
function partText({ text, refusal, image_url: image, type }: ContentPart): string {
  if (image != null) return image.url.startsWith('sha256:') ? '[image]' : `[image of ${bytes(image.url.length)}]`;
  return text ?? refusal ?? `[${type}]`;
}

/** Returns the text of a message as paragraphs. */
export function paragraphsOf({ content, refusal, tool_calls, function_call }: ChatMessage): string[] {
  const calls = [...(tool_calls ?? []).map((call) => call.function), function_call].filter((call) => call != null);
  return [
    ...(typeof content === 'string' ? [content] : (content ?? []).map(partText)),
    ...(refusal == null ? [] : [refusal]),
    ...calls.map((call) => callText(call.name, call.arguments)),
  ];
}

export function callText(name: string, args: string): string {
  return `calls ${name}(${args})`;
}

/** Returns the answers to a question, or a note that its documents have none. */
export const answersOf = (answers: string[]) => (answers.length > 0 ? answers : ['Not answered by the documents']);

/** Describes a passage by its document, section and a quote. */
export function passageText({ documentId, section, text }: Item['expected']['passages'][number]): string {
  return [documentId, section, text == null ? undefined : `“${text}”`].filter((part) => part != null).join(' > ');
}

/** Returns the two answers of a preference, the better one first; empty for items of other kinds. */
export function comparedIn({ chosen, rejected }: Item['expected']): { name: string; answer: ChatMessage }[] {
  return chosen == null || rejected == null
    ? []
    : [
        { name: 'Chosen', answer: chosen as unknown as ChatMessage },
        { name: 'Rejected', answer: rejected as unknown as ChatMessage },
      ];
}

/** Returns the expected answer as one text; empty without one. */
export function expectedIn({ expected }: Item): string {
  const { label, references, rubric, toolCalls, answers, passages } = expected;
  return [
    ...(label == null ? [] : [label]),
    ...references,
    ...toolCalls.map((call) => callText(call.name, JSON.stringify(call.arguments))),
    ...(rubric == null ? [] : [`Rubric: ${rubric}`]),
    ...(answers == null ? [] : answersOf(answers)),
    ...passages.map(passageText),
    ...comparedIn(expected).map(({ name, answer }) => `${name}: ${paragraphsOf(answer).join('\n')}`),
  ].join('\n');
}

/** A correction of what a row expects. */
export interface RowCorrection {
  /** The version in which the mistake was found. */
  version: number;
  itemId: string;
  by: string;
}

/** Returns how a row was corrected, or what row an item of a draft corrects; undefined without a correction. */
export function correctionOf({ metadata }: Item): RowCorrection | undefined {
  const found = metadata['expectedCorrection'] as Partial<RowCorrection> | null | undefined;
  return typeof found?.by === 'string' && typeof found.version === 'number' && typeof found.itemId === 'string'
    ? (found as RowCorrection)
    : undefined;
}
