import { expect, it } from 'vitest';
import { parametersDraft, parametersSchema } from './parameters';
import { newTool, toolsDraft, toolsSchema } from './tools';
import type { Json } from '@/shared/data/promptRendering';

const written = (parameters: Json) => {
  const { tools, others } = toolsDraft(parameters);
  return {
    ...parametersSchema.safeParse(parametersDraft(others)).data,
    ...toolsSchema.safeParse(tools).data,
  };
};

it('shows the usual parameters in fields, and any other by its name', () => {
  const parameters = {
    temperature: 0,
    top_p: 0.25,
    max_completion_tokens: 64,
    seed: -7,
    frequency_penalty: -2,
    reasoning_effort: 'low',
    stop: ['\n\n', 'END "now" \\', '  '],
    max_tokens: 16,
    chat_template_kwargs: { enable_thinking: false },
  };
  const { fields, further } = parametersDraft(parameters);
  expect(fields).toEqual({
    temperature: '0',
    top_p: '0.25',
    max_completion_tokens: '64',
    seed: '-7',
    frequency_penalty: '-2',
    presence_penalty: '',
    reasoning_effort: 'low',
    stop: '\\n\\n\nEND "now" \\\\\n  ',
  });
  expect(further).toEqual([
    { name: 'max_tokens', value: '16' },
    { name: 'chat_template_kwargs', value: '{"enable_thinking":false}' },
  ]);
  expect(written(parameters)).toEqual(parameters);
});

it.each<Json>([
  { temperature: '0.5' },
  { temperature: 3 },
  { temperature: null },
  { top_p: [1] },
  { seed: 1.5 },
  { stop: 'END' },
  { stop: [] },
  { stop: ['', 'END'] },
  { stop: ['a', 'b', 'c', 'd', 'e'] },
  { reasoning_effort: ' ' },
  { constructor: 1, toString: 'x' },
])('leaves what a field cannot say as it is: %j', (parameters) => {
  const { fields, further } = parametersDraft(parameters);
  expect(Object.values(fields).join('')).toBe('');
  expect(further).toHaveLength(Object.keys(parameters).length);
  expect(written(parameters)).toEqual(parameters);
});

it('says at its field what cannot be a parameter', () => {
  const { fields } = parametersDraft({ top_p: 0.5 });
  const { error } = parametersSchema.safeParse({
    fields: { ...fields, temperature: '2.5', seed: '1.5', stop: 'a\\q' },
    further: [
      { name: '', value: '1' },
      { name: 'top_p', value: '1' },
      { name: 'model', value: 'large' },
    ],
  });
  expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['fields.temperature', 'temperature: not a number from 0 to 2.'],
    ['fields.seed', 'seed: not a whole number.'],
    ['fields.stop', 'stop: write \\\\ for a backslash.'],
    ['further.0.name', 'Give each further parameter a name.'],
    ['further.1.name', 'top_p is already set.'],
    ['further.2.value', expect.stringMatching(/^This is not JSON: .* A text needs quotes\.$/)],
  ]);
});

const find = {
  type: 'function',
  function: {
    name: 'find_order',
    description: 'Finds an order',
    strict: true,
    parameters: {
      type: 'object',
      properties: { number: { type: 'string' }, when: { type: 'string', format: 'date' } },
      required: ['number'],
      additionalProperties: false,
    },
  },
};

it('shows tools by fields, with their choice', () => {
  const parameters = {
    tools: [find, { type: 'function', function: { name: 'now' } }],
    tool_choice: { type: 'function', function: { name: 'now' } },
    parallel_tool_calls: false,
    temperature: 1,
  };
  const { tools, others } = toolsDraft(parameters);
  expect(others).toEqual({ temperature: 1 });
  expect(tools).toMatchObject({
    rows: [
      { name: 'find_order', takesArguments: true, strict: 'true' },
      { name: 'now', takesArguments: false, strict: '' },
    ],
    choice: ':now',
    parallel: 'false',
  });
  expect(tools.rows[0]?.arguments.rows.map(({ type }) => type)).toEqual(['text', 'schema']);
  expect(written(parameters)).toEqual(parameters);
});

it.each<Json>([
  { tools: [] },
  { tools: [find, { type: 'custom', custom: { name: 'shell' } }] },
  { tools: [{ ...find, function: { ...find.function, more: 1 } }] },
  { tools: [{ ...find, function: { ...find.function, description: '' } }] },
  { tools: [{ ...find, function: { ...find.function, strict: null } }] },
  { tools: 'none', tool_choice: { type: 'allowed_tools' }, parallel_tool_calls: 'yes' },
  { tool_choice: { type: 'function', function: { name: 'now' }, more: true } },
  { tool_choice: 'any' },
])('leaves tools that fields cannot say among the further parameters: %j', (parameters) => {
  expect(toolsDraft(parameters).others).toEqual(parameters);
  expect(written(parameters)).toEqual(parameters);
});

it('says at its field what keeps a tool from being one', () => {
  const broken = { ...newTool.arguments, form: 'json' as const, json: '[' };
  const { error } = toolsSchema.safeParse({
    rows: [
      { ...newTool, name: 'now', takesArguments: false, arguments: broken },
      { ...newTool, name: 'now', arguments: broken },
      newTool,
    ],
    choice: '',
    parallel: '',
  });
  expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([
    'rows.1.name',
    'rows.1.arguments.json',
    'rows.2.name',
  ]);
});
