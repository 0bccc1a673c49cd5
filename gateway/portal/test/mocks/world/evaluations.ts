import type { Baseline, Comparison } from '../../../src/features/evaluations/evaluations';
import type { Run, Verdict } from '../../../src/shared/data/evaluations';
import type { Suite } from '../../../src/shared/data/suites';
import { hex } from './names';

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
  fallbackItems: 0,
  retries: 0,
  pauses: 0,
  processors: ['AMD EPYC (avx2, avx512f)'],
  sealed: false,
  unmeasured: {},
  consistency: {},
  judging: null,
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
    activity: '100 of 500 answered',
    metrics: {},
    classes: [],
    confusion: null,
    finishedAt: null,
  },
  {
    ...run,
    runId: 'run-3',
    variantDigest: hex('three'),
    leakage: { items: 502, leaking: 2, sources: { TRAINING: 2, VALIDATION: 1 } },
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
    scores: { label: { score: 0, reason: 'The label answered is “newsletter”.' } },
    judged: {},
    notApplicable: [],
    abstained: false,
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
    scores: { label: { score: 1, reason: 'The label answered is “personal”.' } },
    judged: {},
    notApplicable: [],
    abstained: false,
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
    scores: {},
    judged: {},
    notApplicable: [],
    abstained: false,
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
    openingRequests: [],
    datasetVersion: 2,
    labels: ['newsletter', 'personal', 'spam'],
    metrics: [
      { metric: 'exact_match', kind: 'TASK_QUALITY', direction: 'AT_LEAST', largest: 1 },
      { metric: 'accuracy', kind: 'TASK_QUALITY', direction: 'AT_LEAST', largest: 1 },
      { metric: 'macro_f1', kind: 'TASK_QUALITY', direction: 'AT_LEAST', largest: 1 },
      { metric: 'latency_p50_ms', kind: 'LATENCY', direction: 'AT_MOST', largest: null },
      { metric: 'latency_p95_ms', kind: 'LATENCY', direction: 'AT_MOST', largest: null },
      { metric: 'cost_per_1000_usd', kind: 'COST', direction: 'AT_MOST', largest: null },
      { metric: 'consistency', kind: 'ROBUSTNESS', direction: 'AT_LEAST', largest: 1 },
    ],
    items: 400,
    subsetItems: 400,
    perturbedItems: 100,
    applicableItems: {},
    trivialScores: [
      { variant: 'ALWAYS_ABSTAINS', label: null, scores: { consistency: 1 }, notComputed: {} },
      { variant: 'NEVER_ABSTAINS', label: null, scores: {}, notComputed: {} },
      {
        variant: 'COMMONEST_LABEL',
        label: 'personal',
        scores: { exact_match: 0.705, accuracy: 0.705, macro_f1: 0.276, consistency: 1 },
        notComputed: {},
      },
    ],
    createdBy: 'subject-ada',
    createdAt: '2026-11-24T12:30:00Z',
    definition: {
      name: 'mail-triage',
      splitDigest: hex('split'),
      subset: 'test',
      subsetDigest: hex('subset'),
      scorers: [
        { type: 'label', name: 'label', version: 1 },
        { type: 'exact', name: 'exact_match', version: 1 },
      ],
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
  models: ['local/choice-bge-small'],
  modelServers: [],
  fallbackItems: 0,
  retries: 0,
  pauses: 0,
  baselineRunId: 'run-1',
};

export const verdicts: Verdict[] = [
  {
    ...verdict,
    verdictId: 'v-3',
    sequence: 3,
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
    sequence: 2,
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
        smallestEffect: 0.052,
        reason:
          'accuracy is 0.8680, 95% interval 0.8310 to 0.8980: at least 0.8500 is neither shown nor missed; ' +
          'about 220 more items would decide it at this value',
      },
    ],
  },
  {
    ...verdict,
    verdictId: 'v-1',
    sequence: 1,
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
        reason: 'accuracy is 0.7120, 95% interval 0.6660 to 0.7550: at least 0.8500 is missed',
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
    exploration: false,
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
        scorer: 'label',
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

export const itemDifferences = [
  {
    itemId: 'item-1',
    ordinal: 0,
    baselineOrdinal: 0,
    label: 'spam',
    baselinePrediction: 'newsletter',
    prediction: 'spam',
    scores: { label: { baseline: 0, score: 1, difference: 1 } },
  },
];
