import { expect, it } from 'vitest';
import { retrievedBy, surenessOf } from './retrieval';
import type { TraceStep } from './traces';

const step = (kind: TraceStep['kind'], details: Record<string, string> = {}): TraceStep => ({
  kind,
  startMillis: 0,
  durationMillis: 1,
  details: Object.entries(details).map(([name, value]) => ({ name, value })),
});

it('reads which passages of which index a step retrieved, also when it found none', () => {
  expect(retrievedBy(step('RETRIEVE', { index: 'ab', passages: '2', ids: 'p2 p1' }))).toEqual({
    indexDigest: 'ab',
    passages: ['p2', 'p1'],
  });
  expect(retrievedBy(step('RETRIEVE', { index: 'ab', passages: '0', ids: '' }))?.passages).toEqual([]);
});

it('leaves examples and retrieval that was switched off to their own words', () => {
  expect(retrievedBy(step('RETRIEVE', { passages: '4' }))).toBeUndefined();
  expect(retrievedBy(step('CALL', { index: 'ab', ids: 'p1' }))).toBeUndefined();
});

it('says how sure the model was where its variant may abstain', () => {
  const format = step('CHECK', { violations: '0' });
  expect(surenessOf([format, step('CHECK', { abstained: 'true', confidence: '0.2145' })])).toEqual({
    abstained: true,
    confidence: 0.2145,
  });
  expect(surenessOf([step('CHECK', { abstained: 'false' })])).toEqual({ abstained: false });
  expect(surenessOf([format, step('CALL', { abstained: 'true' })])).toBeUndefined();
});
