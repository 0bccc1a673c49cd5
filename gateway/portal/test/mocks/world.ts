import type { ApplicationCard, Assessment, Recommendation } from '../../src/features/applications/applications';
import type { Approval } from '../../src/features/approvals/approvals';
import type { AuditDetail, AuditEntry, Head, InclusionProof, Verification } from '../../src/features/audit/ledger';
import type { Label, LabelMove, LintReport, PromptDifference, PromptSummary } from '../../src/features/prompts/prompts';
import type { Baseline, Comparison, Suite } from '../../src/features/evaluations/evaluations';
import type { Guard } from '../../src/features/releases/releases';
import type { Model } from '../../src/features/variants/composition';
import type { Waiver } from '../../src/features/waivers/waivers';
import type { Criteria, PhaseStatus } from '../../src/shared/data/applications';
import type { Run, Verdict } from '../../src/shared/data/evaluations';
import type { PromptVersion } from '../../src/shared/data/promptVersions';
import type { Release } from '../../src/shared/data/releases';
import type { Variant } from '../../src/shared/data/variants';
import type { PersonView } from '../../src/shared/people/people';
import type { Session } from '../../src/shared/session/session';
import { leafHash, pathTo, rootHash } from './tree';

/** One workspace in the middle of the loop: mail-triage, as the demo leaves it. */
const hex = (seed: string) => leafHash(seed).toString('hex');

/** Colleagues who are never signed in here, by what services write down. */
const eve = '0190a000-0000-7000-8000-000000000109';
const max = '0190a000-0000-7000-8000-00000000010a';

/** Whom the identity provider still knows; who has left is an id. */
export const people: PersonView[] = [
  { actor: eve, name: 'Eve Writer', username: 'eve', service: false },
  {
    actor: '0190a000-0000-7000-8000-0000000001f1',
    name: 'evaluation',
    username: 'service-account-evaluation',
    service: true,
  },
];

export const ada: Session = {
  name: 'Ada Prompt',
  username: 'ada',
  subject: 'subject-ada',
  workspace: 'acme',
  roles: ['prompt-engineer', 'ml-engineer', 'data-steward'],
};
export const ben: Session = {
  name: 'Ben Approver',
  username: 'ben',
  subject: 'subject-ben',
  workspace: 'acme',
  roles: ['approver'],
};
export const cleo: Session = {
  name: 'Cleo Compliance',
  username: 'cleo',
  subject: 'subject-cleo',
  workspace: 'acme',
  roles: ['compliance-officer'],
};
export const sam: Session = {
  name: 'Sam Runner',
  username: 'sam',
  subject: 'subject-sam',
  workspace: 'acme',
  roles: ['sre'],
};
export const vera: Session = {
  name: 'Vera Viewer',
  username: 'vera',
  subject: 'subject-vera',
  workspace: 'acme',
  roles: ['viewer'],
};
/** Every role at once: sees every control. */
export const all: Session = {
  ...ada,
  roles: ['prompt-engineer', 'ml-engineer', 'data-steward', 'approver', 'compliance-officer', 'sre', 'admin'],
};

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
    registeredAt: '2026-11-24T08:05:00Z',
    receipt: { ledgerIndex: 2 },
    criteria: [
      {
        metric: 'accuracy',
        kind: 'TASK_QUALITY',
        direction: 'AT_LEAST',
        threshold: 0.85,
        margin: 0.02,
        sampleSize: 400,
      },
      {
        metric: 'consistency',
        kind: 'ROBUSTNESS',
        direction: 'AT_LEAST',
        threshold: 0.9,
        margin: 0.03,
        sampleSize: 100,
      },
      { metric: 'latency_p95_ms', kind: 'LATENCY', direction: 'AT_MOST', threshold: 120, margin: 15, sampleSize: 400 },
    ],
  },
];

const variant = {
  application: 'mail-triage',
  promptDigest: hex('p2'),
  model: 'local/choice-bge-small',
  parameters: { temperature: 0 },
  authors: ['subject-ada'],
  createdBy: 'subject-ada',
  createdAt: '2026-11-24T12:00:00Z',
};

export const variants: Variant[] = [
  { ...variant, variantDigest: hex('one'), name: 'zero-shot', promptDigest: hex('p1') },
  { ...variant, variantDigest: hex('two'), name: 'few-shot' },
  { ...variant, variantDigest: hex('three'), name: 'fine-tuned', model: 'mail-head@1' },
  { ...variant, variantDigest: hex('four'), name: 'unmeasured' },
];

