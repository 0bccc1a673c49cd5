import type { Json, RenderInput } from '@/shared/data/promptRendering';
import { valueOf, type Variable } from '@/shared/data/promptVariables';
import { parsed, z } from '@/shared/form/schema';

/** The typed values by the names of the variables. */
export interface VariableValues {
  variables: Record<string, string>;
  conversation: TypedMessage[];
}

/** A typed message of the caller. */
export interface TypedMessage {
  role: 'user' | 'assistant';
  content: string;
}

/** Returns the input for rendering. Without messages, the prompt is rendered alone. */
export function inputOf({ variables, conversation }: { variables: Json; conversation: TypedMessage[] }): RenderInput {
  return conversation.length === 0
    ? { variables }
    : { variables, conversation: conversation.map(({ role, content }) => ({ role, content })) };
}

/**
 * Returns the schema that reads each value by its variable's type. Empty values are omitted, so that defaults apply.
 */
export function valuesSchema(variables: Variable[]) {
  return z.object({
    variables: parsed(z.record(z.string(), z.string()), (typed, refuse): Json => {
      const values: Json = {};
      for (const { name, kind } of variables) {
        const text = typed[name] ?? '';
        if (text === '') continue;
        try {
          values[name] = valueOf(text, kind);
        } catch (error) {
          refuse(`This is not JSON: ${(error as Error).message}`, name);
        }
      }
      return values;
    }),
    conversation: z.array(z.object({ role: z.enum(['user', 'assistant']), content: z.string() })),
  });
}
