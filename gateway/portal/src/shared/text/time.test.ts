import { expect, it } from 'vitest';
import { formatTime, instantsOf } from './time';

it('shows an instant in UTC, to the second', () => {
  expect(formatTime('2026-11-24T08:03:09.123Z', 'UTC')).toBe('2026-11-24 08:03:09 UTC');
});

it('shows an instant in local time without a zone', () => {
  expect(formatTime('2026-11-24T08:03:09Z', 'local')).toMatch(/^2026-11-2[345] \d\d:\d3:09$/);
});

it('leaves what is no instant as it is', () => {
  expect(formatTime('soon', 'UTC')).toBe('soon');
});

it('converts days and minutes to instants, and includes the last day', () => {
  expect(instantsOf({ from: '2026-11-24', to: '2026-11-24' })).toEqual({
    from: '2026-11-24T00:00:00Z',
    to: '2026-11-25T00:00:00.000Z',
  });
  expect(instantsOf({ from: '2026-11-24T08:30', to: '2026-11-24T09:00:00Z' })).toEqual({
    from: '2026-11-24T08:30:00Z',
    to: '2026-11-24T09:00:00Z',
  });
});
