import { expect, it } from 'vitest';
import { objectIn, sameJson } from './json';

it('reads an object, and nothing that only looks like one', () => {
  expect(objectIn('{"a": [1]}')).toEqual({ a: [1] });
  expect(['[1]', 'null', '"a"', '{"a": ', ''].map(objectIn)).toEqual(Array(5).fill(undefined));
});

it('takes values for the same JSON in whatever order their fields are, and lists only in theirs', () => {
  expect(sameJson({ a: 1, b: { c: [1, 2], d: null } }, { b: { d: null, c: [1, 2] }, a: 1 })).toBe(true);
  expect(sameJson({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
  expect(sameJson({ a: null }, {})).toBe(false);
  expect(sameJson({ a: '1' }, { a: 1 })).toBe(false);
});
