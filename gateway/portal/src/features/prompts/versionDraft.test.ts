import { expect, it } from 'vitest';
import { chooseAmong, declareVariables, emptyDraft, read } from './versionDraft';

it('reads a document only as what it has to be', () => {
  const { errors } = read({ ...emptyDraft, variables: '[]', examples: '{}', parameters: '{' });
  expect(Object.keys(errors)).toEqual(['variables', 'examples', 'parameters']);
});

it('leaves out a response format that was left empty', () => {
  expect(read(emptyDraft).content).not.toHaveProperty('responseFormat');
});

it('declares the variables of the text and keeps those declared before', () => {
  const draft = {
    ...emptyDraft,
    messages: [{ role: 'user' as const, content: '{{mail.body}} in {{locale}}' }],
    variables: '{"type":"object","properties":{"locale":{"enum":["de","en"]}},"required":["locale"]}',
  };
  expect(JSON.parse(declareVariables(draft).variables)).toEqual({
    type: 'object',
    properties: { locale: { enum: ['de', 'en'] }, mail: { type: 'string' } },
    required: ['locale', 'mail'],
  });
});

it('writes the response format for answers given by commas', () => {
  expect(JSON.parse(chooseAmong(emptyDraft, 'billing, delivery,, billing').responseFormat)).toEqual({
    type: 'object',
    properties: { answer: { enum: ['billing', 'delivery'] } },
    required: ['answer'],
    additionalProperties: false,
  });
});

it('leaves the response format alone when no answer is given', () => {
  const draft = { ...emptyDraft, responseFormat: '{"type":"object"}' };
  expect(chooseAmong(draft, ' , ')).toBe(draft);
});
