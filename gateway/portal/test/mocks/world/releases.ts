import type { Guard } from '../../../src/features/releases/releases';
import type { Release } from '../../../src/shared/data/releases';
import { hex } from './names';

const release = {
  application: 'mail-triage',
  canaryPercent: 0,
  verdictId: 'v-3',
  requester: 'subject-ada',
  requestedAt: '2026-11-24T21:00:00Z',
};

export const releases: Release[] = [
  {
    ...release,
    releaseId: 'r-2',
    environment: 'production',
    variantDigest: hex('one'),
    previousReleaseId: 'r-1',
    state: 'CANARY',
    percent: 20,
    canaryPercent: 20,
    override: 'Shows that the guard halts it',
    changedAt: '2026-11-25T01:12:00Z',
  },
  {
    ...release,
    releaseId: 'r-1',
    environment: 'production',
    variantDigest: hex('three'),
    state: 'ACTIVE',
    percent: 100,
    reason: 'Approved',
    changedAt: '2026-11-25T01:04:00Z',
  },
  {
    ...release,
    releaseId: 'r-0',
    environment: 'staging',
    variantDigest: hex('two'),
    state: 'ROLLED_BACK',
    percent: 0,
    reason: 'Wrong prompt',
    changedAt: '2026-11-24T21:40:00Z',
  },
];

export const guards: Guard[] = [
  {
    releaseId: 'r-2',
    application: 'mail-triage',
    environment: 'production',
    candidateDigest: hex('one'),
    percent: 20,
    state: 'RUNNING',
    candidateRequests: 118,
    controlRequests: 462,
    candidateAbstentions: 6,
    controlAbstentions: 0,
    errors: {
      candidateTrials: 118,
      candidateEvents: 3,
      controlTrials: 462,
      controlEvents: 9,
      evidence: 0.42,
      requiredEvidence: 40,
      minimumSampleSize: 20,
    },
    judgedWrong: {
      candidateTrials: 8,
      candidateEvents: 4,
      controlTrials: 31,
      controlEvents: 3,
      evidence: 6.3,
      requiredEvidence: 40,
      minimumSampleSize: 10,
    },
    sampleRatioMismatch: false,
    plannedAnswers: 500,
    comparedAnswers: 97,
    missingCallers: null,
    passAfterRequests: 0,
    verdictId: null,
    startedAt: '2026-11-25T01:12:00Z',
  },
];
