import type { Answer } from './answer';
import { isOpen, stopped } from './answer';
import type { Json } from '@/shared/data/promptRendering';
import { conversation as place, isPlaceholder, type PromptContent } from '@/shared/data/promptVersions';
import { declared } from '@/shared/data/promptVariables';
import type { ChatMessage } from '@/shared/items/items';

export const MAX_COLUMNS = 4;
export const letters = ['A', 'B', 'C', 'D'] as const;
const positions = [1, 2, 3, 4] as const;

/** A typed message. Anything beyond text, such as tool calls and images, is typed as JSON. */
export interface TypedMessage {
  role: 'user' | 'assistant' | 'system' | 'json';
  content: string;
}

/** The content of a draft prompt, and the version that it started from. */
export type Draft = PromptContent & { base: string };

export interface Column {
  id: string;
  /** The name by which the OpenAI API calls it; empty before one is chosen. */
  model: string;
  /** `name@version`; empty for the conversation as it is. */
  prompt: string;
  /** The draft that is rendered instead of the version. */
  draft: Draft | null;
  /** The typed values by the names of the prompt's variables. */
  variables: Record<string, string>;
  temperature: string;
  maxTokens: string;
  /** Further fields of the call, as JSON. */
  fields: string;
}

/** The complete state of the playground, which survives a reload. */
export interface Board {
  columns: Column[];
  conversation: TypedMessage[];
  /** The tools that every column offers, as JSON; empty for none. */
  tools: string;
  /** The item that the conversation was copied from, as `dataset/version/itemId`; empty when it was typed. */
  item: string;
  answers: Record<string, Answer>;
}

type Ids = 'model1' | 'model2' | 'model3' | 'model4' | 'prompt1' | 'prompt2' | 'prompt3' | 'prompt4' | 'item';

/** The parts of the board that the address names. */
export type BoardIds = Partial<Record<Ids, string>>;

export function newColumn(model = '', prompt = ''): Column {
  return {
    id: crypto.randomUUID(),
    model,
    prompt,
    draft: null,
    variables: {},
    temperature: '',
    maxTokens: '',
    fields: '',
  };
}

export const emptyBoard = (): Board => ({
  columns: [newColumn()],
  conversation: [{ role: 'user', content: '' }],
  tools: '',
  item: '',
  answers: {},
});

/**
 * Restores the stored board unless the address names other ids. A stream that a reload interrupted counts as stopped.
 */
type Kept = { [Part in keyof Board]?: Board[Part] | undefined };

export function openedBoard(ids: BoardIds, { answers: earlier = {}, ...texts }: Kept = {}): Board {
  const board: Board = { ...emptyBoard(), ...(texts as Partial<Board>) };
  const named = positions
    .map((position) => ({ model: ids[`model${position}`] ?? '', prompt: ids[`prompt${position}`] ?? '' }))
    .filter(({ model, prompt }) => model !== '' || prompt !== '');
  const columns =
    named.length === 0
      ? board.columns
      : named.map(({ model, prompt }, index) => {
          const before = board.columns[index];
          return before?.model === model && before.prompt === prompt ? before : newColumn(model, prompt);
        });
  const answers: Board['answers'] = {};
  for (const { id } of columns) {
    const answer = earlier[id];
    if (answer !== undefined) answers[id] = isOpen(answer) ? stopped(answer, answer.millis ?? 0) : answer;
  }
  return { ...board, columns, answers };
}

export function idsOf({ columns, item }: Board): BoardIds {
  const ids: BoardIds = item === '' ? {} : { item };
  columns.slice(0, MAX_COLUMNS).forEach(({ model, prompt }, index) => {
    const position = positions[index];
    if (position === undefined) return;
    if (model !== '') ids[`model${position}`] = model;
    if (prompt !== '') ids[`prompt${position}`] = prompt;
  });
  return ids;
}

/** Returns whether the called application or variant has its own prompt. */
export function isGoverned(model: string): boolean {
  return model.startsWith('app/') || model.startsWith('variant/');
}

/** Splits `name@version` into name and version. */
export function versionOf(prompt: string): { name: string; version: number } | undefined {
  const at = prompt.lastIndexOf('@');
  const version = Number(prompt.slice(at + 1));
  return at > 0 && Number.isInteger(version) && version > 0 ? { name: prompt.slice(0, at), version } : undefined;
}