const seen = (value: number, low: number | null = null, high: number | null = null, observations = 400) => ({
  value,
  low,
  high,
  observations,
});

const run = {
  application: 'mail-triage',
  suiteDigest: hex('suite'),
  model: 'local/choice-bge-small',
  seed: 7,
  state: 'FINISHED' as const,
  progress: 1,
  items: 500,
  failedItems: 0,
  reusedItems: 0,
  consistency: {},
  cost: { amount: '0.0004', currency: 'USD' },
  createdBy: 'subject-ada',
  createdAt: '2026-11-24T13:00:00Z',
  finishedAt: '2026-11-24T13:01:00Z',
  classes: [
    { label: 'newsletter', precision: 0.857, recall: 0.667, f1: 0.75, support: 18 },
    { label: 'personal', precision: 0.968, recall: 0.979, f1: 0.974, support: 282 },
    { label: 'spam', precision: 0.941, recall: 0.95, f1: 0.945, support: 100 },
  ],
  confusion: {
    labels: ['newsletter', 'personal', 'spam'],
    counts: [
      [12, 5, 1, 0],
      [1, 276, 5, 0],
      [1, 4, 95, 0],
    ],
  },
};

export const runs: Run[] = [
  {
    ...run,
    runId: 'run-5',
    variantDigest: hex('four'),
    state: 'FAILED',
    progress: 0.4,
    metrics: {},
    classes: [],
    confusion: null,
    reason: 'The provider refused 30 of 200 items: wrong key.',
  },
  {
    ...run,
    runId: 'run-4',
    variantDigest: hex('four'),
    state: 'RUNNING',
    progress: 0.2,
    etaSeconds: 40,
    metrics: {},
    classes: [],
    confusion: null,
    finishedAt: null,
  },
  {
    ...run,
    runId: 'run-3',
    variantDigest: hex('three'),
    metrics: {
      accuracy: seen(0.943, 0.915, 0.962),
      consistency: seen(0.96, 0.902, 0.984, 100),
      latency_p95_ms: seen(39, 37, 43),
    },
  },
  {
    ...run,
    runId: 'run-2',
    variantDigest: hex('two'),
    metrics: {
      accuracy: seen(0.868, 0.831, 0.898),
      consistency: seen(0.93, 0.863, 0.966, 100),
      latency_p95_ms: seen(44, 41, 48),
    },
  },
  {
    ...run,
    runId: 'run-1',
    variantDigest: hex('one'),
    metrics: { accuracy: seen(0.712, 0.666, 0.755), consistency: seen(0.88, 0.8, 0.93, 100), latency_p95_ms: seen(31) },
  },
];

export const items = [
  {
    itemId: 'item-1',
    ordinal: 0,
    label: 'spam',
    prediction: 'newsletter',
    perturbation: 'NONE',
    answered: true,
    latencyMillis: 12.4,
    costUsd: 0.0000004,
    reused: false,
    requestDigest: hex('request-1'),
  },
  {
    itemId: 'item-2',
    ordinal: 1,
    label: 'personal',
    prediction: 'personal',
    perturbation: 'LOWER_CASE',
    answered: true,
    latencyMillis: 11.1,
    costUsd: 0.0000004,
    reused: true,
    requestDigest: hex('request-2'),
  },
  {
    itemId: 'item-3',
    ordinal: 2,
    label: 'personal',
    prediction: null,
    perturbation: 'NONE',
    answered: false,
    error: 'The answer is not one of the labels',
    latencyMillis: 9.1,
    costUsd: 0,
    reused: false,
    requestDigest: hex('request-3'),
  },
];

export const suites: Suite[] = [
  {
    name: 'mail-triage',
    version: 1,
    suiteDigest: hex('suite'),
    dataset: 'mails',
    datasetVersion: 2,
    labels: ['newsletter', 'personal', 'spam'],
    items: 400,
    perturbedItems: 100,
    createdBy: 'subject-ada',
    createdAt: '2026-11-24T12:30:00Z',
    definition: {
      name: 'mail-triage',
      splitDigest: hex('split'),
      subset: 'test',
      subsetDigest: hex('subset'),
      evaluators: ['exact', 'classification', 'latency', 'cost', 'consistency'],
      maxItems: 400,
      perturbations: ['HEADERS_STRIPPED', 'LOWER_CASE', 'TRUNCATED'],
      perturbedItems: 100,
      seed: 7,
    },
  },
];

