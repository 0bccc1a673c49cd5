import { describe, expect, it } from 'vitest';
import { changes, diff } from './diff';
import { variablesIn } from './tokens';

describe('the comparison of two texts', () => {
  it('marks a changed variable as a whole', () => {
    expect(diff('Sort {{mail}} now', 'Sort {{mail.body}} now')).toEqual([
      {
        changed: true,
        left: {
          line: 1,
          parts: [
            { text: 'Sort ', changed: false, variable: false },
            { text: '{{mail}}', changed: true, variable: true },
            { text: ' now', changed: false, variable: false },
          ],
        },
        right: {
          line: 1,
          parts: [
            { text: 'Sort ', changed: false, variable: false },
            { text: '{{mail.body}}', changed: true, variable: true },
            { text: ' now', changed: false, variable: false },
          ],
        },
      },
    ]);
  });

  it('leaves the other side empty where a line was added', () => {
    const rows = diff('a\nc', 'a\nb\nc');
    expect(rows.map(({ left, right }) => [left?.line, right?.line])).toEqual([
      [1, 1],
      [undefined, 2],
      [2, 3],
    ]);
  });

  it('gives back both texts whole, whatever changed', () => {
    const from = 'one\ntwo {{x}} three\n\nfour';
    const to = 'zero\none\ntwo {{{x}}} 3\nfour\nfive';
    const rows = diff(from, to);
    const text = (side: 'left' | 'right') =>
      rows.flatMap((row) => (row[side] ? [row[side].parts.map((part) => part.text).join('')] : [])).join('\n');
    expect([text('left'), text('right')]).toEqual([from, to]);
  });

  it('does not hold up the page over two long unrelated texts', () => {
    const long = (word: string) => Array.from({ length: 5000 }, (_, line) => `${word} ${line}`).join('\n');
    expect(diff(long('a'), long('b'))).toHaveLength(5000);
  });
});

describe('the comparison of two configurations', () => {
  it('names what was added, removed and changed by pointer', () => {
    expect(
      changes({ temperature: 0, stop: ['x'], a: { b: 1 } }, { temperature: 0.2, a: { b: 1 }, 'top/p': 1 }),
    ).toEqual([
      { pointer: '/temperature', from: '0', to: '0.2' },
      { pointer: '/stop/0', from: 'x', to: undefined },
      { pointer: '/top~1p', from: undefined, to: '1' },
    ]);
  });
});

describe('the variables of a template', () => {
  it('are found in plain, raw and section tags, once each', () => {
    expect(variablesIn('{{a}} {{{b}}} {{#c}}{{a}}{{/c}} {{! note }} {{&d}}')).toEqual(['a', 'b', 'c', 'd']);
  });
});
