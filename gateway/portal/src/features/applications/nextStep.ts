import { inForceOf, type Criteria } from '@/shared/data/applications';
import type { Run, Verdict } from '@/shared/data/evaluations';
import type { Suite } from '@/shared/data/suites';
import type { ApplicationForm } from '@/shared/data/applicationForm';
import type { Release } from '@/shared/data/releases';
import { variantName, type Variant } from '@/shared/data/variants';

export interface Evidence {
  /** The workspace's suites over test rows, which are those that criteria can use. */
  suites: Suite[];
  criteria: Criteria[];
  variants: Variant[];
  runs: Run[];
  verdicts: Verdict[];
  releases: Release[];
}

/** The stages from an empty application to an active release, in order. */
export const stages = ['Suite', 'Criteria', 'Variant', 'Evaluation', 'Verdict', 'Request', 'Approval'] as const;
export type Stage = (typeof stages)[number];

export interface Step {
  stage: Stage;
  /** The action to take, or the event to wait for. */
  title: string;
  why: string;
  reasons?: string[];
  act?: { text: string; doing: ApplicationForm; variant?: string; run?: string };
  also?: { text: string; doing: ApplicationForm; variant?: string; run?: string };
  /** True when another person has to act, in the list of approvals. */
  waitsForApproval?: boolean;
}

/**
 * Returns the next step, derived from the evidence alone. Nothing is stored, so the step and the evidence cannot
 * disagree. Returns undefined once a release is active; {@link improvements} then has the work under way. All lists
 * come newest first.
 */
export function nextStep({ suites, criteria, variants, runs, verdicts, releases }: Evidence): Step | undefined {
  if (releases.some(({ state }) => state === 'ACTIVE')) return undefined;
  const inForce = inForceOf(criteria);
  if (inForce === undefined && suites.length === 0) {
    return {
      stage: 'Suite',
      title: 'Publish a suite',
      why:
        'A suite is a set of items with known answers, from the test rows of an admitted dataset. Criteria ' +
        'apply to one suite.',
      act: { text: 'Publish a suite', doing: 'suite' },
    };
  }
  if (inForce === undefined) {
    return {
      stage: 'Criteria',
      title: 'Register success criteria',
      why: 'Register criteria before you evaluate: they apply only to runs that start afterwards.',
      act: { text: 'Register criteria', doing: 'criteria' },
      also: { text: 'Publish another suite', doing: 'suite' },
    };
  }
  const pending = pendingOf(releases);
  if (pending) return awaited(pending);
  if (variants.length === 0) {
    return {
      stage: 'Variant',
      title: 'Compose the first variant',
      why: 'A variant combines a published prompt version with a model and parameters.',
      act: { text: 'Compose a variant', doing: 'variant' },
    };
  }
  return afterVariants(inForce, variants, runs, verdicts);
}

export interface Improvement {
  text: string;
  act?: Step['act'];
  waitsForApproval?: boolean;
}

/** Returns the work that is under way, or could be next, beside the active release: the newest of each kind. */
export function improvements({ criteria, variants, runs, verdicts, releases }: Evidence): Improvement[] {
  const found: Improvement[] = [];
  const name = (digest: string | null | undefined) => variantName(variants, digest);
  const released = new Set(releases.map(({ variantDigest }) => variantDigest));
  const [newest] = releases;
  if (newest?.state === 'HALTED') found.push({ text: `The canary of ${name(newest.variantDigest)} was halted.` });
  const pending = pendingOf(releases);
  if (pending) {
    const { title, waitsForApproval } = awaited(pending);
    found.push({ text: `${name(pending.variantDigest)}: ${title}.`, waitsForApproval });
  }
  const inForce = inForceOf(criteria);
  if (inForce === undefined) return found;
  const passed = validUnder(inForce, verdicts).find(
    ({ outcome, subjectDigest, supersededBy }) =>
      outcome === 'PASS' && supersededBy == null && !released.has(subjectDigest),
  );
  if (passed) {
    found.push({
      text: `${name(passed.subjectDigest)} met the criteria but is not released.`,
      act: { text: 'Request release', doing: 'release', variant: passed.subjectDigest },
    });
  }
  const unjudged = judgeableUnder(inForce, runs).find(
    ({ runId }) => !verdicts.some((verdict) => verdict.runId === runId),
  );
  if (unjudged) {
    found.push({
      text: `${name(unjudged.variantDigest)} is evaluated but has no verdict yet.`,
      act: { text: 'Request a verdict', doing: 'verdict', run: unjudged.runId },
    });
  }
  return found;
}

