import { expect, it } from 'vitest';
import { placeOf, rulesOf } from './source';

const source = `[
  {"name": "a", "expression": "x != '},{'",
   "message": "Say \\"why\\"."},
  {"name": "b",
   "expression": "y", "message": "No."}
]`;

const at = (pointer: string) => {
  const place = placeOf(source, pointer);
  return place && [place.line, source.slice(place.start, place.end)];
};

it('reads the rules as they are written', () => {
  expect(rulesOf(source)?.map(({ message }) => message)).toEqual(['Say "why".', 'No.']);
  expect(rulesOf('[{"name": "a"}]')).toBeUndefined();
  expect(rulesOf('{}')).toBeUndefined();
  expect(rulesOf('[')).toBeUndefined();
});

it('finds what a pointer leads to, not what looks like it', () => {
  expect(at('/0/expression')).toEqual([2, '"x != \'},{\'"']);
  expect(at('/0/message')).toEqual([3, '"Say \\"why\\"."']);
  expect(at('/1/expression')).toEqual([5, '"y"']);
});

it('finds the rule where the value is missing, and nothing where there is no rule', () => {
  expect(at('/1/more')).toEqual([4, '{']);
  expect(at('/2/name')).toBeUndefined();
  expect(at('')).toBeUndefined();
});
