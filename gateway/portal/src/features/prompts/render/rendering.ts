import type { Json, RenderInput } from '@/shared/data/promptRendering';
import { valueOf, type Variable } from '@/shared/data/promptVariables';
import { parsed, z } from '@/shared/form/schema';

/** The values as they are typed, by the names of the variables. */
export interface VariableValues {
  variables: Record<string, string>;
  conversation: Said[];
}

/** A message of the caller, as it is typed. */
export interface Said {
  role: 'user' | 'assistant';
  content: string;
}

/** Without messages, the prompt is rendered by itself. */
export function inputOf({ variables, conversation }: { variables: Json; conversation: Said[] }): RenderInput {
  return conversation.length === 0
    ? { variables }
    : { variables, conversation: conversation.map(({ role, content }) => ({ role, content })) };
}

/** Reads each value as its variable's type; an empty one is omitted, so that its default applies. */
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
