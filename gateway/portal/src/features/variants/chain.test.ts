import { expect, it } from 'vitest';
import { chainOf } from './parameters';
import type { Model } from '@/shared/models/modelChoices';

const models = [
  ['one/large', 'PROVIDER'],
  ['two/large', 'PROVIDER'],
  ['head@1', 'TUNED'],
].map(([id, kind]) => ({ id, plumbline: { kind } }) as Model);

it('keeps the chosen models as far as there are fields for them', () => {
  expect(chainOf(['one/large', 'two/large', 'head@1'], models)).toEqual(['one/large', 'two/large', 'head@1']);
  expect(chainOf(['one/large', '', 'head@1'], models)).toEqual(['one/large']);
  expect(chainOf(['head@1', 'one/large', ''], models)).toEqual(['head@1']);
  expect(chainOf(['gone/large', 'one/large', ''], models)).toEqual([]);
  expect(chainOf(['one/large', 'one/large', ''], models)).toEqual(['one/large']);
});