const judgedAccuracy = { metric: 'accuracy', direction: 'AT_LEAST' as const, threshold: 0.85, margin: 0.02 };
const verdict = {
  application: 'mail-triage',
  criteriaDigest: hex('criteria'),
  issuedAt: '2026-11-24T13:10:00Z',
  issuedBy: 'subject-ada',
  seed: 7,
  baselineRunId: 'run-1',
};

export const verdicts: Verdict[] = [
  {
    ...verdict,
    verdictId: 'v-3',
    kind: 'RELEASE',
    subjectDigest: hex('three'),
    runId: 'run-3',
    outcome: 'PASS',
    reasons: [],
    criteria: [
      {
        ...judgedAccuracy,
        outcome: 'PASS',
        measured: seen(0.943, 0.915, 0.962),
        difference: seen(0.23, 0.19, 0.28),
        reason: 'accuracy is .943: at least .850 is shown',
      },
    ],
  },
  {
    ...verdict,
    verdictId: 'v-2',
    kind: 'PHASE',
    phase: 'PROMPT',
    subjectDigest: hex('two'),
    runId: 'run-2',
    outcome: 'INCONCLUSIVE',
    reasons: ['the interval of accuracy includes .850'],
    criteria: [
      {
        ...judgedAccuracy,
        outcome: 'INCONCLUSIVE',
        measured: seen(0.868, 0.831, 0.898),
        moreItems: 220,
        reason: 'the interval of accuracy includes .850',
      },
    ],
  },
  {
    ...verdict,
    verdictId: 'v-1',
    kind: 'PHASE',
    phase: 'PROMPT',
    subjectDigest: hex('one'),
    runId: 'run-1',
    baselineRunId: null,
    outcome: 'FAIL',
    reasons: ['accuracy .712 is below .850'],
    criteria: [
      {
        ...judgedAccuracy,
        outcome: 'FAIL',
        measured: seen(0.712, 0.666, 0.755),
        reason: 'accuracy .712 is below .850',
      },
    ],
  },
];

export const baselines: Baseline[] = [
  {
    application: 'mail-triage',
    baselineId: 'b-1',
    number: 1,
    phase: 'PROMPT',
    runId: 'run-1',
    recordedBy: 'subject-ada',
    recordedAt: '2026-11-24T13:05:00Z',
  },
];

export const comparisons: Comparison[] = [
  {
    application: 'mail-triage',
    comparisonId: 'c-1',
    baselineRunId: 'run-1',
    seed: 7,
    state: 'FINISHED',
    createdBy: 'subject-ada',
    createdAt: '2026-11-24T13:20:00Z',
    contributions: [],
    deltas: [
      {
        runId: 'run-2',
        subjectDigest: hex('two'),
        commonItems: 400,
        conclusion: 'PASS',
        pValue: 0.000001,
        differences: { accuracy: seen(0.156, 0.11, 0.2), latency_p95_ms: seen(13, 9, 17) },
        slices: [],
        correct: {
          exactPValue: 0.000002,
          midPValue: 0.000001,
          scoreInterval: { low: 0.11, high: 0.2 },
          table: { both: 260, onlyBaseline: 25, onlyCandidate: 87, neither: 28 },
        },
      },
    ],
  },
];

export const models: Model[] = [
  {
    id: 'local/choice-bge-small',
    object: 'model',
    created: 0,
    owned_by: 'plumbline',
    plumbline: {
      kind: 'CHOICE',
      digest: hex('model'),
      notice: 'An embedding choice model, not a language model.',
      maxInputTokens: 512,
    },
  },
  {
    id: 'local/bge-small-en-v1.5',
    object: 'model',
    created: 0,
    owned_by: 'plumbline',
    plumbline: {
      kind: 'EMBEDDING',
      digest: hex('encoder'),
      notice: 'A text encoder, not a language model.',
      maxInputTokens: 512,
    },
  },
  {
    id: 'mail-head@1',
    object: 'model',
    created: 0,
    owned_by: 'workspace',
    plumbline: {
      kind: 'TUNED',
      digest: hex('head'),
      notice: 'A classification head.',
      labels: ['newsletter', 'personal', 'spam'],
    },
  },
  {
    id: 'app/mail-triage@production',
    object: 'model',
    created: 0,
    owned_by: 'workspace',
    plumbline: { kind: 'APPLICATION' },
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
    passAfterRequests: 0,
    verdictId: null,
    startedAt: '2026-11-25T01:12:00Z',
  },
];

