import type { ApplicationCard, Assessment, Recommendation } from '../../../src/features/applications/applications';
import type { CriteriaProposal } from '../../../src/features/criteria/criteria';
import type { Waiver } from '../../../src/features/waivers/waivers';
import type { Criteria, PhaseStatus } from '../../../src/shared/data/applications';
import { hex } from './names';

const application: ApplicationCard = {
  name: 'mail-triage',
  purpose: 'Sort inbound messages into personal, newsletter and spam',
  owner: 'ada',
  criticality: 'MEDIUM',
  task: 'CLASSIFICATION',
  monthlyVolume: 250_000,
  createdAt: '2026-11-24T08:00:00Z',
  applicationId: 'app-1',
  registeredBy: 'subject-ada',
  phases: [
    { phase: 'PROMPT', state: 'MET' },
    { phase: 'RETRIEVAL', state: 'MISSED' },
    { phase: 'FINE_TUNING', state: 'LOCKED' },
  ],
};

export const applications: ApplicationCard[] = [
  application,
  {
    ...application,
    applicationId: 'app-2',
    name: 'ticket-routing',
    purpose: 'Route support tickets to a team',
    owner: 'ada',
    criticality: 'HIGH',
    task: 'CLASSIFICATION',
    monthlyVolume: 1_200_000,
    createdAt: '2026-11-23T08:00:00Z',
    phases: [
      { phase: 'PROMPT', state: 'OPEN' },
      { phase: 'RETRIEVAL', state: 'LOCKED' },
      { phase: 'FINE_TUNING', state: 'LOCKED' },
    ],
  },
];

export const phases: PhaseStatus[] = [
  {
    phase: 'PROMPT',
    state: 'MET',
    missingEvidence: [],
    verdictIds: ['v-1'],
    reason: 'The few-shot variant met the criteria.',
  },
  {
    phase: 'RETRIEVAL',
    state: 'MISSED',
    missingEvidence: [],
    verdictIds: ['v-2'],
    reason: 'Retrieval did not reach the accuracy that was registered.',
  },
  {
    phase: 'FINE_TUNING',
    state: 'LOCKED',
    missingEvidence: ['A verdict that retrieval misses the criteria on a sample of at least 400 items'],
    verdictIds: [],
    waiverId: null,
    reason: 'The phase before has not been judged on enough items.',
  },
];

export const criteria: Criteria[] = [
  {
    application: 'mail-triage',
    author: 'subject-ada',
    version: 1,
    criteriaDigest: hex('criteria'),
    purpose: 'RELEASE',
    suiteDigest: hex('suite'),
    plannedVerdicts: 5,
    candidatesPerPhase: 3,
    registeredAt: '2026-11-24T08:05:00Z',
    receipt: { ledgerIndex: 2 },
    triviallyMet: [{ metric: 'consistency', variant: 'COMMONEST_LABEL', label: 'personal', score: 1 }],
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
        metric: 'consistency',
        kind: 'ROBUSTNESS',
        direction: 'AT_LEAST',
        threshold: 0.9,
        alternative: 0.98,
        power: 0.8,
        margin: 0.03,
        sampleSize: 100,
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
  },
];

const looser = {
  purpose: 'RELEASE' as const,
  suiteDigest: hex('suite'),
  plannedVerdicts: 5,
  candidatesPerPhase: 3,
  criteria: (criteria[0]?.criteria ?? []).map((one) => (one.metric === 'accuracy' ? { ...one, threshold: 0.8 } : one)),
};
const proposal = {
  application: 'mail-triage',
  version: 2,
  criteriaDigest: hex('looser'),
  loosens: ['the threshold of accuracy is 0.8 instead of 0.85'],
  reason: 'The labels of a tenth of the rows are disputed',
  requester: 'subject-ada',
};

export const proposals: CriteriaProposal[] = [
  {
    ...proposal,
    proposalId: 'cp-2',
    proposed: looser,
    requestedAt: '2026-11-25T01:20:00Z',
    state: 'REQUESTED',
  },
  {
    ...proposal,
    proposalId: 'cp-1',
    proposed: { ...looser, plannedVerdicts: 1 },
    requestedAt: '2026-11-24T21:00:00Z',
    state: 'REJECTED',
    decidedBy: 'subject-ben',
    decidedAt: '2026-11-24T21:30:00Z',
    approvalId: 'a-6',
  },
];

export const assessments: Assessment[] = [
  {
    assessmentId: 'as-1',
    application: 'mail-triage',
    author: 'subject-ada',
    completedAt: '2026-11-24T08:03:00Z',
    approach: 'RAG',
    because: 'retrieved examples teach without training, which is out of reach',
    contested: true,
    answers: {
      dataAvailability: 'ABUNDANT',
      specificity: 'SPECIALISED',
      performanceTarget: 'HIGH',
      resources: 'LIMITED',
    },
    path: ['PERFORMANCE_GAP LARGE', 'SPECIFICITY SPECIALISED', 'DATA_AVAILABILITY ABUNDANT', 'RESOURCES LIMITED'],
    evidence: [
      { question: 'PERFORMANCE_GAP', answer: 'LARGE', source: 'estimate' },
      { question: 'SPECIFICITY', answer: 'SPECIALISED', source: 'estimate' },
      { question: 'DATA_AVAILABILITY', answer: 'ABUNDANT', source: 'dataset mails, version 2' },
      { question: 'RESOURCES', answer: 'LIMITED', source: 'estimate' },
    ],
    smallestFlip: { question: 'RESOURCES', from: 'LIMITED', to: 'MODERATE', approach: 'FINE_TUNING', steps: 1 },
    flips: [
      { question: 'RESOURCES', from: 'LIMITED', to: 'MODERATE', approach: 'FINE_TUNING', steps: 1 },
      { question: 'PERFORMANCE_GAP', from: 'LARGE', to: 'NONE', approach: 'PROMPT_ENGINEERING', steps: 2 },
    ],
    scores: { PROMPT_ENGINEERING: 2, RAG: 1, FINE_TUNING: 0, HYBRID: -2 },
    contributions: [
      {
        trigger: 'LIMITED_RESOURCES',
        approach: 'PROMPT_ENGINEERING',
        points: 2,
        because: 'no people or money for training',
      },
    ],
  },
];

export const waivers: Waiver[] = [
  {
    waiverId: 'w-1',
    application: 'mail-triage',
    digest: hex('waiver'),
    phase: 'FINE_TUNING',
    reason: 'To measure what fine-tuning would bring',
    state: 'APPROVED',
    requester: 'subject-ada',
    requestedAt: '2026-11-24T22:00:00Z',
    decidedBy: 'subject-ben',
    decisionReason: 'Agreed for the measurement',
  },
];

export const recommendations: Recommendation[] = [
  {
    recommendationId: 'rec-1',
    application: 'mail-triage',
    author: 'subject-ada',
    costs: [],
    nonDominated: [],
    variantDigest: hex('three'),
    variant: 'fine-tuned',
    approach: 'FINE_TUNING',
    meetsCriteria: true,
    issuedAt: '2026-11-25T00:58:00Z',
    breakEvenMonthlyVolume: 181_000,
    rationale:
      'Fine-tuning gains 7.5 points of accuracy over few-shot (95 % interval 4.1 to 10.9) and pays for itself ' +
      'from 181,000 calls per month on.',
  },
];

/** The shown fields of an overview. */
export const overview = {
  usage: { requests: 3_507, trafficRequests: 3_007, fullDays: 9, monthlyPace: 12_345 },
};
