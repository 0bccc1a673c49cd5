import { expect, it } from 'vitest';
import type { Variant } from '@/shared/data/variants';
import { improvements, nextStep, type Evidence } from './nextStep';
import { criteria, releases, runs, suites, variants, verdicts } from '../../../test/mocks/world';

const none: Evidence = { suites, criteria: [], variants: [], runs: [], verdicts: [], releases: [] };
const [zero, few, , other] = variants as [Variant, Variant, Variant, Variant];
const before = { suites, criteria, variants: [zero], runs: [], verdicts: [], releases: [] };
const finished = runs.filter(({ runId }) => runId === 'run-1');
const verdict = (outcome: 'PASS' | 'FAIL' | 'INCONCLUSIVE') =>
  verdicts.filter(({ verdictId }) => verdictId === 'v-1').map((verdict) => ({ ...verdict, outcome }));

it('starts with a suite where there is none that criteria could name', () => {
  expect(nextStep({ ...none, suites: [] })).toMatchObject({ stage: 'Suite', act: { doing: 'suite' } });
});

it('continues with the criteria, whatever else exists', () => {
  expect(nextStep({ ...none, variants, runs })).toMatchObject({ stage: 'Criteria', act: { doing: 'criteria' } });
});

it('requires a variant, its evaluation, its verdict and its release in turn', () => {
  expect(nextStep({ ...none, criteria })).toMatchObject({ stage: 'Variant', act: { doing: 'variant' } });
  expect(nextStep(before)).toMatchObject({
    stage: 'Evaluation',
    act: { doing: 'run', variant: zero.variantDigest },
  });
  expect(nextStep({ ...before, runs: finished })).toMatchObject({
    stage: 'Verdict',
    act: { doing: 'verdict', run: 'run-1' },
  });
  expect(nextStep({ ...before, runs: finished, verdicts: verdict('PASS') })).toMatchObject({
    stage: 'Request',
    act: { doing: 'release', variant: zero.variantDigest },
  });
});

it('does not count a run from before the criteria', () => {
  const early = finished.map((run) => ({ ...run, createdAt: '2026-11-24T08:04:00Z' }));
  expect(nextStep({ ...before, runs: early })).toMatchObject({ stage: 'Evaluation' });
});

it('does not count a run over another suite than the criteria name', () => {
  const explored = finished.map((run) => ({ ...run, suiteDigest: 'exploring' }));
  expect(nextStep({ ...before, runs: explored })).toMatchObject({ stage: 'Evaluation' });
});

it('waits for what runs and for the second person', () => {
  const running = finished.map((run) => ({ ...run, state: 'RUNNING' as const, progress: 0.42 }));
  expect(nextStep({ ...before, runs: running })).toMatchObject({ title: 'Evaluating: 42 %' });
  const requested = releases.slice(0, 1).map((release) => ({ ...release, state: 'REQUESTED' as const }));
  expect(nextStep({ ...before, releases: requested })).toMatchObject({ stage: 'Approval', waitsForApproval: true });
});

it(
  'offers another variant after a failed verdict, with an override beside it, and no override after an ' +
    'inconclusive one',
  () => {
    expect(nextStep({ ...before, runs: finished, verdicts: verdict('FAIL') })).toMatchObject({
      act: { doing: 'variant' },
      also: { doing: 'release' },
      reasons: ['accuracy .712 is below .850'],
    });
    expect(nextStep({ ...before, runs: finished, verdicts: verdict('INCONCLUSIVE') })).toMatchObject({
      act: { doing: 'variant' },
      also: { doing: 'run' },
    });
  },
);

it('continues with a variant composed after a verdict', () => {
  const evidence = { ...before, variants: [other, few, zero], runs: finished, verdicts: verdict('FAIL') };
  expect(nextStep(evidence)).toMatchObject({ stage: 'Evaluation', act: { variant: other.variantDigest } });
});

it('does not count a verdict under earlier criteria', () => {
  const former = verdict('PASS').map((verdict) => ({ ...verdict, criteriaDigest: 'former' }));
  expect(nextStep({ ...before, runs: finished, verdicts: former })).toMatchObject({
    stage: 'Verdict',
    act: { doing: 'verdict' },
  });
});

it('has no next step once a release is active', () => {
  expect(nextStep({ ...before, releases })).toBeUndefined();
});

it('names what is under way beside what serves', () => {
  const serving = releases
    .slice(0, 1)
    .map((release) => ({ ...release, state: 'ACTIVE' as const, variantDigest: 'old' }));
  const evidence = { ...before, criteria, releases: serving };
  expect(improvements(evidence)).toEqual([]);
  expect(improvements({ ...evidence, runs: finished })).toMatchObject([{ act: { doing: 'verdict', run: 'run-1' } }]);
  const passed = verdict('PASS').map((one) => ({ ...one, criteriaDigest: criteria[0]?.criteriaDigest ?? '' }));
  expect(improvements({ ...evidence, runs: finished, verdicts: passed })).toMatchObject([
    { act: { doing: 'release', variant: zero.variantDigest } },
  ]);
  const requested = serving.map((release) => ({ ...release, releaseId: 'r-9', state: 'REQUESTED' as const }));
  expect(improvements({ ...evidence, releases: [...requested, ...serving] })).toMatchObject([
    { waitsForApproval: true },
  ]);
  const halted = serving.map((release) => ({ ...release, releaseId: 'r-8', state: 'HALTED' as const }));
  expect(improvements({ ...evidence, releases: [...halted, ...serving] })).toMatchObject([
    { text: expect.stringContaining('was halted') as string },
  ]);
});
