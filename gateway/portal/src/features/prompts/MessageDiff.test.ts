import { expect, it } from 'vitest';
import { rowsOf } from './MessageDiff';
import type { DiffLine } from './prompts';

const line = (kind: DiffLine['kind'], text: string): DiffLine => ({ kind, text, segments: [] });
const shown = (lines: DiffLine[]) => rowsOf(lines).map(([left, right]) => [left?.text, right?.text]);

it('shows the nth removed line beside the nth added line of the same place', () => {
  expect(
    shown([
      line('EQUAL', 'a'),
      line('REMOVED', 'b'),
      line('REMOVED', 'c'),
      line('ADDED', 'B'),
      line('EQUAL', 'd'),
      line('ADDED', 'e'),
    ]),
  ).toEqual([
    ['a', 'a'],
    ['b', 'B'],
    ['c', undefined],
    ['d', 'd'],
    [undefined, 'e'],
  ]);
});

it('leaves the other side empty where lines were only added', () => {
  expect(shown([line('ADDED', 'a'), line('ADDED', 'b')])).toEqual([
    [undefined, 'a'],
    [undefined, 'b'],
  ]);
});