/** Returns a message of the OpenAI API in the form of the fields. */
export function typedMessage(message: ChatMessage): TypedMessage {
  const { role, content, ...more } = message;
  return (role === 'user' || role === 'assistant' || role === 'system') &&
    typeof content === 'string' &&
    Object.values(more).every((value) => value == null)
    ? { role, content }
    : { role: 'json', content: JSON.stringify(message, null, 2) };
}

/** An error that explains why a typed text cannot be sent. */
export class Unsendable extends Error {}

/** Returns the board with typed values for the variables of its first column. */
export function withVariables(board: Board, variables: [string, string][]): Board {
  const [first = newColumn(), ...others] = board.columns;
  return { ...board, columns: [{ ...first, variables: Object.fromEntries(variables) }, ...others] };
}

/** The messages that are sent; empty ones are left out. */
export function messagesOf(conversation: TypedMessage[]): Json[] {
  return conversation
    .map((message, index) => ({ message, number: index + 1 }))
    .filter(({ message }) => message.content.trim() !== '')
    .map(({ message: { role, content }, number }) =>
      role === 'json' ? (parsed(content, `Message ${number}`, 'object') as Json) : { role, content },
    );
}

export function toolsOf({ tools }: Pick<Board, 'tools'>): unknown[] {
  return tools.trim() === '' ? [] : (parsed(tools, 'The tools', 'list') as unknown[]);
}

/** Returns the parameters that the column sets itself. */
export function parametersOf({ temperature, maxTokens, fields }: Column): Json {
  return {
    ...(fields.trim() === '' ? {} : (parsed(fields, 'Further fields', 'object') as Json)),
    ...numbered('temperature', temperature, 'The temperature'),
    ...numbered('max_completion_tokens', maxTokens, 'The maximum of tokens'),
  };
}

function numbered(name: string, text: string, what: string): Json {
  if (text.trim() === '') return {};
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Unsendable(`${what} is not a number.`);
  return { [name]: value };
}

/** Returns a prompt's parameters, overridden by the column's. Of two names for one limit, the later counts. */
export function overridden(parameters: Json, by: Json): Json {
  const merged: Json = { ...parameters, ...by };
  if ('max_completion_tokens' in by) delete merged['max_tokens'];
  if ('max_tokens' in by) delete merged['max_completion_tokens'];
  return merged;
}

function parsed(text: string, what: string, shape: 'object' | 'list'): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Unsendable(`${what}: this is not JSON: ${(error as Error).message}`);
  }
  const fits = typeof value === 'object' && value !== null && Array.isArray(value) === (shape === 'list');
  if (!fits) throw new Unsendable(`${what}: must be a JSON ${shape}.`);
  return value;
}

/** Returns the reason why the board cannot run yet; undefined when it can. */
export function blockedBy({ columns, ...board }: Board): string | undefined {
  const modelless = columns.findIndex(({ model }) => model === '');
  if (modelless >= 0) return `Choose a model in column ${letters[modelless] ?? ''}.`;
  try {
    const messages = messagesOf(board.conversation);
    toolsOf(board);
    for (const [index, column] of columns.entries()) {
      const prompted = !isGoverned(column.model) && (column.prompt !== '' || column.draft !== null);
      const filled = isGoverned(column.model) && Object.values(column.variables).some((value) => value !== '');
      if (messages.length === 0 && !prompted && !filled) return 'Write a message first.';
      try {
        parametersOf(column);
      } catch (error) {
        return `Column ${letters[index] ?? ''}: ${(error as Error).message}`;
      }
    }
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

/** Returns a draft from a version, or an empty one. */
export function draftOf(content?: PromptContent, base = ''): Draft {
  if (content !== undefined) return { base, ...content };
  return {
    base,
    messages: [{ role: 'system', content: '' }, place],
    variables: { type: 'object', properties: {} },
    examples: [],
    parameters: {},
  };
}

/** Returns the content of a draft to render, without empty messages and with every variable that its text uses. */
export function contentOf({
  messages: written,
  variables,
  examples,
  parameters,
  responseFormat,
  partials,
}: Draft): PromptContent {
  const messages = written.filter((one) => isPlaceholder(one) || one.content.trim() !== '');
  return {
    messages,
    variables: declared(variables, messages),
    examples,
    parameters,
    ...(responseFormat != null && { responseFormat }),
    ...(partials && { partials }),
  };
}
