import { expect, it } from 'vitest';
import {
  chooseAmong,
  contentOf,
  missingPartials,
  partialPointers,
  referencesOf,
  contentSchema,
  declareVariables,
  emptyDraft,
  versionSchema,
} from './versionDraft';
import { movedOn } from './Includes';
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
  expect(partialPointers(draft)).toMatchObject({ '/partials/b/label': 'partials.0.at' });
});

it('says where the label that was named, else production, else the newest version went', () => {
  const at = { version: 3, label: null };
  expect(movedOn({ ...at, label: 'staging', labels: { staging: 4, latest: 4 } })).toBe('; staging is now v4');
  expect(movedOn({ ...at, labels: { production: 3, latest: 4 } })).toBe('');
  expect(movedOn({ ...at, labels: { latest: 4 } })).toBe('; latest is now v4');
});
