import { expect, it } from 'vitest';
import { chooseAmong, contentOf, contentSchema, declareVariables, emptyDraft, versionSchema } from './versionDraft';
import { conversation } from '@/shared/data/promptVersions';

it('refuses a document of the wrong shape at its field', () => {
  const { error } = contentSchema.safeParse({ ...emptyDraft, variables: '[]', examples: '{}', parameters: '{' });
  expect(error?.issues.map(({ path }) => path)).toEqual([['variables'], ['examples'], ['parameters']]);
});

it('omits a response format that was left empty', () => {
  expect(contentOf(emptyDraft)).toEqual({
    messages: emptyDraft.messages,
    variables: { type: 'object', properties: {} },
    examples: [],
    parameters: {},
  });
});

it('declares the variables of the text and keeps those declared before', () => {
  const draft = {
    messages: [{ role: 'user' as const, content: '{{mail.body}} in {{locale}}' }],
    variables: '{"type":"object","properties":{"locale":{"enum":["de","en"]}},"required":["locale"]}',
  };
  expect(JSON.parse(declareVariables(draft))).toEqual({
    type: 'object',
    properties: { locale: { enum: ['de', 'en'] }, mail: { type: 'string' } },
    required: ['locale', 'mail'],
  });
});

it('takes a version that only places the conversation, which declares nothing', () => {
  const placed = { ...emptyDraft, message: 'why', messages: [conversation] };
  expect(versionSchema.safeParse(placed).success).toBe(true);
  expect(versionSchema.safeParse({ ...placed, messages: emptyDraft.messages }).success).toBe(false);
  expect(declareVariables(placed)).toBe(placed.variables);
});

it('writes the response format for answers given by commas', () => {
  expect(JSON.parse(chooseAmong('billing, delivery,, billing') ?? '')).toEqual({
    type: 'object',
    properties: { answer: { enum: ['billing', 'delivery'] } },
    required: ['answer'],
    additionalProperties: false,
  });
});

it('writes no response format when no answer is given', () => {
  expect(chooseAmong(' , ')).toBeUndefined();
});
