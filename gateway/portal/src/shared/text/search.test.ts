import { expect, it } from 'vitest';
import { parseSearch, stringifySearch, texts } from './search';

it('writes what is set as plain text, and reads it back', () => {
  const text = stringifySearch({ q: 'spam & more', tag: undefined, page: '', version: 3 });
  expect(text).toBe('?q=spam+%26+more&version=3');
  expect(parseSearch(text)).toEqual({ q: 'spam & more', version: '3' });
  expect(stringifySearch({})).toBe('');
});

it('keeps only the named texts of an address', () => {
  expect(texts('q', 'tag')({ q: 'mail', tag: '', other: 'x' })).toEqual({ q: 'mail' });
});
