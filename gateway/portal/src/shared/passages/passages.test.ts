import { expect, it } from 'vitest';
import { addressOf, headingOf } from './passages';

it('heads a passage by the title of its document and its section, as far as there are any', () => {
  const passage = { documentId: 'returns.md', title: 'Returns', section: 'Refunds > Gift cards' };
  expect(headingOf(passage)).toBe('Returns > Refunds > Gift cards');
  expect(headingOf({ ...passage, section: '' })).toBe('Returns');
  expect(headingOf({ ...passage, title: '' })).toBe('returns.md > Refunds > Gift cards');
});

it.each([
  ['https://help.example.com/returns', true],
  ['http://help.example.com', true],
  ['javascript:alert(1)', false],
  ['document:returns.md', false],
  [' https://help.example.com', false],
  ['https://', false],
  [null, false],
  [undefined, false],
])('takes %s for the address of a document: %s', (url, is) => {
  expect(addressOf(url)).toBe(is ? url : undefined);
});
