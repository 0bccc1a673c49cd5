import { http, type HttpHandler } from 'msw';
import type { AbstentionCurve, Distribution, ListedRunItem, Output, Run, Suite } from '../../src/features/runs/runs';
import { json, pageOf } from './answers';
import { runs, suites } from './world/evaluations';
import { hex } from './world/names';

/** A run over questions about documents. The documents do not answer some of its validation rows. */
const digest = hex('questions');
const [base] = suites;
const finished = runs.find(({ runId }) => runId === 'run-3');
if (base === undefined || finished === undefined) throw new Error('the world has no finished run');

export const questionSuite: Suite = {
  ...base,
  name: 'help-desk',
  suiteDigest: digest,
  labels: [],
  items: 164,
  subsetItems: 164,
  perturbedItems: 0,
  trivialScores: [
    {
      variant: 'ALWAYS_ABSTAINS',
      label: null,
      scores: { token_f1: 0.195, citation_precision: 0, out_of_scope_recall: 1 },
      notComputed: { recall_at_k: 'it depends on what is retrieved' },
    },
    { variant: 'NEVER_ABSTAINS', label: null, scores: { out_of_scope_recall: 0 }, notComputed: {} },
  ],
  applicableItems: { recall_at_k: 132, citation_precision: 132, out_of_scope_recall: 32 },
  metrics: [
    { metric: 'token_f1', kind: 'TASK_QUALITY', direction: 'AT_LEAST', largest: 1 },
    { metric: 'recall_at_k', kind: 'TASK_QUALITY', direction: 'AT_LEAST', largest: 1 },
    { metric: 'citation_precision', kind: 'TASK_QUALITY', direction: 'AT_LEAST', largest: 1 },
    { metric: 'out_of_scope_recall', kind: 'TASK_QUALITY', direction: 'AT_LEAST', largest: 1 },
    { metric: 'brier', kind: 'TASK_QUALITY', direction: 'AT_MOST', largest: 1 },
    { metric: 'latency_p95_ms', kind: 'LATENCY', direction: 'AT_MOST', largest: null },
    { metric: 'cost_per_1000_usd', kind: 'COST', direction: 'AT_MOST', largest: null },
  ],
  definition: {
    ...base.definition,
    name: 'help-desk',
    subset: 'validation',
    scorers: [
      { type: 'token_f1', name: 'token_f1', version: 1 },
      { type: 'recall_at_k', name: 'recall_at_k', version: 1, k: 5 },
      { type: 'citation_precision', name: 'citation_precision', version: 1 },
      { type: 'out_of_scope_recall', name: 'out_of_scope_recall', version: 1 },
      { type: 'brier', name: 'brier', version: 1, of: 'token_f1' },
    ],
    perturbations: [],
    perturbedItems: 0,
  },
};

const measure = (value: number, observations: number) => ({
  value,
  low: value - 0.05,
  high: value + 0.05,
  observations,
});

export const questionRun: Run = {
  ...finished,
  runId: 'run-6',
  suiteDigest: digest,
  items: 164,
  leakage: null,
  classes: [],
  confusion: null,
  metrics: {
    token_f1: measure(0.71, 164),
    recall_at_k: measure(0.88, 132),
    citation_precision: measure(0.74, 132),
    out_of_scope_recall: measure(0.56, 32),
    brier: measure(0.19, 164),
    latency_p95_ms: { value: 61, low: 58, high: 66, observations: 164 },
  },
};

const item: ListedRunItem = {
  itemId: 'question-1',
  question: 'When is my money paid back? I am <EMAIL>.',
  expected: '14 days',
  answer: '“Money is paid back within 14 days.” [1] Gift cards are new ones. [2]',
  ordinal: 0,
  perturbation: 'NONE',
  label: null,
  prediction: null,
  answered: true,
  scores: {
    token_f1: { score: 0.667, reason: 'F1 of the words with the nearest of 1 answers.' },
    recall_at_k: {
      score: 1,
      reason: '1 of 1 passages referred to are among the first 3 retrieved, the first at rank 1.',
    },
    citation_precision: { score: 0.5, reason: '1 of 2 passages cited are referred to.' },
  },
  judged: {},
  notApplicable: ['out_of_scope_recall'],
  abstained: false,
  confidence: 0.8123,
  latencyMillis: 54,
  reused: false,
  requestDigest: hex('question-1'),
};

export const questionItems: ListedRunItem[] = [
  item,
  {
    ...item,
    itemId: 'question-2',
    question: 'Will it rain in Leeds?',
    expected: 'Not answered by the documents',
    answer: 'Our pages do not say.',
    ordinal: 1,
    scores: {
      token_f1: { score: 1, reason: 'Nothing was answered, as is right.' },
      out_of_scope_recall: { score: 1, reason: 'The variant abstained.' },
    },
    notApplicable: ['recall_at_k', 'citation_precision'],
    abstained: true,
    confidence: 0.31,
    requestDigest: hex('question-2'),
  },
];

