import type { Json, RenderInput } from './render';
import type { PromptVersion } from '@/shared/data/promptVersions';
import { parsed, z } from '@/shared/form/schema';

/** A declared variable, as its field presents it. */
export interface Variable {
  name: string;
  kind: 'text' | 'number' | 'truth' | 'choice' | 'json';
  choices: string[];
  isRequired: boolean;
  help: string;
}

/** The variables that a version's schema declares, in its order. */
export function variablesOf(schema: PromptVersion['variables']): Variable[] {
  const { properties, required } = schema as { properties?: Record<string, Declared>; required?: string[] };
  return Object.entries(properties ?? {}).map(([name, declared]) => {
    const isRequired = required?.includes(name) ?? false;
    return { name, ...shapeOf(declared), isRequired, help: helpOf(declared) };
  });
}

interface Declared {
  type?: string | string[];
  enum?: unknown[];
  description?: string;
  default?: unknown;
}

function shapeOf({ type, enum: values }: Declared): Pick<Variable, 'kind' | 'choices'> {
  if (values?.every((value) => typeof value === 'string')) return { kind: 'choice', choices: values };
  const types = [type].flat().filter((one) => one !== 'null');
  return { kind: types.length === 1 ? (kinds[types[0] ?? ''] ?? 'json') : 'json', choices: [] };
}

const kinds: Record<string, Variable['kind']> = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'truth',
};

function helpOf(declared: Declared): string {
  return [
    declared.description,
    typeOf(declared),
    shapeOf(declared).kind === 'json' && 'as JSON',
    declared.default !== undefined && `default ${JSON.stringify(declared.default)}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Nothing for choices that a list offers. */
function typeOf({ type, enum: values }: Declared): string | undefined {
  if (values === undefined) return [type ?? 'any value'].flat().join(' or ');
  return values.every((value) => typeof value === 'string')
    ? undefined
    : `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`;
}

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

function valueOf(text: string, kind: Variable['kind']): unknown {
  switch (kind) {
    case 'number':
      return Number(text);
    case 'truth':
      return text === 'true';
    case 'json':
      return JSON.parse(text);
    default:
      return text;
  }
}
