import { expect, it } from 'vitest';
import { across, frame, line, ticksOf, upwards } from './frame';

it('names round values along an axis', () => {
  expect(ticksOf(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticksOf(0, 0.0423)).toEqual([0, 0.01, 0.02, 0.03, 0.04]);
  expect(ticksOf(0, 950)).toEqual([0, 200, 400, 600, 800]);
  expect(ticksOf(0.61, 0.94)).toEqual([0.7, 0.8, 0.9]);
  expect(ticksOf(3, 3)).toEqual([3]);
});

it('draws within its margins, upwards and to the right', () => {
  const x = across(0, 10);
  const y = upwards(0, 1);
  expect([x.at(0), x.at(10)]).toEqual([frame.left, frame.width - frame.right]);
  expect([y.at(0), y.at(1)]).toEqual([frame.height - frame.bottom, frame.top]);
  expect(across(2, 2).at(2)).toBe(frame.left);
});

it('leaves out what has no value', () => {
  const points = [
    [0, 1],
    [5, null],
    [10, 0],
  ] as const;
  expect(line(points, across(0, 10), upwards(0, 1))).toBe('56.0,12.0 624.0,220.0');
});
