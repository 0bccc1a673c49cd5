import { expect, it } from 'vitest';
import { bytes, count, decimal, duration, fixed, inSentence, short, totalOf, words } from './format';

it('writes names of the API in sentence case, with acronyms in capitals', () => {
  expect(['ROLLED_BACK', 'IP_ADDRESS', 'learningRate', 'context-supplied'].map(words)).toEqual([
    'Rolled back',
    'IP address',
    'Learning rate',
    'Context supplied',
  ]);
});

it('writes names that are no words by those of the glossary', () => {
  expect(['RAG', 'FINE_TUNING', 'HEAD', 'maxTokens'].map(words)).toEqual([
    'Retrieval',
    'Fine-tuning',
    'Classification head',
    'Tokens per row',
  ]);
});

it('keeps capitals within a sentence that are not of its beginning', () => {
  expect(['FINE_TUNING', 'IP_ADDRESS', 'GITHUB_TOKEN'].map(inSentence)).toEqual([
    'fine-tuning',
    'IP address',
    'GitHub token',
  ]);
});

it('groups the digits of decimals, and keeps as many decimals as there are or are wanted', () => {
  expect([0.002, 2000, 1234.5, 1e-7].map(decimal)).toEqual(['0.002', '2,000', '1,234.5', '0.0000001']);
  expect([fixed(1234.5, 2), fixed(0.25, 1)]).toEqual(['1,234.50', '0.3']);
  expect([12.34, 1_250, 3_600_000].map(duration)).toEqual(['12.3 ms', '1.25 s', '3,600.00 s']);
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