const passages = [
  {
    number: 1,
    passageId: 'p1',
    documentId: 'returns.md',
    title: 'Returns',
    section: 'Refunds',
    url: 'https://help.example.com/returns',
    publishedAt: '2026-11-01T08:00:00Z',
    score: 0.0328,
    text: 'Money is paid back within 14 days, by the way in which the order was paid.',
  },
  {
    number: 2,
    passageId: 'p2',
    documentId: 'gifts.md',
    title: 'Gift cards',
    section: '',
    score: 0.0301,
    text: 'A gift card is valid for three years.',
  },
  {
    number: 3,
    passageId: 'p3',
    documentId: 'orders.md',
    title: 'Orders',
    section: 'Changes',
    score: 0.0159,
    text: 'An order can be changed until it is packed.',
  },
];

const cite = (start: number, { number, passageId, documentId, title, section }: (typeof passages)[number]) => ({
  type: 'url_citation',
  url_citation: { start_index: start, end_index: start + 3, url: `document:${documentId}`, title },
  passage: { number, passageId, documentId, section, start: 0, end: 10 },
});
const [refunds, gifts] = passages;
const content = '“Money is paid back within 14 days.” [1] Gift cards are new ones. [2]';

const output: Output = {
  responseId: 'resp_q1',
  model: 'local/extract-bge-small',
  systemFingerprint: null,
  message: {
    role: 'assistant',
    content,
    annotations: [
      ...(refunds ? [cite(content.indexOf('[1]'), refunds)] : []),
      ...(gifts ? [cite(content.indexOf('[2]'), gifts)] : []),
    ],
  } as Output['message'],
  finishReason: 'stop',
  usage: null,
  plumbline: { confidence: 0.8123, abstained: false, passages } as Output['plumbline'],
};

export const abstentionCurve: AbstentionCurve = {
  runId: 'run-6',
  scorer: 'token_f1',
  inScopeScorer: 'in_scope_coverage',
  outOfScopeScorer: 'out_of_scope_recall',
  points: [
    { threshold: 0.31, coverage: 0.94, inScopeCoverage: 1, answered: 154, score: 0.72, outOfScopeRecall: 0.31 },
    { threshold: 0.6235, coverage: 0.81, inScopeCoverage: 0.947, answered: 133, score: 0.84, outOfScopeRecall: 0.75 },
    { threshold: 0.8123, coverage: 0.42, inScopeCoverage: 0.515, answered: 69, score: 0.93, outOfScopeRecall: 0.97 },
    { threshold: 0.97, coverage: 0, inScopeCoverage: 0, answered: 0, score: null, outOfScopeRecall: 1 },
  ],
};

/** Returns a distribution of twelve ranges, as evaluation counts them. */
export function distribution(scorer: string, counts: number[], notApplicable = 0): Distribution {
  const ranges = counts.map((items, index) => ({
    from: Math.max(0, index - 1) / 10,
    to: Math.min(10, index) / 10,
    items,
  }));
  return { scorer, ranges, notApplicable };
}

const distributions = [
  distribution('token_f1', [14, 0, 2, 5, 9, 11, 17, 12, 9, 7, 4, 74]),
  distribution('recall_at_k', [16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 116], 32),
];

/** The handlers of the run over questions. Every other run has only a distribution. */
export const questionHandlers: HttpHandler[] = [
  http.get(`*/api/suites/${digest}`, () => json(questionSuite)),
  http.get('*/api/runs/run-6', () => json(questionRun)),
  http.get('*/api/runs/run-6/items', ({ request }) => {
    const { searchParams } = new URL(request.url);
    return pageOf(questionItems.filter(({ abstained }) => searchParams.get('abstained') !== 'true' || abstained));
  }),
  http.get('*/api/runs/run-6/items/0', () =>
    json({
      item,
      expected: {
        label: null,
        references: [],
        rubric: null,
        toolCalls: [],
        answers: ['14 days'],
        passages: [{ documentId: 'returns.md', section: 'Refunds', text: 'within 14 days' }],
      },
      output,
      replies: {},
      relevant: [1],
    }),
  ),
  http.get('*/api/runs/run-6/abstention', () => json(abstentionCurve)),
  http.get('*/api/runs/run-6/scores', () => json({ runId: 'run-6', distributions })),
  http.get('*/api/runs/:id/scores', ({ params }) =>
    json({ runId: params['id'], distributions: [distribution('label', [23, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 377])] }),
  ),
];
