import { expect, it } from 'vitest';
import type { Variant } from '@/shared/data/variants';
import { nextStep, type Facts } from './nextStep';
import { criteria, releases, runs, variants, verdicts } from '../../../test/mocks/world';

const none: Facts = { criteria: [], variants: [], runs: [], verdicts: [], releases: [] };
const [zero, few, , other] = variants as [Variant, Variant, Variant, Variant];
const before = { criteria, variants: [zero], runs: [], verdicts: [], releases: [] };
const finished = runs.filter(({ runId }) => runId === 'run-1');
const asked = (outcome: 'PASS' | 'FAIL' | 'INCONCLUSIVE') =>
  verdicts.filter(({ verdictId }) => verdictId === 'v-1').map((verdict) => ({ ...verdict, outcome }));

it('begins with the criteria, whatever else is there', () => {
  expect(nextStep({ ...none, variants, runs })).toMatchObject({ stage: 'Criteria', act: { doing: 'criteria' } });
});

it('asks for a variant, its measurement, its verdict and its release in turn', () => {
  expect(nextStep({ ...none, criteria })).toMatchObject({ stage: 'Variant', act: { doing: 'variant' } });
  expect(nextStep(before)).toMatchObject({
    stage: 'Measurement',
    act: { doing: 'run', variant: zero.variantDigest },
  });
  expect(nextStep({ ...before, runs: finished })).toMatchObject({
    stage: 'Verdict',
    act: { doing: 'verdict', run: 'run-1' },
  });
  expect(nextStep({ ...before, runs: finished, verdicts: asked('PASS') })).toMatchObject({
    stage: 'Request',
    act: { doing: 'release', variant: zero.variantDigest },
  });
});

it('does not take a run from before the criteria for a measurement', () => {
  const early = finished.map((run) => ({ ...run, createdAt: '2026-11-24T08:04:00Z' }));
  expect(nextStep({ ...before, runs: early })).toMatchObject({ stage: 'Measurement' });
});

it('waits for what runs and for the second person', () => {
  const running = finished.map((run) => ({ ...run, state: 'RUNNING' as const, progress: 0.42 }));
  expect(nextStep({ ...before, runs: running })).toMatchObject({ title: 'Being measured: 42 %' });
  const requested = releases.slice(0, 1).map((release) => ({ ...release, state: 'REQUESTED' as const }));
  expect(nextStep({ ...before, releases: requested })).toMatchObject({ stage: 'Approval', waitsForApproval: true });
});

it('offers another variant after a failed verdict, an override beside it, and none after an open one', () => {
  expect(nextStep({ ...before, runs: finished, verdicts: asked('FAIL') })).toMatchObject({
    act: { doing: 'variant' },
    also: { doing: 'release' },
    reasons: ['accuracy .712 is below .850'],
  });
  expect(nextStep({ ...before, runs: finished, verdicts: asked('INCONCLUSIVE') })).toMatchObject({
    act: { doing: 'variant' },
    also: { doing: 'run' },
  });
});

it('goes on to a variant composed after a verdict', () => {
  const facts = { ...before, variants: [other, few, zero], runs: finished, verdicts: asked('FAIL') };
  expect(nextStep(facts)).toMatchObject({ stage: 'Measurement', act: { variant: other.variantDigest } });
});

it('does not count a verdict under former criteria', () => {
  const former = asked('PASS').map((verdict) => ({ ...verdict, criteriaDigest: 'former' }));
  expect(nextStep({ ...before, runs: finished, verdicts: former })).toMatchObject({
    stage: 'Verdict',
    act: { doing: 'verdict' },
  });
});

it('is silent once a release is active', () => {
  expect(nextStep({ ...before, releases })).toBeUndefined();
});