const request = {
  requestEventId: '0190b000-0000-7000-8000-0000000000e1',
  requester: 'subject-ada',
  authors: ['subject-ada'],
  state: 'PENDING' as const,
  own: false,
  expiresAt: '2026-12-02T01:10:00Z',
};

/** As an approver sees them. */
export const approvals: Approval[] = [
  {
    ...request,
    approvalId: 'a-1',
    requestType: 'release.requested',
    requestId: 'r-2',
    object: 'mail-triage/production',
    subjectDigest: hex('one'),
    requestedAt: '2026-11-25T01:10:00Z',
    request: {
      releaseId: 'r-2',
      application: 'mail-triage',
      environment: 'production',
      variantDigest: hex('one'),
      previousVariantDigest: hex('three'),
      verdictId: 'v-1',
      canaryPercent: 20,
      override: 'Shows that the guard halts it',
      requester: 'subject-ada',
      authors: ['subject-ada'],
    },
  },
  {
    ...request,
    approvalId: 'a-2',
    requestType: 'prompt.label-move-requested',
    requestId: 'm-1',
    object: 'ticket-routing/production',
    subjectDigest: hex('t4'),
    requester: eve,
    authors: [eve],
    requestedAt: '2026-11-25T00:30:00Z',
    request: { moveId: 'm-1', prompt: 'ticket-routing', label: 'production', from: 3, to: 4, requester: eve },
  },
  {
    ...request,
    approvalId: 'a-3',
    requestType: 'waiver.requested',
    requestId: 'w-1',
    object: 'mail-triage/FINE_TUNING',
    subjectDigest: hex('w'),
    state: 'APPROVED',
    authors: [],
    requestedAt: '2026-11-24T22:00:00Z',
    decidedBy: 'subject-ben',
    decidedAt: '2026-11-24T22:10:00Z',
    reason: 'Agreed for the measurement',
    request: { application: 'mail-triage', phase: 'FINE_TUNING', reason: 'To measure what fine-tuning would bring' },
  },
  {
    ...request,
    approvalId: 'a-4',
    requestType: 'model.alias-move-requested',
    requestId: 'm-9',
    object: 'mail-head/champion',
    subjectDigest: hex('head'),
    state: 'EXPIRED',
    requestedAt: '2026-11-10T22:00:00Z',
    decidedBy: 'system',
    decidedAt: '2026-11-24T22:00:00Z',
    reason: 'nobody decided in time',
    request: { model: 'mail-head', alias: 'champion', from: 1, to: 2, requester: 'subject-ada' },
  },
];

export const prompts: PromptSummary[] = [
  {
    name: 'mail-triage',
    description: 'Sorts a message into one of three kinds',
    tags: ['mail', 'classification'],
    owner: 'subject-ada',
    createdAt: '2026-11-24T08:50:00Z',
    latestVersion: 3,
    labels: { latest: 3, production: 2, staging: 3 },
  },
  {
    name: 'ticket-routing',
    description: 'Names the team for a ticket',
    tags: ['support', 'classification'],
    owner: eve,
    createdAt: '2026-11-23T16:02:00Z',
    latestVersion: 4,
    labels: { latest: 4 },
  },
  {
    name: 'summary',
    description: 'Three sentences on a document',
    tags: [],
    owner: eve,
    createdAt: '2026-11-23T15:00:00Z',
    latestVersion: 0,
    labels: {},
  },
];

const schema = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  required: names,
});
const typed = {
  type: 'object',
  properties: {
    company: { type: 'string', description: 'Whose inbox it is' },
    locale: { enum: ['en', 'de'], default: 'en' },
    mail: { type: 'object', properties: { body: { type: 'string' } }, required: ['body'] },
  },
  required: ['company', 'mail'],
};
const format = {
  type: 'object',
  properties: { label: { enum: ['personal', 'newsletter', 'spam'] } },
  required: ['label'],
};

