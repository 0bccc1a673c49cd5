import { expect, it } from 'vitest';
import { runs, suites } from '../../../../test/mocks/world';
import { dominates, dominatorOf, qualities, weighed, type Weighed } from './pareto';
import type { Run } from '@/shared/data/evaluations';
import type { Suite } from '@/shared/data/suites';

const one = (name: string, quality: number, cost?: number): Weighed => ({
  runId: name,
  variantDigest: name,
  quality: { value: quality, observations: 400 },
  cost: cost === undefined ? undefined : { value: cost, observations: 400 },
  latency: undefined,
});

it('lets one dominate another that is as good in one and worse in the other', () => {
  expect(dominates(one('a', 0.9, 1), one('b', 0.8, 1), 'cost', false)).toBe(true);
  expect(dominates(one('a', 0.9, 1), one('b', 0.9, 2), 'cost', false)).toBe(true);
  expect(dominates(one('a', 0.9, 1), one('b', 0.9, 1), 'cost', false)).toBe(false);
  expect(dominates(one('a', 0.9, 2), one('b', 0.8, 1), 'cost', false)).toBe(false);
  expect(dominates(one('a', 0.1, 1), one('b', 0.2, 1), 'cost', true)).toBe(true);
});

it('compares what has no price with nothing', () => {
  const all = [one('cheap', 0.9, 1), one('unpriced', 0.2), one('dear', 0.8, 5)];
  expect(all.map((each) => dominatorOf(each, all, 'cost', false)?.runId)).toEqual([undefined, undefined, 'cheap']);
});

it('names the best of those that dominate', () => {
  const all = [one('middling', 0.7, 1), one('best', 0.9, 1), one('worst', 0.2, 4)];
  expect(dominatorOf(all[2] as Weighed, all, 'cost', false)?.runId).toBe('best');
});

it('takes the newest finished run of each variant over the suite that measured the metric', () => {
  const suite = suites[0] as Suite;
  const last = runs.at(-1) as Run;
  const older = { ...last, runId: 'older' };
  const elsewhere = { ...last, runId: 'elsewhere', suiteDigest: 'another', variantDigest: 'v9' };
  const bare = { ...last, runId: 'bare', variantDigest: null };
  expect(weighed([elsewhere, bare, ...runs, older], suite, 'accuracy').map(({ runId }) => runId)).toEqual([
    'run-3',
    'run-2',
    'run-1',
  ]);
  expect(weighed(runs, suite, 'macro_f1')).toEqual([]);
  expect(qualities(suite).map(({ metric }) => metric)).toEqual(['exact_match', 'accuracy', 'macro_f1', 'consistency']);
});

it('passes over a newer run that did not measure the metric', () => {
  const suite = suites[0] as Suite;
  const unmeasured = { ...(runs.at(-1) as Run), runId: 'unmeasured', metrics: {} };
  expect(weighed([unmeasured, ...runs], suite, 'accuracy')).toEqual(weighed(runs, suite, 'accuracy'));
});
