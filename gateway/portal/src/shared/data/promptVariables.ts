import { isPlaceholder, type Message, type Placeholder, type PromptVersion } from '@/shared/data/promptVersions';
import { variablesIn } from '@/shared/text/templates';

type Json = Record<string, unknown>;

/** A declared variable with the properties of its field. */
export interface Variable {
  name: string;
  kind: 'text' | 'number' | 'truth' | 'choice' | 'json';
  choices: string[];
  isRequired: boolean;
  help: string;
}

/** Returns the variables that a version's schema declares, in order. */
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

/** Returns the type for the help text; undefined for choices from a list. */
function typeOf({ type, enum: values }: Declared): string | undefined {
  if (values === undefined) return [type ?? 'any value'].flat().join(' or ');
  return values.every((value) => typeof value === 'string')
    ? undefined
    : `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`;
}

/** Reads a typed text as the variable's type. */
export function valueOf(text: string, kind: Variable['kind']): unknown {
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

/** Returns the variables that messages use, each once, in order of first appearance. */
export function usedIn(messages: (Message | Placeholder)[]): Set<string> {
  const names = messages.flatMap((one) => (isPlaceholder(one) ? [] : variablesIn(one.content)));
  return new Set(names.map((name) => name.split('.')[0] ?? name));
}

/** Returns the schema with a required text for every undeclared variable that the messages use. */
export function declared(schema: Json, messages: (Message | Placeholder)[]): Json {
  const { properties = {}, required = [] } = schema as { properties?: Json; required?: string[] };
  const undeclared = [...usedIn(messages)].filter((name) => !(name in properties));
  if (undeclared.length === 0) return schema;
  return {
    ...schema,
    type: 'object',
    properties: { ...properties, ...Object.fromEntries(undeclared.map((name) => [name, { type: 'string' }])) },
    required: [...required, ...undeclared],
  };
}