export const versions: PromptVersion[] = [
  {
    prompt: 'mail-triage',
    version: 3,
    digest: hex('p3'),
    message: 'Ask for the language as well',
    author: 'subject-ada',
    createdAt: '2026-11-24T10:12:00Z',
    messages: [
      {
        role: 'system',
        content:
          'You sort mail for {{company}} in {{locale}}.\nAnswer with one label.\nSpam is unwanted bulk mail, a ' +
          'newsletter is wanted bulk mail.',
      },
      { role: 'user', content: 'The message:\n{{mail.body}}' },
    ],
    variables: typed,
    examples: [
      { input: 'Win a prize now', output: '{"label":"spam"}' },
      { input: 'Lunch on Friday?', output: '{"label":"personal"}' },
    ],
    parameters: { temperature: 0, max_tokens: 16 },
    responseFormat: format,
  },
  {
    prompt: 'mail-triage',
    version: 2,
    digest: hex('p2'),
    message: 'Two examples',
    author: 'subject-ada',
    createdAt: '2026-11-24T09:40:00Z',
    messages: [
      { role: 'system', content: 'You sort mail for {{company}}.\nAnswer with one label.' },
      { role: 'user', content: 'The message:\n{{mail}}' },
    ],
    variables: schema('company', 'mail'),
    examples: [{ input: 'Win a prize now', output: '{"label":"spam"}' }],
    parameters: { temperature: 0.2 },
    responseFormat: format,
  },
  {
    prompt: 'mail-triage',
    version: 1,
    digest: hex('p1'),
    message: 'First version',
    author: eve,
    createdAt: '2026-11-24T09:00:00Z',
    messages: [{ role: 'user', content: 'Sort this mail: {{mail}}' }],
    variables: schema('mail'),
    examples: [],
    parameters: {},
    responseFormat: null,
  },
];

/** From version 2 to 3 of mail-triage, as the registry compares them. */
export const difference: PromptDifference = {
  from: 2,
  to: 3,
  messages: [
    {
      index: 0,
      fromRole: 'system',
      toRole: 'system',
      changed: true,
      lines: [
        {
          kind: 'REMOVED',
          fromLine: 1,
          toLine: null,
          text: 'You sort mail for {{company}}.',
          segments: [
            { kind: 'EQUAL', text: 'You sort mail for {{company}}' },
            { kind: 'EQUAL', text: '.' },
          ],
        },
        {
          kind: 'ADDED',
          fromLine: null,
          toLine: 1,
          text: 'You sort mail for {{company}} in {{locale}}.',
          segments: [
            { kind: 'EQUAL', text: 'You sort mail for {{company}}' },
            { kind: 'ADDED', text: ' in {{locale}}' },
            { kind: 'EQUAL', text: '.' },
          ],
        },
        { kind: 'EQUAL', fromLine: 2, toLine: 2, text: 'Answer with one label.', segments: [] },
        {
          kind: 'ADDED',
          fromLine: null,
          toLine: 3,
          text: 'Spam is unwanted bulk mail, a newsletter is wanted bulk mail.',
          segments: [],
        },
      ],
    },
    {
      index: 1,
      fromRole: 'user',
      toRole: 'user',
      changed: true,
      lines: [
        { kind: 'EQUAL', fromLine: 1, toLine: 1, text: 'The message:', segments: [] },
        {
          kind: 'REMOVED',
          fromLine: 2,
          toLine: null,
          text: '{{mail}}',
          segments: [{ kind: 'REMOVED', text: '{{mail}}' }],
        },
        {
          kind: 'ADDED',
          fromLine: null,
          toLine: 2,
          text: '{{mail.body}}',
          segments: [{ kind: 'ADDED', text: '{{mail.body}}' }],
        },
      ],
    },
  ],
  renamedVariables: {},
  examples: {
    added: [{ index: 1, example: { input: 'Lunch on Friday?', output: '{"label":"personal"}' } }],
    removed: [],
    changed: [],
  },
  configuration: [
    { pointer: '/variables/properties/locale', from: null, to: { enum: ['en', 'de'], default: 'en' } },
    { pointer: '/variables/properties/mail/type', from: 'string' as never, to: 'object' as never },
    { pointer: '/parameters/temperature', from: 0.2 as never, to: 0 as never },
    { pointer: '/parameters/max_tokens', from: null, to: 16 as never },
  ],
};

export const lint: LintReport = {
  violations: [],
  findings: [
    {
      rule: 'untrusted-variable',
      severity: 'WARNING',
      pointer: '/messages/1/content',
      message: 1,
      line: 2,
      column: 1,
      excerpt: '{{mail.body}}',
      detail: 'Set the untrusted text off with a fence and say that it is data.',
    },
  ],
};

export const labels: Label[] = [
  {
    label: 'latest',
    version: 3,
    digest: hex('p3'),
    movedAt: '2026-11-24T10:12:00Z',
    movedBy: 'subject-ada',
    locked: false,
  },
  {
    label: 'production',
    version: 2,
    digest: hex('p2'),
    movedAt: '2026-11-24T11:00:00Z',
    movedBy: 'subject-ben',
    locked: true,
  },
  {
    label: 'staging',
    version: 3,
    digest: hex('p3'),
    movedAt: '2026-11-24T10:15:00Z',
    movedBy: 'subject-ada',
    locked: false,
  },
];

