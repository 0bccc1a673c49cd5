import { expect, it } from 'vitest';
import { fieldOf } from '@/shared/form/fieldErrors';
import { asJson, schemaDraft } from './objectSchema';
import { pointersOf } from './pointers';
import { responseFormatDraft, schemaOfAnswers } from './responseFormat';
import {
  asDraft,
  contentOf,
  contentSchema,
  declareVariables,
  emptyDraft,
  missingPartials,
  referencesOf,
  versionSchema,
} from './versionDraft';
import { conversation, writtenAs, type PromptVersion } from '@/shared/data/promptVersions';
import { versions } from '../../../../test/mocks/world';

const [version] = versions;
if (version === undefined) throw new Error('a version');

const answers = {
  type: 'object',
  properties: { answer: { enum: ['billing', 'delivery'] } },
  required: ['answer'],
  additionalProperties: false,
};

it.each<Partial<PromptVersion>>([
  {},
  { responseFormat: answers },
  { responseFormat: null },
  { responseFormat: { ...answers, title: 'Topic' } },
  { responseFormat: { type: 'array', items: { type: 'string' } } },
  { responseFormat: { ...answers, properties: { answer: { enum: ['billing', ' delivery'] } } } },
  { responseFormat: { ...answers, properties: { answer: { enum: ['billing'] } } } },
  { parameters: { stop: 'END', tools: [], seed: 4 } },
  { parameters: { tools: [{ type: 'function', function: { name: 'now' } }], tool_choice: 'auto' } },
  { examples: [{ input: ' Two\n\nlines ', output: '\t{"label": "spam"}\n' }] },
  { variables: { type: 'object', properties: { mail: {} }, required: [], $comment: 'kept' } },
])('writes the content that it started from, whatever fields can say of it: %j', (changed) => {
  const started = { ...version, ...changed };
  expect(contentOf(asDraft(started))).toEqual(writtenAs(started));
});

const wrapped = (schema: object) => ({
  type: 'json_schema',
  json_schema: { name: 'judgement', schema, strict: false, description: 'A verdict.' },
});
const closed = { additionalProperties: false };
const reasonFirst = {
  required: ['reason', 'score'],
  properties: { reason: { description: 'Why', type: 'string' }, score: { type: 'integer' } },
  additionalProperties: false,
  type: 'object',
};

it.each<Partial<PromptVersion>>([
  { responseFormat: reasonFirst },
  { responseFormat: wrapped(reasonFirst) },
  { responseFormat: wrapped(answers) },
  { responseFormat: { required: ['answer'], properties: answers.properties, type: 'object', ...closed } },
  { parameters: { tools: [{ type: 'function', function: { parameters: reasonFirst, name: 'book' } }] } },
])('writes schemas in the order that they had, under their names: %j', (changed) => {
  const written = contentOf(asDraft({ ...version, ...changed }));
  expect(JSON.stringify(written)).toContain(JSON.stringify(Object.values(changed)[0]));
});

it('keeps the name of a response format whose schema is edited, and finds its places', () => {
  const draft = asDraft({ ...version, responseFormat: wrapped(reasonFirst) });
  draft.responseFormat.schema = asJson(schemaDraft({ type: 'object', properties: { score: {}, reason: {} } })) ?? {
    ...draft.responseFormat.schema,
  };
  expect(JSON.stringify(contentOf(draft)?.responseFormat)).toBe(
    JSON.stringify(wrapped({ type: 'object', properties: { score: {}, reason: {} } })),
  );
  expect(pointersOf(draft)).toHaveProperty(['/responseFormat/json_schema/schema']);
});

it('shows a response format as answers only where it says nothing else', () => {
  expect(responseFormatDraft(answers)).toMatchObject({ kind: 'answers', answers: 'billing\ndelivery' });
  expect(responseFormatDraft({ ...answers, required: [] })).toMatchObject({
    kind: 'schema',
    schema: { form: 'fields' },
  });
  expect(responseFormatDraft(null).kind).toBe('text');
});

it('starts a schema from the answers, and overwrites none', () => {
  const draft = responseFormatDraft(answers);
  expect(schemaOfAnswers(draft)).toEqual(schemaDraft(answers));
  expect(schemaOfAnswers({ ...draft, schema: schemaDraft(answers) })).toBeUndefined();
});

it('takes no single answer, which is a list that was separated by commas', () => {
  const one = { ...emptyDraft.responseFormat, kind: 'answers' as const, answers: 'billing, delivery' };
  const { error } = contentSchema.safeParse({ ...emptyDraft, responseFormat: one });
  expect(error?.issues).toMatchObject([{ path: ['responseFormat', 'answers'] }]);
});

