import { expect, it } from 'vitest';
import { isVariable, tokensOf, variablesIn } from './templates';

it('finds the variables of plain, raw and section tags, once each', () => {
  expect(variablesIn('{{a}} {{{b}}} {{#c}}{{a}}{{/c}} {{! note }} {{&d}}')).toEqual(['a', 'b', 'c', 'd']);
});

it('keeps a variable in one token, and loses no character', () => {
  const text = 'Sort {{mail.body}}, then stop.';
  expect(tokensOf(text).join('')).toBe(text);
  expect(tokensOf(text).filter(isVariable)).toEqual(['{{mail.body}}']);
});
