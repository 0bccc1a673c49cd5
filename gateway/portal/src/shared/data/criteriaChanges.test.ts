import { expect, it } from 'vitest';
import { criteriaChanges, type CriteriaContent } from './criteriaChanges';

const inForce: CriteriaContent = {
  purpose: 'RELEASE',
  suiteDigest: 'a',
  plannedVerdicts: 5,
  candidatesPerPhase: 3,
  criteria: [
    {
      metric: 'accuracy',
      kind: 'TASK_QUALITY',
      direction: 'AT_LEAST',
      threshold: 0.85,
      alternative: 0.93,
      power: 0.8,
      margin: 0.02,
      sampleSize: 400,
    },
    {
      metric: 'latency_p95_ms',
      kind: 'LATENCY',
      direction: 'AT_MOST',
      threshold: 120,
      alternative: 90,
      power: 0.8,
      margin: 15,
      sampleSize: 400,
    },
  ],
};
const [accuracy, latency] = inForce.criteria as [CriteriaContent['criteria'][0], CriteriaContent['criteria'][0]];
const from = (to: Partial<CriteriaContent>) =>
  criteriaChanges(inForce, { ...inForce, ...to }, (digest) => `suite ${digest}`).map(
    ({ what, from: former, to: next }) => `${what}: ${former} → ${next}`,
  );

it('names the suite and the plan where they change', () => {
  expect(from({ suiteDigest: 'b', plannedVerdicts: 2, candidatesPerPhase: 2 })).toEqual([
    'Suite: suite a → suite b',
    'Planned verdicts: 5 → 2',
    'Variants to try per phase: 3 → 2',
  ]);
});

it('names every field of a criterion that changes', () => {
  const next = { ...accuracy, threshold: 0.8, alternative: 0.9, power: 0.7, margin: 0, sampleSize: 300 };
  expect(from({ criteria: [next, latency] })).toEqual([
    'Accuracy: ≥ .850 → ≥ .800',
    'Accuracy, alternative: .930, with probability 0.8 → .900, with probability 0.7',
    'Accuracy, margin: .020 → none',
    'Accuracy, minimum sample size: 400 → 300',
  ]);
});

it('says what is no longer required, and what is new', () => {
  const consistency = { ...accuracy, metric: 'consistency', threshold: 0.9 };
  expect(from({ criteria: [accuracy, consistency] })).toEqual([
    'Latency p95: ≤ 120 ms → not required',
    'Consistency: not required → ≥ .900',
  ]);
});

it('has nothing to say of the same criteria', () => {
  expect(from({})).toEqual([]);
});
