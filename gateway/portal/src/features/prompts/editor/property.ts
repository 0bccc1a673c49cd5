import { inOrderOf, isObject, pretty, sameJson, textsIn } from '@/shared/text/json';
import { z } from '@/shared/form/schema';

/** The types of a property that have fields. Any other type is edited as JSON Schema. */
export const propertyTypes = {
  text: 'text',
  number: 'number',
  integer: 'integer',
  boolean: 'true or false',
  list: 'list of texts',
  choice: 'one of',
  schema: 'as JSON Schema',
} as const;

export type PropertyType = keyof typeof propertyTypes;

export const propertyShape = z.object({
  name: z.string(),
  type: z.enum(Object.keys(propertyTypes) as PropertyType[]),
  isRequired: z.boolean(),
  description: z.string(),
  /** The typed default, empty for none. A list has one text per line. */
  default: z.string(),
  /** The values of a choice, one per line. */
  choices: z.string(),
  /** True if the schema of a choice also has the type string. */
  isTyped: z.boolean(),
  /** True if a text never comes from outside. */
  isTrusted: z.boolean(),
  /** The typed JSON Schema. */
  schema: z.string(),
  /** The keys of the earlier schema, in order. */
  order: z.array(z.string()),
});

/** The draft of a property of an object's schema. */
export type PropertyDraft = z.infer<typeof propertyShape>;

export const newProperty: PropertyDraft = {
  name: '',
  type: 'text',
  isRequired: true,
  description: '',
  default: '',
  choices: '',
  isTyped: true,
  isTrusted: false,
  schema: '',
  order: [],
};

/** Returns the schema of a draft without errors, with its keys in their earlier order. */
export function propertyOf(draft: PropertyDraft): unknown {
  const schema = schemaOf(draft);
  return isObject(schema) ? inOrderOf(draft.order, schema) : schema;
}

function schemaOf({ type, schema, choices, isTyped, isTrusted, ...draft }: PropertyDraft): unknown {
  const more = {
    ...(draft.description !== '' && { description: draft.description }),
    ...(draft.default !== '' && { default: defaultOf(type, draft.default) }),
  };
  switch (type) {
    case 'schema':
      return JSON.parse(schema);
    case 'text':
      return { type: 'string', ...more, ...(isTrusted && { 'x-trusted': true }) };
    case 'list':
      return { type: 'array', items: { type: 'string' }, ...more };
    case 'choice':
      return { ...(isTyped && { type: 'string' }), enum: linesOf(choices), ...more };
    default:
      return { type, ...more };
  }
}

/** Returns the draft of a property. It is edited by fields only if they express exactly the same. */
export function propertyDraft(name: string, schema: unknown, isRequired: boolean): PropertyDraft {
  const read = isObject(schema) ? readBy(schema) : undefined;
  return read !== undefined && sameJson(propertyOf(read), schema) && flawsOf({ ...read, name: 'any' }).length === 0
    ? { ...read, name, isRequired }
    : { ...newProperty, name, isRequired, type: 'schema', schema: pretty(schema) };
}

/** Returns the draft with another type. Earlier values are kept as far as the type can express them. */
export function retyped(draft: PropertyDraft, type: PropertyType): PropertyDraft {
  if (type === draft.type) return draft;
  if (type === 'schema') {
    const isSound = flawsOf({ ...draft, name: 'any' }).length === 0;
    // If the draft was a schema before it became a simpler type, restore that schema.
    return { ...draft, type, schema: draft.schema || (isSound ? pretty(propertyOf(draft)) : '{}') };
  }
  if (draft.type !== 'schema' || flawsOfSchema(draft.schema).length > 0) return { ...draft, type };
  const read = propertyDraft(draft.name, JSON.parse(draft.schema), draft.isRequired);
  return read.type === 'schema' ? { ...draft, type } : { ...read, type };
}

const types = new Map<unknown, PropertyType>([
  ['string', 'text'],
  ['number', 'number'],
  ['integer', 'integer'],
  ['boolean', 'boolean'],
  ['array', 'list'],
]);

function readBy(schema: Record<string, unknown>): PropertyDraft | undefined {
  const { type, description, default: initial, enum: values } = schema;
  const choices = textsIn(values);
  const known = choices === undefined ? types.get(type) : 'choice';
  return (
    known && {
      ...newProperty,
      type: known,
      description: typeof description === 'string' ? description : '',
      default: typedDefault(initial),
      choices: (choices ?? []).join('\n'),
      isTyped: choices === undefined || type !== undefined,
      isTrusted: schema['x-trusted'] === true,
      order: Object.keys(schema),
    }
  );
}

function typedDefault(initial: unknown): string {
  if (initial === undefined || initial === null) return '';
  return Array.isArray(initial) ? initial.join('\n') : String(initial as string | number | boolean);
}

function defaultOf(type: PropertyType, typed: string): unknown {
  switch (type) {
    case 'number':
    case 'integer':
      return Number(typed);
    case 'boolean':
      return typed === 'true';
    case 'list':
      return linesOf(typed);
    default:
      return typed;
  }
}

export type PropertyFlaw = [field: 'name' | 'default' | 'choices' | 'schema', message: string];

/** Returns the errors of a draft by field. */
export function flawsOf({ name, type, default: initial, choices, schema }: PropertyDraft): PropertyFlaw[] {
  const flaws: PropertyFlaw[] = [];
  if (name.trim() === '') flaws.push(['name', 'Enter a name.']);
  if (type === 'choice' && linesOf(choices).length === 0) {
    flaws.push(['choices', 'Give at least one allowed value, one per line.']);
  }
  if (type === 'schema') flaws.push(...flawsOfSchema(schema).map((flaw): PropertyFlaw => ['schema', flaw]));
  if (initial !== '') {
    const flaw = flawOfDefault(type, initial, choices);
    if (flaw !== undefined) flaws.push(['default', flaw]);
  }
  return flaws;
}

function flawOfDefault(type: PropertyType, initial: string, choices: string): string | undefined {
  const value = initial.trim() === '' ? NaN : Number(initial);
  if (type === 'number' && !Number.isFinite(value)) return 'The default is not a number.';
  if (type === 'integer' && !Number.isInteger(value)) return 'The default is not a whole number.';
  if (type === 'boolean' && initial !== 'true' && initial !== 'false') return 'The default is true or false.';
  return type === 'choice' && !linesOf(choices).includes(initial)
    ? 'The default is not one of the allowed values.'
    : undefined;
}

function flawsOfSchema(schema: string): string[] {
  try {
    const value: unknown = JSON.parse(schema);
    return isObject(value) || typeof value === 'boolean' ? [] : ['Must be a JSON Schema: { … }'];
  } catch (error) {
    return [`This is not JSON: ${(error as Error).message}`];
  }
}

/** Returns the lines of a text that are not empty. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
