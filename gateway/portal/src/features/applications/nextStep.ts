import type { Criteria } from '@/shared/data/applications';
import type { Run, Verdict } from '@/shared/data/evaluations';
import type { ApplicationForm } from '@/shared/data/applicationForm';
import type { Release } from '@/shared/data/releases';
import { variantName, type Variant } from '@/shared/data/variants';

export interface Facts {
  criteria: Criteria[];
  variants: Variant[];
  runs: Run[];
  verdicts: Verdict[];
  releases: Release[];
}

/** The way from nothing to a served release, in the order in which it is gone. */
export const stages = ['Criteria', 'Variant', 'Measurement', 'Verdict', 'Request', 'Approval'] as const;
export type Stage = (typeof stages)[number];

export interface Step {
  stage: Stage;
  /** What is to be done, or waited for. */
  title: string;
  why: string;
  reasons?: string[];
  act?: { text: string; doing: ApplicationForm; variant?: string; run?: string };
  also?: { text: string; doing: ApplicationForm; variant?: string; run?: string };
  /** Another person is to act: in the inbox of approvals. */
  waitsForApproval?: boolean;
}

/**
 * What comes next, from the facts alone: nothing of it is stored, so that it cannot disagree with them. Nothing once a release is
 * active: from then on improving is a choice. All lists come newest first.
 */
export function nextStep({ criteria, variants, runs, verdicts, releases }: Facts): Step | undefined {
  if (releases.some(({ state }) => state === 'ACTIVE')) return undefined;
  const [inForce] = criteria;
  if (inForce === undefined) {
    return {
      stage: 'Criteria',
      title: 'Register what success means',
      why: 'Criteria come before anything is measured: only runs that begin after them can be judged by them.',
      act: { text: 'Register criteria', doing: 'criteria' },
    };
  }
  const pending = releases.find(({ state }) => state === 'REQUESTED' || state === 'APPROVED' || state === 'CANARY');
  if (pending) return awaited(pending);
  if (variants.length === 0) {
    return {
      stage: 'Variant',
      title: 'Compose the first variant',
      why: 'A variant is a prompt version with a model and parameters; it needs a published version of a prompt.',
      act: { text: 'Compose a variant', doing: 'variant' },
    };
  }
  return afterVariants(inForce, variants, runs, verdicts);
}

function afterVariants(inForce: Criteria, variants: Variant[], runs: Run[], verdicts: Verdict[]): Step {
  const valid = verdicts.filter(
    ({ criteriaDigest, kind }) => criteriaDigest === inForce.criteriaDigest && (kind === 'PHASE' || kind === 'RELEASE'),
  );
  const passed = valid.find(({ outcome }) => outcome === 'PASS');
  if (passed) {
    return {
      stage: 'Request',
      title: 'Request the release',
      why: `${variantName(variants, passed.subjectDigest)} has met the criteria. A second person decides about the request.`,
      act: { text: 'Request release', doing: 'release', variant: passed.subjectDigest },
    };
  }
  const running = runs.find(({ state }) => state === 'RUNNING');
  if (running) {
    return {
      stage: 'Measurement',
      title: `Being measured: ${Math.round(running.progress * 100)} %`,
      why: `${variantName(variants, running.variantDigest)} answers the questions of the suite; the figures stand under Measurements as soon as it has.`,
    };
  }
  const judgeable = runs.filter(
    ({ state, createdAt }) => state === 'FINISHED' && Date.parse(createdAt) >= Date.parse(inForce.registeredAt),
  );
  const unjudged = judgeable.find(({ runId }) => !valid.some((verdict) => verdict.runId === runId));
  const [newest] = judgeable;
  if (unjudged && unjudged === newest) {
    return {
      stage: 'Verdict',
      title: 'Ask for the verdict',
      why: `${variantName(variants, unjudged.variantDigest)} is measured; the verdict holds its figures against the registered criteria.`,
      act: { text: 'Ask for the verdict', doing: 'verdict', run: unjudged.runId },
      also: { text: 'Measure another', doing: 'run' },
    };
  }
  const [last] = valid;
  const unmeasured = variants.find(
    ({ variantDigest }) => !judgeable.some((run) => run.variantDigest === variantDigest),
  );
  if (unmeasured && (last === undefined || unmeasured === variants[0])) {
    return {
      stage: 'Measurement',
      title: `Measure ${unmeasured.name}`,
      why: 'A suite asks the variant questions whose right answers are known: the test rows of an admitted dataset.',
      act: { text: 'Measure', doing: 'run', variant: unmeasured.variantDigest },
    };
  }
  return missed(last);
}

function missed(last: Verdict | undefined): Step {
  const failed = last?.outcome === 'FAIL';
  return {
    stage: 'Verdict',
    title: failed
      ? 'The criteria are missed: try another variant'
      : 'The verdict is open: measure more items, or a better variant',
    why: failed
      ? 'Write a better prompt version, add examples or an index, and measure again. Against a failed verdict only an override goes on, with a reason and a second person.'
      : 'What was measured settles some criteria neither way. A suite with more test rows narrows the intervals; a better variant moves them.',
    reasons: last?.reasons,
    act: { text: 'Compose another variant', doing: 'variant' },
    also: failed
      ? { text: 'Request by override', doing: 'release', variant: last.subjectDigest }
      : { text: 'Measure again', doing: 'run', variant: last?.subjectDigest },
  };
}

function awaited({ state, environment, percent }: Release): Step {
  if (state === 'REQUESTED') {
    return {
      stage: 'Approval',
      title: 'Waits for approval',
      why: `The release to ${environment} is requested. An approver who is neither requester nor author decides; it is served at once after.`,
      waitsForApproval: true,
    };
  }
  return {
    stage: 'Approval',
    title: state === 'CANARY' ? `On trial with ${percent} % of the traffic` : 'Approved, and next on trial',
    why: 'Its guard halts it if it does worse; promote it under Releases when you have seen enough.',
  };
}
