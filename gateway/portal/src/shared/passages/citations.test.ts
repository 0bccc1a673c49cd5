import { expect, it } from 'vitest';
import { citationsIn, citedIn, partsOf, passagesIn } from './citations';

const retrieved = {
  passages: [
    { number: 2, passageId: 'p2', documentId: 'gifts.md', title: 'Gifts', section: '', score: 0.01, text: 'Cards.' },
    {
      number: 1,
      passageId: 'p1',
      documentId: 'returns.md',
      title: 'Returns',
      section: 'Refunds',
      url: 'https://help.example.com/returns',
      publishedAt: '2026-11-01T08:00:00Z',
      start: 0,
      end: 18,
      score: 0.03,
      text: 'Within 14 days.',
    },
    { passageId: 'without a number' },
  ],
};
const mark = (start: number, end: number, number: number, passageId: string, documentId: string) => ({
  type: 'url_citation',
  url_citation: { start_index: start, end_index: end, url: `document:${documentId}`, title: 'As cited' },
  passage: { number, passageId, documentId, section: 'Refunds', start: 0, end: 18 },
});
const content = '“Within 14 days.” [1] See also [3], or [1].';
const message = {
  content,
  annotations: [
    mark(39, 42, 1, 'p1', 'returns.md'),
    mark(18, 21, 1, 'p1', 'returns.md'),
    mark(31, 34, 3, 'p3', 'faq.md'),
    { type: 'url_citation', url_citation: { start_index: 0, end_index: 1, url: 'https://a.example', title: 'Web' } },
  ],
};

it('reads the passages that were retrieved, best first, and leaves out what has no number', () => {
  expect(passagesIn(retrieved).map(({ number, title, text }) => [number, title, text])).toEqual([
    [1, 'Returns', 'Within 14 days.'],
    [2, 'Gifts', 'Cards.'],
  ]);
  for (const nothing of [undefined, null, {}, { passages: null }, 'passages']) expect(passagesIn(nothing)).toEqual([]);
});

it('reads what a message cites in the order of its text, with the text of what was retrieved', () => {
  const citations = citationsIn(message, passagesIn(retrieved));
  expect(citations.map(({ from, passage: { number, text, title } }) => [from, number, text, title])).toEqual([
    [18, 1, 'Within 14 days.', 'Returns'],
    [31, 3, undefined, 'As cited'],
    [39, 1, 'Within 14 days.', 'Returns'],
  ]);
  expect(citedIn(citations).map(({ number }) => number)).toEqual([1, 3]);
});

it('divides a text at its marks without losing any of it', () => {
  const parts = partsOf(content, citationsIn(message, []));
  expect(parts.map(({ text }) => text).join('')).toBe(content);
  expect(parts.filter(({ cited }) => cited).map(({ text }) => text)).toEqual(['[1]', '[3]', '[1]']);
});

it('leaves as text what is no mark, as where the text was cut, and what overlaps one', () => {
  const [passage] = passagesIn(retrieved);
  if (passage === undefined) throw new Error('no passage');
  const at = (from: number, to: number) => ({ from, to, passage });
  expect(partsOf('a [1]', [at(0, 1), at(2, 5), at(3, 5), at(4, 9)])).toEqual([
    { text: 'a ' },
    { text: '[1]', cited: passage },
  ]);
  expect(partsOf('', [at(0, 3)])).toEqual([]);
});
