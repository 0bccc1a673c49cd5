import {
  contentOf,
  isGoverned,
  messagesOf,
  overridden,
  parametersOf,
  toolsOf,
  versionOf,
  type Board,
  type Column,
} from './board';
import type { ChatRequest } from './complete';
import { render, renderDraft, type Json } from '@/shared/data/promptRendering';
import { valueOf, variablesOf } from '@/shared/data/promptVariables';
import type { PromptVersion } from '@/shared/data/promptVersions';
import { Problem } from '@/shared/http/problem';

/**
 * Returns the request of a column. A variant has its own prompt; other models get the rendered prompt of the column.
 */
export async function requestOf(
  column: Column,
  board: Pick<Board, 'conversation' | 'tools'>,
  variables: PromptVersion['variables'] | undefined,
): Promise<ChatRequest> {
  const messages = messagesOf(board.conversation);
  const tools = toolsOf(board);
  const values = valuesOf(column, variables ?? {});
  const more = { ...(tools.length > 0 && { tools }), ...parametersOf(column) };
  if (isGoverned(column.model)) {
    return {
      ...more,
      model: column.model,
      ...((messages.length > 0 || Object.keys(values).length === 0) && { messages }),
      ...(Object.keys(values).length > 0 && { plumbline_variables: values }),
    };
  }
  const input = { variables: values, ...(messages.length > 0 && { conversation: messages }) };
  const version = versionOf(column.prompt);
  if (column.draft !== null) {
    const { request } = await renderDraft(contentOf(column.draft), input);
    return { ...overridden(request as Json, more), model: column.model };
  }
  if (version !== undefined) {
    const { request } = await render(version.name, version.version, input);
    return { ...overridden(request as Json, more), model: column.model };
  }
  return { ...more, model: column.model, messages };
}

/** Returns the typed values by the types of their variables. Empty ones are left out, so that their defaults apply. */
function valuesOf({ variables: typed }: Column, schema: PromptVersion['variables']): Json {
  const values: Json = {};
  for (const { name, kind } of variablesOf(schema)) {
    const text = typed[name] ?? '';
    if (text === '') continue;
    try {
      values[name] = valueOf(text, kind);
    } catch (error) {
      throw new Problem({
        type: 'about:blank',
        title: 'A variable cannot be read',
        status: 0,
        detail: `${name}: this is not JSON: ${(error as Error).message}`,
      });
    }
  }
  return values;
}
