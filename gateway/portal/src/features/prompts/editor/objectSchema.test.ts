import { expect, it } from 'vitest';
import { asFields, asJson, furtherRules, objectSchema, schemaDraft, type ObjectSchemaDraft } from './objectSchema';
import { newProperty, retyped } from './property';

const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    mail: { type: 'string', description: 'What was written' },
    company: { type: 'string', default: 'Acme', 'x-trusted': true },
    limit: { type: 'integer', default: 3 },
    share: { type: 'number', default: -0.5 },
    formal: { type: 'boolean', default: false },
    locale: { enum: ['en', 'de'], default: 'en' },
    tone: { type: 'string', enum: ['kind', 'curt'] },
    topics: { type: 'array', items: { type: 'string' }, default: ['a', 'b'] },
  },
  required: ['topics', 'mail'],
};

const written = (draft: ObjectSchemaDraft) => objectSchema.safeParse(draft).data;

it('shows each property that fields can say by fields, and writes the same schema again', () => {
  const draft = schemaDraft(schema);
  expect(draft.form).toBe('fields');
  expect(draft.rows.map(({ name, type, default: initial }) => [name, type, initial])).toEqual([
    ['mail', 'text', ''],
    ['company', 'text', 'Acme'],
    ['limit', 'integer', '3'],
    ['share', 'number', '-0.5'],
    ['formal', 'boolean', 'false'],
    ['locale', 'choice', 'en'],
    ['tone', 'choice', ''],
    ['topics', 'list', 'a\nb'],
  ]);
  expect(furtherRules(draft)).toEqual(['additionalProperties']);
  expect(written(draft)).toEqual(schema);
});

const beyond: Record<string, unknown> = {
  nested: { type: 'object', properties: { body: { type: 'string' } }, required: ['body'] },
  bounded: { type: 'string', maxLength: 20 },
  nullable: { type: ['integer', 'null'], default: 3 },
  numbers: { enum: [1, 2] },
  mixed: { enum: ['a', 1, null] },
  none: { enum: [] },
  blank: { enum: ['', 'a'] },
  repeated: { enum: ['a\nb'] },
  stray: { enum: ['a'], default: 'b' },
  records: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
  anything: {},
  all: true,
  untrusted: { type: 'string', 'x-trusted': false },
  emptyDefault: { type: 'string', default: '' },
  nullDefault: { type: 'number', default: null },
  textDefault: { type: 'integer', default: '3' },
  half: { type: 'integer', default: 1.5 },
  emptyList: { type: 'array', items: { type: 'string' }, default: [] },
  notes: { type: 'string', description: '' },
  titled: { type: 'string', title: 'A title' },
  constant: { const: 'a' },
  either: { anyOf: [{ type: 'string' }, { type: 'number' }] },
};

it.each(Object.entries(beyond))('leaves %s, which fields cannot say, as it is', (name, property) => {
  const whole = { type: 'object', properties: { [name]: property, other: { type: 'string' } }, required: [name] };
  const draft = schemaDraft(whole);
  expect(draft.rows.map(({ type }) => type)).toEqual(['schema', 'text']);
  expect(written(draft)).toEqual(whole);
});

it.each([
  { type: 'object' },
  { type: 'array', properties: {} },
  { properties: { a: { type: 'string' } } },
  { type: 'object', properties: { a: { type: 'string' } }, required: ['a', 'b'] },
  { type: 'object', properties: { a: { type: 'string' } }, required: 'a' },
  { type: 'object', properties: { ' ': { type: 'string' } } },
  { anyOf: [{ type: 'object' }] },
])('leaves a schema that rows cannot say as JSON: %j', (whole) => {
  const draft = schemaDraft(whole);
  expect(draft.form).toBe('json');
  expect(asFields(draft)).toBeUndefined();
  expect(written(draft)).toEqual(whole);
});

it('writes no list of required names, an empty one and their order as they were', () => {
  const properties = { constructor: { type: 'string' }, a: { type: 'string' } };
  for (const required of [undefined, [], ['a'], ['a', 'constructor'], ['constructor', 'a']]) {
    const whole = { type: 'object', properties, ...(required && { required }) };
    expect(JSON.stringify(written(schemaDraft(whole))?.['required'])).toBe(JSON.stringify(required));
  }
});

it('changes only what was changed', () => {
  const draft = schemaDraft(schema);
  const rows = draft.rows.map((row) => (row.name === 'limit' ? { ...row, isRequired: true, default: '' } : row));
  expect(written({ ...draft, rows })).toEqual({
    ...schema,
    properties: { ...schema.properties, limit: { type: 'integer' } },
    required: ['topics', 'mail', 'limit'],
  });
});

it('is edited as JSON and by fields again', () => {
  const json = asJson(schemaDraft(schema));
  expect(JSON.parse(json?.json ?? '')).toEqual(schema);
  expect(asFields(json ?? schemaDraft({}))).toEqual(schemaDraft(schema));
});

it('says at its field what keeps a row from being a property', () => {
  const row = (changed: Partial<typeof newProperty>) => ({ ...newProperty, name: 'a', ...changed });
  const { error } = objectSchema.safeParse({
    ...schemaDraft({ type: 'object', properties: {} }),
    rows: [
      row({ name: ' ' }),
      row({ type: 'integer', default: '1.5' }),
      row({ type: 'choice' }),
      row({ name: 'b', type: 'choice', choices: 'x\ny', default: 'z' }),
      row({ name: 'c', type: 'schema', schema: '[]' }),
    ],
  });
  expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([
    'rows.0.name',
    'rows.1.default',
    'rows.2.choices',
    'rows.2.name',
    'rows.3.default',
    'rows.4.schema',
  ]);
});

it('takes what another type can say too, and the schema back that none could say', () => {
  const [text, nested] = schemaDraft({
    type: 'object',
    properties: { a: { type: 'string', description: 'Why' }, b: beyond['nested'] },
  }).rows;
  if (text === undefined || nested === undefined) throw new Error('two rows');
  const asSchema = retyped(text, 'schema');
  expect(JSON.parse(asSchema.schema)).toEqual({ type: 'string', description: 'Why' });
  expect(retyped(asSchema, 'number')).toMatchObject({ type: 'number', description: 'Why' });
  expect(retyped(retyped(nested, 'text'), 'schema')).toEqual(nested);
});