const moving = { author: 'subject-ada', digest: hex('p3') };

export const moves: LabelMove[] = [
  {
    ...moving,
    labelMoveId: 'm-3',
    label: 'production',
    from: 2,
    to: 3,
    state: 'REQUESTED',
    requester: 'subject-ada',
    requestedAt: '2026-11-24T12:00:00Z',
  },
  {
    ...moving,
    labelMoveId: 'm-2',
    label: 'production',
    from: 1,
    to: 2,
    state: 'MOVED',
    requester: 'subject-ada',
    requestedAt: '2026-11-24T10:50:00Z',
    decidedBy: 'subject-ben',
    decidedAt: '2026-11-24T11:00:00Z',
    approvalId: 'a-3',
    reason: 'Measured better',
  },
  {
    ...moving,
    labelMoveId: 'm-1',
    label: 'staging',
    from: 2,
    to: 3,
    state: 'MOVED',
    requester: max,
    requestedAt: '2026-11-24T10:15:00Z',
  },
];

const events: [type: string, source: string, subject: string, actor: string, payload: Record<string, unknown>][] = [
  [
    'application.registered',
    'strategy',
    'mail-triage',
    'subject-ada',
    { application: 'mail-triage', owner: 'support' },
  ],
  [
    'criteria.registered',
    'strategy',
    'mail-triage',
    'subject-ada',
    { application: 'mail-triage', version: 1, criteriaDigest: hex('criteria') },
  ],
  [
    'prompt.version-published',
    'prompt-registry',
    'mail-triage',
    eve,
    { prompt: 'mail-triage', version: 3, digest: hex('p3'), author: eve },
  ],
  [
    'action.denied',
    'training',
    'denial/0190b000',
    max,
    {
      action: 'POST /api/applications/{name}/criteria',
      subject: '/api/applications/mail-triage/criteria',
      problem: 'single-metric-gate',
    },
  ],
  [
    'release.requested',
    'inference',
    'r-2',
    'subject-ada',
    {
      releaseId: 'r-2',
      application: 'mail-triage',
      environment: 'production',
      requester: 'subject-ada',
      authors: ['subject-ada', eve],
    },
  ],
  [
    'approval.decided',
    'compliance',
    'a-3',
    'subject-ben',
    { approvalId: 'a-3', requestType: 'waiver.requested', decision: 'APPROVED', decidedBy: 'subject-ben' },
  ],
];

const leaves = events.map((event) => leafHash(event.slice(0, 4).join(' ')));

export const auditEntries: AuditEntry[] = events
  .map(([type, source, object, actor, payload], index) => ({
    index,
    type,
    source,
    object,
    actor,
    occurredAt: `2026-11-25T00:0${index}:00Z`,
    outcome: type === 'action.denied' ? 'DENIED' : 'RECORDED',
    eventId: `0190b000-0000-7000-8000-00000000000${index}`,
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    leafHash: leaves[index]?.toString('hex') ?? '',
    contentDigest: hex(type),
    attributes: {},
    payload,
  }))
  .reverse();

export function detail(index: number): AuditDetail | undefined {
  const entry = auditEntries.find((one) => one.index === index);
  return entry && { entry, before: index === 4 ? auditEntries.find((one) => one.index === 2) : null };
}

export function proof(index: number): InclusionProof {
  return {
    index,
    treeSize: leaves.length,
    leafHash: leaves[index]?.toString('hex') ?? '',
    root: head.root,
    path: pathTo(index, leaves).map((step) => step.toString('hex')),
  };
}

const head: Head = {
  treeSize: leaves.length,
  root: rootHash(leaves).toString('hex'),
  signedAt: '2026-11-25T01:20:00Z',
  keyId: '6f1b2c3d4e5f6a7b',
  signature: 'c2lnbmF0dXJl',
};
export const verified: Verification = {
  holds: true,
  entries: leaves.length,
  heads: 9,
  newest: head,
  findings: [],
  milliseconds: 12,
};
export const unwritten: Verification = {
  holds: true,
  entries: 0,
  heads: 0,
  newest: null,
  findings: [],
  milliseconds: 1,
};
export const broken: Verification = {
  ...verified,
  holds: false,
  findings: [
    { index: 3, what: 'The stored leaf hash differs from the hash of the stored payload' },
    { index: null, what: 'The head over 6 entries has another root' },
  ],
};