it('starts from nothing: no variables, examples, parameters and response format', () => {
  expect(contentOf(emptyDraft)).toEqual({
    messages: emptyDraft.messages,
    variables: { type: 'object', properties: {} },
    examples: [],
    parameters: {},
  });
});

it('takes no example without an output, and no tools twice', () => {
  const examples = [{ input: 'a', output: ' ' }];
  expect(contentSchema.safeParse({ ...emptyDraft, examples }).error?.issues).toMatchObject([
    { path: ['examples', 0, 'output'] },
  ]);
  const { tools } = asDraft({ ...version, parameters: { parallel_tool_calls: true } });
  const parameters = { ...emptyDraft.parameters, further: [{ name: 'parallel_tool_calls', value: 'true' }] };
  expect(contentSchema.safeParse({ ...emptyDraft, parameters, tools }).error?.issues[0]?.message).toMatch(/once/);
});

it('declares the variables of the text and keeps those declared before', () => {
  const messages = [{ role: 'user' as const, content: '{{mail.body}} in {{locale}}' }];
  const before = { type: 'object', properties: { locale: { enum: ['de', 'en'] } }, required: ['locale'] };
  const after = {
    type: 'object',
    properties: { locale: { enum: ['de', 'en'] }, mail: { type: 'string' } },
    required: ['locale', 'mail'],
  };
  const fields = declareVariables({ messages, variables: schemaDraft(before) });
  expect(contentOf({ ...emptyDraft, variables: fields })?.variables).toEqual(after);
  const json = declareVariables({ messages, variables: asJson(schemaDraft(before)) ?? schemaDraft(before) });
  expect(JSON.parse(json.json)).toEqual(after);
  expect(declareVariables({ messages, variables: fields })).toBe(fields);
});

it('takes a version that only places the conversation, which declares nothing', () => {
  const placed = { ...emptyDraft, message: 'why', messages: [conversation] };
  expect(versionSchema.safeParse(placed).success).toBe(true);
  expect(versionSchema.safeParse({ ...placed, messages: emptyDraft.messages }).success).toBe(false);
  expect(declareVariables(placed)).toBe(placed.variables);
});

it('takes a number for a version of a partial and any other word for a label', () => {
  expect(
    referencesOf([
      { name: 'a', prompt: 'x', at: '3' },
      { name: 'b', prompt: 'y', at: 'staging' },
    ]),
  ).toEqual({ a: { prompt: 'x', version: 3 }, b: { prompt: 'y', label: 'staging' } });
});

it('finds what messages include and nobody named', () => {
  const draft = {
    messages: [{ role: 'user' as const, content: '{{> a}} {{>b}} {{> a }} {{! > c}} {{d}}' }, conversation],
    partials: [{ name: 'b', prompt: 'x', at: '1' }],
  };
  expect(missingPartials(draft)).toEqual(['a']);
});

it.each([
  ['/messages/1/content', 'messages.1.content'],
  ['/partials/b/label', 'partials.0.at'],
  ['/variables/properties/locale/default', 'variables.rows.1.default'],
  ['/variables/properties/locale/enum/1', 'variables.rows.1.choices'],
  ['/variables/properties/mail/properties/body/type', 'variables.rows.2.schema'],
  ['/variables/properties/a~1b', 'variables.rows.3.name'],
  ['/variables/$id', 'variables.rest'],
  ['/examples/1/output', 'examples.1.output'],
  ['/parameters/temperature', 'parameters.fields.temperature'],
  ['/parameters/max_tokens', 'parameters.further.0.value'],
  ['/parameters/tempratur', 'parameters.further.1.name'],
  ['/parameters/tools/0/function/name', 'tools.rows.0.name'],
  ['/parameters/tools/0/function/parameters/properties/n/pattern', 'tools.rows.0.arguments.rows.0.schema'],
  ['/parameters/tool_choice', 'tools.choice'],
  ['/responseFormat/properties/label/enum', 'responseFormat.schema.rows.0.choices'],
])('shows a refusal of %s at %s', (pointer, field) => {
  const { properties, ...variables } = version.variables as { properties: object };
  const draft = {
    ...asDraft({
      ...version,
      variables: { ...variables, properties: { ...properties, 'a/b': { type: 'string' } } },
      parameters: {
        max_tokens: 16,
        tempratur: 1,
        tool_choice: 'auto',
        tools: [
          {
            type: 'function',
            function: {
              name: 'f',
              parameters: { type: 'object', properties: { n: { type: 'string', pattern: 'a' } } },
            },
          },
        ],
      },
    }),
    partials: [{ name: 'b', prompt: 'x', at: '1' }],
  };
  expect(fieldOf(pointer, draft, pointersOf(draft))).toBe(field);
});
