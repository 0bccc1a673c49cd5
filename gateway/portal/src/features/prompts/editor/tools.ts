import { newSchema, objectShape, readSchema, schemaDraft } from './objectSchema';
import type { Json } from '@/shared/data/promptRendering';
import { parsed, z } from '@/shared/form/schema';
import { inOrderOf, isObject, sameJson } from '@/shared/text/json';

export const mostTools = 128;

const toolShape = z.object({
  name: z.string(),
  description: z.string(),
  takesArguments: z.boolean(),
  arguments: objectShape,
  /** Whether arguments must follow their schema; empty for the provider's default. */
  strict: z.enum(['', 'true', 'false']),
  /** The keys of the earlier tool, in order. */
  order: z.array(z.string()),
});

/** The draft of a tool. */
export type ToolDraft = z.infer<typeof toolShape>;

const shape = z.object({
  rows: z.array(toolShape),
  /** none, auto, required, or a colon and the name of a tool; empty for the provider's default. */
  choice: z.string(),
  parallel: z.enum(['', 'true', 'false']),
});

/** The draft of a prompt's tools. */
export type ToolsDraft = z.infer<typeof shape>;

/** Parses the tools into parameters of a call. */
export const toolsSchema = parsed(shape, ({ rows, choice, parallel }, refuse): Json => {
  const names = rows.map(({ name }) => name);
  const tools = rows.map((row, index) => {
    const at = ['rows', String(index)];
    if (row.name.trim() === '') refuse('Give each tool a name.', ...at, 'name');
    else if (names.indexOf(row.name) < index) refuse('Another tool already has this name.', ...at, 'name');
    return toolOf(row, (message, ...path) => refuse(message, ...at, 'arguments', ...path));
  });
  return {
    ...(tools.length > 0 && { tools }),
    ...(choice !== '' && { tool_choice: choiceOf(choice) }),
    ...(parallel !== '' && { parallel_tool_calls: parallel === 'true' }),
  };
});

export const noTools: ToolsDraft = { rows: [], choice: '', parallel: '' };

export const newTool: ToolDraft = {
  name: '',
  description: '',
  takesArguments: true,
  arguments: newSchema({ type: 'object', additionalProperties: false }),
  strict: '',
  order: [],
};

/**
 * Returns the draft of the tools in parameters, and the other parameters. Those keep anything that fields cannot
 * express.
 */
export function toolsDraft(parameters: Json): { tools: ToolsDraft; others: Json } {
  const tools: ToolsDraft = { ...noTools };
  const others = new Map(Object.entries(parameters));
  const { tools: list, tool_choice: choice, parallel_tool_calls: parallel } = parameters;
  const rows = Array.isArray(list) ? list.map(toolDraft) : [];
  if (rows.length > 0 && rows.every((row) => row !== undefined)) {
    tools.rows = rows;
    others.delete('tools');
  }
  const typed = typedChoice(choice);
  if (typed !== undefined) {
    tools.choice = typed;
    others.delete('tool_choice');
  }
  if (typeof parallel === 'boolean') {
    tools.parallel = parallel ? 'true' : 'false';
    others.delete('parallel_tool_calls');
  }
  return { tools, others: Object.fromEntries(others) };
}

function toolOf(draft: ToolDraft, refuse: (message: string, ...path: string[]) => void): Json {
  const { name, description, takesArguments, strict, order } = draft;
  return {
    type: 'function',
    function: inOrderOf(order, {
      name,
      ...(description !== '' && { description }),
      ...(takesArguments && { parameters: readSchema(draft.arguments, refuse) }),
      ...(strict !== '' && { strict: strict === 'true' }),
    }),
  };
}

/** Returns the draft of a tool; undefined if fields cannot express it. */
function toolDraft(tool: unknown): ToolDraft | undefined {
  if (!isObject(tool) || !isObject(tool['function'])) return undefined;
  const { name, description = '', parameters, strict } = tool['function'];
  if (typeof name !== 'string' || typeof description !== 'string') return undefined;
  const draft: ToolDraft = {
    ...newTool,
    name,
    description,
    takesArguments: parameters !== undefined,
    ...(parameters !== undefined && { arguments: schemaDraft(parameters) }),
    strict: typeof strict === 'boolean' ? (strict ? 'true' : 'false') : '',
    order: Object.keys(tool['function']),
  };
  const flaws: string[] = [];
  const same = sameJson(
    toolOf(draft, (message) => flaws.push(message)),
    tool,
  );
  return same && flaws.length === 0 && name.trim() !== '' ? draft : undefined;
}

function choiceOf(choice: string): unknown {
  return choice.startsWith(':') ? { type: 'function', function: { name: choice.slice(1) } } : choice;
}

function typedChoice(choice: unknown): string | undefined {
  if (choice === 'none' || choice === 'auto' || choice === 'required') return choice;
  if (!isObject(choice) || !isObject(choice['function'])) return undefined;
  const { name } = choice['function'];
  const typed = typeof name === 'string' ? `:${name}` : '';
  return typed !== '' && sameJson(choiceOf(typed), choice) ? typed : undefined;
}
