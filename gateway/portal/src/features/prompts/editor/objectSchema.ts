import { flawsOf, newProperty, propertyDraft, propertyOf, propertyShape } from './property';
import type { Json } from '@/shared/data/promptRendering';
import { parsed, z } from '@/shared/form/schema';
import { isObject, objectIn, pretty, sameJson, textsIn } from '@/shared/text/json';

export const objectShape = z.object({
  /** What is edited: the properties, or the whole schema as JSON. */
  form: z.enum(['fields', 'json']),
  rows: z.array(propertyShape),
  /** What the schema says beside its properties, as JSON and in its order, with the names that were required before. */
  rest: z.string(),
  /** The whole schema, as it is typed. */
  json: z.string(),
});

/** The JSON Schema of an object, as it is typed. */
export type ObjectSchemaDraft = z.infer<typeof objectShape>;

export const objectSchema = parsed(objectShape, readSchema);

/** The schema that a draft says. */
export function readSchema(draft: ObjectSchemaDraft, refuse: (message: string, ...path: string[]) => void): Json {
  if (draft.form === 'json') {
    const flaw = flawOfJson(draft.json);
    if (flaw !== undefined) refuse(flaw, 'json');
    return objectIn(draft.json) ?? {};
  }
  const names = draft.rows.map(({ name }) => name);
  const flaws = draft.rows.flatMap((row, index) => {
    const repeated = row.name !== '' && names.indexOf(row.name) < index;
    return [...flawsOf(row), ...(repeated ? [['name', 'There is one of this name already.'] as const] : [])].map(
      ([field, message]) => ({ index, field, message }),
    );
  });
  for (const { index, field, message } of flaws) refuse(message, 'rows', String(index), field);
  return flaws.length === 0 ? schemaOf(draft) : {};
}

/** A schema as it is typed: by fields only where they say exactly the same. */
export function schemaDraft(schema: unknown): ObjectSchemaDraft {
  const asJson: ObjectSchemaDraft = { ...newSchema({ type: 'object' }), form: 'json', json: pretty(schema) };
  if (!isObject(schema) || schema['type'] !== 'object' || !isObject(schema['properties'])) return asJson;
  const { properties, required: listed } = schema as { properties: Json; required?: unknown };
  const required = textsIn(listed) ?? [];
  const draft: ObjectSchemaDraft = {
    form: 'fields',
    rows: Object.entries(properties).map(([name, one]) => propertyDraft(name, one, required.includes(name))),
    // With an empty place where the properties stand: a schema is sent in its order.
    rest: JSON.stringify({ ...schema, properties: {} }),
    json: '',
  };
  const isWhole = draft.rows.every((row) => flawsOf(row).length === 0) && sameJson(schemaOf(draft), schema);
  return isWhole ? draft : asJson;
}

/** Without properties yet. */
export function newSchema(rest: Json): ObjectSchemaDraft {
  return { form: 'fields', rows: [], rest: JSON.stringify(rest), json: '' };
}

/** The same draft, edited as JSON; undefined while its fields have flaws. */
export function asJson(draft: ObjectSchemaDraft): ObjectSchemaDraft | undefined {
  const { data } = objectSchema.safeParse(draft);
  return data && { ...draft, form: 'json', json: pretty(data) };
}

/** The same draft, edited by fields; undefined where fields cannot say it. */
export function asFields({ json }: ObjectSchemaDraft): ObjectSchemaDraft | undefined {
  const draft = schemaDraft(objectIn(json));
  return draft.form === 'fields' ? draft : undefined;
}

/** With a required text for each of these names. */
export function withTexts(draft: ObjectSchemaDraft, names: string[]): ObjectSchemaDraft {
  return { ...draft, rows: [...draft.rows, ...names.map((name) => ({ ...newProperty, name }))] };
}

/** What a schema says beside its properties, for which there are no fields. */
export function furtherRules({ rest }: ObjectSchemaDraft): string[] {
  return Object.keys(objectIn(rest) ?? {}).filter((name) => !['type', 'properties', 'required'].includes(name));
}

function schemaOf({ rows, rest }: ObjectSchemaDraft): Json {
  const said = objectIn(rest) ?? {};
  const before = said['required'];
  const names = rows.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  const earlier = (textsIn(before) ?? []).filter((name) => names.includes(name));
  // In their earlier order: another one would be another content.
  const required = [...earlier, ...names.filter((name) => !earlier.includes(name))];
  return {
    ...said,
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
