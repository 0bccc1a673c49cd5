import type { Json, PromptVersion } from './prompts';

/** A declared variable, as a field asks for it. */
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

/** The values as they are typed; what is empty is left out, so that a default or its absence counts. */
export function valuesOf(
  variables: Variable[],
  typed: Record<string, string>,
): { values: Json; errors: Record<string, string> } {
  const values: Json = {};
  const errors: Record<string, string> = {};
  for (const { name, kind } of variables) {
    const text = typed[name] ?? '';
    if (text === '') continue;
    try {
      values[name] =
        kind === 'number'
          ? Number(text)
          : kind === 'truth'
            ? text === 'true'
            : kind === 'json'
              ? (JSON.parse(text) as unknown)
              : text;
    } catch (error) {
      errors[name] = `This is not JSON: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return { values, errors };
}
