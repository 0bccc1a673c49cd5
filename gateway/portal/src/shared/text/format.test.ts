import { expect, it } from 'vitest';
import { bytes, count, inSentence, short, totalOf, words } from './format';

it('writes constants in sentence case, acronyms in capitals, and some by the word that the glossary has', () => {
  expect(['ROLLED_BACK', 'IP_ADDRESS'].map(words)).toEqual(['Rolled back', 'IP address']);
  expect(['RAG', 'FINE_TUNING'].map(words)).toEqual(['Retrieval', 'Fine-tuning']);
  expect(['RAG', 'IP_ADDRESS'].map(inSentence)).toEqual(['retrieval', 'IP address']);
});

it('groups digits, and marks a total that is a lower bound', () => {
  expect(count(1234567)).toBe('1,234,567');
  expect(totalOf({ value: 12, exact: true })).toBe('12');
  expect(totalOf({ value: 10_000, exact: false })).toBe('more than 10,000');
});

it('shortens digests, and leaves short texts whole', () => {
  expect(short('5d1c0e8f3a7b46d29e01')).toBe('5d1c0e8f…');
  expect(short('v-1')).toBe('v-1');
});

it('writes sizes in decimal units', () => {
  expect([999, 1000, 1_500_000, 250_000_000].map(bytes)).toEqual(['999 B', '1.0 kB', '1.5 MB', '250 MB']);
});
