import { expect, it } from 'vitest';
import { objectIn } from './json';

it('reads an object, and nothing that only looks like one', () => {
  expect(objectIn('{"a": [1]}')).toEqual({ a: [1] });
  expect(['[1]', 'null', '"a"', '{"a": ', ''].map(objectIn)).toEqual(Array(5).fill(undefined));
});
