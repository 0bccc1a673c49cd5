import { expect, it } from 'vitest';
import { piecesOf } from './marks';

const marked = (text: string, query: string) =>
  piecesOf(text, query)
    .filter((piece) => piece.marked)
    .map((piece) => piece.text);

it('marks the words of a query in a text, whatever their case, and whole words only', () => {
  expect(piecesOf('A Refund is paid; refunds wait.', 'refund PAID')).toEqual([
    { text: 'A ', marked: false },
    { text: 'Refund', marked: true },
    { text: ' is ', marked: false },
    { text: 'paid', marked: true },
    { text: '; refunds wait.', marked: false },
  ]);
});

it('leaves the words unmarked that nearly every text has, unless the query has no others', () => {
  expect(marked('This is how the refund is paid', 'How is the refund paid?')).toEqual(['refund', 'paid']);
  expect(marked('This is how it is', 'How is it?')).toEqual(['is', 'how', 'it', 'is']);
});

it('keeps every character of the text, also of what looks like markup or a pattern', () => {
  const text = '<b>win</b> (.*) Ärger, don’t 3.5';
  for (const query of ['', 'b win', '(.*)', 'ärger DON’T 3.5', text]) {
    expect(
      piecesOf(text, query)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  }
  expect(marked(text, 'ärger DON’T')).toEqual(['Ärger', 'don’t']);
});
