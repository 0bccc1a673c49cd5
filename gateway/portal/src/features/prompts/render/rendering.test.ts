import { expect, it } from 'vitest';
import { inputOf, valuesSchema } from './rendering';
import { variablesOf, type Variable } from '@/shared/data/promptVariables';

const schema = {
  type: 'object',
  properties: {
    mail: { type: 'string', description: 'The text to sort' },
    limit: { type: ['integer', 'null'], default: 3 },
    formal: { type: 'boolean' },
    locale: { enum: ['en', 'de'] },
    level: { enum: [1, 2] },
    thread: { type: 'array', items: { type: 'string' } },
  },
  required: ['mail'],
};

it('presents each variable by its type', () => {
  expect(variablesOf(schema)).toEqual<Variable[]>([
    { name: 'mail', kind: 'text', choices: [], isRequired: true, help: 'The text to sort · string' },
    { name: 'limit', kind: 'number', choices: [], isRequired: false, help: 'integer or null · default 3' },
    { name: 'formal', kind: 'truth', choices: [], isRequired: false, help: 'boolean' },
    { name: 'locale', kind: 'choice', choices: ['en', 'de'], isRequired: false, help: '' },
    { name: 'level', kind: 'json', choices: [], isRequired: false, help: 'one of 1, 2 · as JSON' },
    { name: 'thread', kind: 'json', choices: [], isRequired: false, help: 'array · as JSON' },
  ]);
  expect(variablesOf({})).toEqual([]);
});

it('reads what was typed as its type, omits what is empty and names what is not JSON', () => {
  const typed = { mail: '42', limit: '5', formal: 'false', locale: '', level: '2', thread: '["a"]' };
  const variables = valuesSchema(variablesOf(schema));
  expect(variables.parse({ variables: typed, conversation: [] })).toEqual({
    variables: { mail: '42', limit: 5, formal: false, level: 2, thread: ['a'] },
    conversation: [],
  });
  const { error } = variables.safeParse({ variables: { ...typed, thread: '[oops' }, conversation: [] });
  expect(error?.issues).toMatchObject([
    { path: ['variables', 'thread'], message: expect.stringMatching(/^This is not JSON/) as string },
  ]);
});

it('brings a conversation to a prompt only where a message was added', () => {
  expect(inputOf({ variables: {}, conversation: [] })).toEqual({ variables: {} });
  expect(inputOf({ variables: {}, conversation: [{ role: 'user', content: 'Hi' }] })).toEqual({
    variables: {},
    conversation: [{ role: 'user', content: 'Hi' }],
  });
});