/** Returns the release that waits for somebody, if any. */
function pendingOf(releases: Release[]): Release | undefined {
  return releases.find(({ state }) => state === 'REQUESTED' || state === 'APPROVED' || state === 'CANARY');
}

/** Returns the verdicts that can open a release under the criteria. */
function validUnder({ criteriaDigest: inForce }: Criteria, verdicts: Verdict[]): Verdict[] {
  return verdicts.filter(
    ({ criteriaDigest, kind }) => criteriaDigest === inForce && (kind === 'PHASE' || kind === 'RELEASE'),
  );
}

/** Returns the finished runs that the criteria can judge: over their suite, and started after they were registered. */
function judgeableUnder({ suiteDigest: suite, registeredAt }: Criteria, runs: Run[]): Run[] {
  return runs.filter(
    ({ state, createdAt, suiteDigest }) =>
      state === 'FINISHED' && suiteDigest === suite && Date.parse(createdAt) >= Date.parse(registeredAt),
  );
}

function afterVariants(inForce: Criteria, variants: Variant[], runs: Run[], verdicts: Verdict[]): Step {
  const valid = validUnder(inForce, verdicts);
  const passed = valid.find(({ outcome }) => outcome === 'PASS');
  if (passed) {
    return {
      stage: 'Request',
      title: 'Request the release',
      why:
        `${variantName(variants, passed.subjectDigest)} has met the criteria. A second person decides on the ` +
        `request.`,
      act: { text: 'Request release', doing: 'release', variant: passed.subjectDigest },
    };
  }
  const running = runs.find(({ state }) => state === 'RUNNING');
  if (running) {
    return {
      stage: 'Evaluation',
      title: `Evaluating: ${Math.round(running.progress * 100)} %`,
      why:
        `${variantName(variants, running.variantDigest)} is answering the items of the suite; the metrics appear ` +
        `under Evaluations when the run has finished.`,
    };
  }
  const judgeable = judgeableUnder(inForce, runs);
  const unjudged = judgeable.find(({ runId }) => !valid.some((verdict) => verdict.runId === runId));
  const [newest] = judgeable;
  if (unjudged && unjudged === newest) {
    return {
      stage: 'Verdict',
      title: 'Request a verdict',
      why:
        `${variantName(variants, unjudged.variantDigest)} is evaluated; the verdict compares its metrics with the ` +
        `registered criteria.`,
      act: { text: 'Request a verdict', doing: 'verdict', run: unjudged.runId },
      also: { text: 'Evaluate another variant', doing: 'run' },
    };
  }
  const [last] = valid;
  const unmeasured = variants.find(
    ({ variantDigest }) => !judgeable.some((run) => run.variantDigest === variantDigest),
  );
  if (unmeasured && (last === undefined || unmeasured === variants[0])) {
    return {
      stage: 'Evaluation',
      title: `Evaluate ${unmeasured.name}`,
      why:
        'Evaluate it over the suite of the criteria: only such a run can be judged. It uses one of the ' +
        'planned verdicts.',
      act: { text: 'Evaluate', doing: 'run', variant: unmeasured.variantDigest },
    };
  }
  return missed(last);
}

function missed(last: Verdict | undefined): Step {
  const failed = last?.outcome === 'FAIL';
  return {
    stage: 'Verdict',
    title: failed
      ? 'Criteria not met: try another variant'
      : 'Verdict inconclusive: evaluate more items, or a better variant',
    why: failed
      ? 'Write a better prompt version, add examples or an index, and evaluate again. A failed verdict can be ' +
        'overridden only with a reason and a second person.'
      : 'Some criteria are too close to call. Use a suite with more test items, or compose a better variant.',
    reasons: last?.reasons,
    act: { text: 'Compose another variant', doing: 'variant' },
    also: failed
      ? { text: 'Request with an override', doing: 'release', variant: last.subjectDigest }
      : { text: 'Evaluate again', doing: 'run', variant: last?.subjectDigest },
  };
}

function awaited({ state, environment, percent }: Release): Step {
  if (state === 'REQUESTED') {
    return {
      stage: 'Approval',
      title: 'Waiting for approval',
      why:
        `The release to ${environment} was requested. An approver who is neither the requester nor an ` +
        'author decides. The variant serves as soon as it is approved.',
      waitsForApproval: true,
    };
  }
  return {
    stage: 'Approval',
    title: state === 'CANARY' ? `Canary with ${percent} % of the traffic` : 'Approved; the canary starts next',
    why: 'The guard halts the canary if it performs worse. Promote it under Releases when the evidence is sufficient.',
  };
}
