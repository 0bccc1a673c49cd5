import { flawsOf, newProperty, propertyDraft, propertyOf, propertyShape } from './property';
import type { Json } from '@/shared/data/promptRendering';
import { parsed, z } from '@/shared/form/schema';
import { isObject, objectIn, pretty, sameJson, textsIn } from '@/shared/text/json';

export const objectShape = z.object({
  /** The way to edit: by the properties, or the complete schema as JSON. */
  form: z.enum(['fields', 'json']),
  rows: z.array(propertyShape),
  /** The other rules of the schema as JSON, in their order, with the names that were required before. */
  rest: z.string(),
  /** The typed text of the complete schema. */
  json: z.string(),
});

/** The draft of an object's JSON Schema. */
export type ObjectSchemaDraft = z.infer<typeof objectShape>;

export const objectSchema = parsed(objectShape, readSchema);

/** Returns the schema of a draft. */
export function readSchema(draft: ObjectSchemaDraft, refuse: (message: string, ...path: string[]) => void): Json {
  if (draft.form === 'json') {
    const flaw = flawOfJson(draft.json);
    if (flaw !== undefined) refuse(flaw, 'json');
    return objectIn(draft.json) ?? {};
  }
  const names = draft.rows.map(({ name }) => name);
  const flaws = draft.rows.flatMap((row, index) => {
    const repeated = row.name !== '' && names.indexOf(row.name) < index;
    return [...flawsOf(row), ...(repeated ? [['name', 'This name is already in use.'] as const] : [])].map(
      ([field, message]) => ({ index, field, message }),
    );
  });
  for (const { index, field, message } of flaws) refuse(message, 'rows', String(index), field);
  return flaws.length === 0 ? schemaOf(draft) : {};
}

/** Returns the draft of a schema. It is edited by fields only if they express exactly the same. */
export function schemaDraft(schema: unknown): ObjectSchemaDraft {
  const asJson: ObjectSchemaDraft = { ...newSchema({ type: 'object' }), form: 'json', json: pretty(schema) };
  if (!isObject(schema) || schema['type'] !== 'object' || !isObject(schema['properties'])) return asJson;
  const { properties, required: listed } = schema as { properties: Json; required?: unknown };
  const required = textsIn(listed) ?? [];
  const draft: ObjectSchemaDraft = {
    form: 'fields',
    rows: Object.entries(properties).map(([name, one]) => propertyDraft(name, one, required.includes(name))),
    // The properties leave an empty entry at their place, because a schema is sent in its order.
    rest: JSON.stringify({ ...schema, properties: {} }),
    json: '',
  };
  const isWhole = draft.rows.every((row) => flawsOf(row).length === 0) && sameJson(schemaOf(draft), schema);
  return isWhole ? draft : asJson;
}

/** Returns a draft without properties. */
export function newSchema(rest: Json): ObjectSchemaDraft {
  return { form: 'fields', rows: [], rest: JSON.stringify(rest), json: '' };
}

/** Returns the draft as JSON; undefined while its fields have errors. */
export function asJson(draft: ObjectSchemaDraft): ObjectSchemaDraft | undefined {
  const { data } = objectSchema.safeParse(draft);
  return data && { ...draft, form: 'json', json: pretty(data) };
}

/** Returns the draft by fields; undefined if fields cannot express it. */
export function asFields({ json }: ObjectSchemaDraft): ObjectSchemaDraft | undefined {
  const draft = schemaDraft(objectIn(json));
  return draft.form === 'fields' ? draft : undefined;
}

/** Returns the draft with a required text for each name. */
export function withTexts(draft: ObjectSchemaDraft, names: string[]): ObjectSchemaDraft {
  return { ...draft, rows: [...draft.rows, ...names.map((name) => ({ ...newProperty, name }))] };
}

/** Returns the names of the schema's other rules, for which there are no fields. */
export function furtherRules({ rest }: ObjectSchemaDraft): string[] {
  return Object.keys(objectIn(rest) ?? {}).filter((name) => !['type', 'properties', 'required'].includes(name));
}

function schemaOf({ rows, rest }: ObjectSchemaDraft): Json {
  const rules = objectIn(rest) ?? {};
  const before = rules['required'];
  const names = rows.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  const earlier = (textsIn(before) ?? []).filter((name) => names.includes(name));
  // Keep the earlier order: another order would change the content.
  const required = [...earlier, ...names.filter((name) => !earlier.includes(name))];
  return {
    ...rules,
    properties: Object.fromEntries(rows.map((row) => [row.name, propertyOf(row)])),
    ...((before !== undefined || required.length > 0) && { required }),
  };
}

function flawOfJson(text: string): string | undefined {
  try {
    return isObject(JSON.parse(text)) ? undefined : 'Must be a JSON object: { … }';
  } catch (error) {
    return `This is not JSON: ${(error as Error).message}`;
  }
}
