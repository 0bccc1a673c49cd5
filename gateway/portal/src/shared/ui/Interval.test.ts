import { expect, it } from 'vitest';
import { scaleOf } from './Interval';

it('spans all intervals and the limit, with a margin', () => {
  const { from, to } = scaleOf([{ value: 0.5, low: 0.4, high: 0.6 }, { value: 0.7 }], 0.9);
  expect(from).toBeCloseTo(0.36);
  expect(to).toBeCloseTo(0.94);
});

it('has an extent where all values are equal', () => {
  expect(scaleOf([{ value: 2 }])).toEqual({ from: 1.84, to: 2.16 });
});
