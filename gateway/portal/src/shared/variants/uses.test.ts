import { expect, it } from 'vitest';
import { usesOf } from './uses';
import { variants } from '../../../test/mocks/world';

const [zeroShot] = variants;
if (zeroShot === undefined) throw new Error('The world has no variants');
const chained = {
  ...zeroShot,
  model: 'acme-llm/large',
  connectionDigest: 'here',
  fallback: [
    { model: 'other/large', modelDigest: 'm', connectionDigest: 'there' },
    { model: 'acme-llm/small', modelDigest: 'm', connectionDigest: 'here' },
    { model: 'mail-head@1', modelDigest: 'm' },
  ],
};

it('says whether a model is the own one or one of the fallback', () => {
  expect(usesOf(chained, { model: 'acme-llm/large' })).toEqual(['Model']);
  expect(usesOf(chained, { model: 'mail-head@1' })).toEqual(['Fallback 3']);
});

it('names each model that is called by a connection', () => {
  expect(usesOf(chained, { connectionDigest: 'here' })).toEqual([
    'Model: acme-llm/large',
    'Fallback 2: acme-llm/small',
  ]);
});

it('takes a connection that no model is called by for that of the index', () => {
  expect(usesOf(chained, { connectionDigest: 'elsewhere' })).toEqual(['Encoder of its index']);
});

it('names a prompt and an index as what they are', () => {
  expect(usesOf(chained, { promptDigest: chained.promptDigest })).toEqual(['Prompt']);
  expect(usesOf(chained, { indexDigest: 'i' })).toEqual(['Index']);
});
