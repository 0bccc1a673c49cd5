import { http, HttpResponse, type HttpHandler } from 'msw';
import type { ListedTrace, TraceContent, TraceDetail } from '../../src/shared/data/traces';
import type { Histogram } from '../../src/features/traces/traces';
import type { Feedback, ReleaseFeedback } from '../../src/shared/feedback/feedback';
import type { Receipt } from '../../src/features/traces/receipt/receipt';
import { leafOf } from '../../src/shared/data/merkle';
import { json, pageOf } from './answers';
import { hex } from './world/names';

const trace: ListedTrace = {
  requestId: '0190e000-0000-7000-8000-0000000000a1',
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  responseId: 'chatcmpl-AAGiHQK34XP6ndMSqR2dHsAB',
  startedAt: '2026-11-25T01:12:03.250Z',
  durationMillis: 1_250.5,
  firstTokenMillis: 312.25,
  operation: 'CHAT',
  application: 'mail-triage',
  environment: 'production',
  releaseId: 'r-2',
  arm: 'canary',
  variantDigest: hex('one'),
  model: 'acme-llm/large',
  caller: 'subject-ada',
  userHash: '9f2c47d01b6e8a35c4d7f0e1a2b3c4d5',
  sessionId: 'chat-4711',
  status: 'OK',
  error: null,
  finishReason: 'stop',
  cache: 'bypass',
  streamed: true,
  inputTokens: 1_204,
  cachedInputTokens: 1_024,
  outputTokens: 86,
  reasoningTokens: 0,
  cost: { amount: '0.0031', currency: 'USD' },
  contents: 'MASKED',
};

export const traces: ListedTrace[] = [
  { ...trace, question: 'Write to <EMAIL>', answer: 'spam' },
  {
    ...trace,
    requestId: '0190e000-0000-7000-8000-0000000000a2',
    traceId: '5c1f8f5d1c0e4b3a9d7e6f5a4b3c2d1e',
    responseId: 'chatcmpl-BBHiHQK34XP6ndMSqR2dHsAC',
    startedAt: '2026-11-25T01:11:55Z',
    arm: 'control',
    model: 'local/extract-bge-small',
    cost: { amount: '0', currency: 'USD' },
    question: 'How is a gift card paid back?',
    answer: 'A gift card is paid back as a gift card. [1]',
  },
  {
    ...trace,
    requestId: '0190e000-0000-7000-8000-0000000000a0',
    traceId: '00f067aa0ba902b700f067aa0ba902b7',
    startedAt: '2026-11-25T01:11:40Z',
    durationMillis: 4.25,
    firstTokenMillis: null,
    application: null,
    environment: null,
    releaseId: null,
    arm: null,
    variantDigest: null,
    userHash: null,
    sessionId: null,
    status: 'ERROR',
    error: 'provider_timeout',
    finishReason: null,
    streamed: false,
    outputTokens: 0,
    cost: null,
    contents: 'NONE',
  },
];

const steps: TraceDetail['steps'] = [
  { kind: 'RESOLVE', startMillis: 0, durationMillis: 0.4, details: [] },
  { kind: 'RENDER', startMillis: 0.5, durationMillis: 12.5, details: [] },
  { kind: 'RETRIEVE', startMillis: 0.75, durationMillis: 11, details: [{ name: 'passages', value: '4' }] },
  { kind: 'FIT', startMillis: 13.1, durationMillis: 0.1, details: [{ name: 'trimmed', value: '2' }] },
  { kind: 'CALL', startMillis: 13.5, durationMillis: 1_237, details: [] },
];

/** The steps of a variant that retrieved passages without the answer, and abstained. */
const abstaining: TraceDetail['steps'] = [
  {
    kind: 'RETRIEVE',
    startMillis: 0.5,
    durationMillis: 11,
    details: [
      { name: 'index', value: hex('help-index') },
      { name: 'passages', value: '2' },
      { name: 'ids', value: '3f9c1d7e5b2a4086 51c0de8a90b7f3e2' },
    ],
  },
  {
    kind: 'CALL',
    startMillis: 13.5,
    durationMillis: 20,
    details: [{ name: 'model', value: 'local/extract-bge-small' }],
  },
  {
    kind: 'CHECK',
    startMillis: 33.5,
    durationMillis: 0.1,
    details: [
      { name: 'abstained', value: 'true' },
      { name: 'confidence', value: '0.2145' },
    ],
  },
];

const content: TraceContent = {
  contents: 'MASKED',
  input: { messages: [{ role: 'user', content: 'Write to <EMAIL>' }] },
  output: [{ role: 'assistant', content: 'spam' }],
  truncated: false,
};

const judged: Feedback = {
  responseId: 'chatcmpl-AAGiHQK34XP6ndMSqR2dHsAB',
  metric: 'correctness',
  correct: false,
  score: 0.25,
  application: 'mail-triage',
  releaseId: 'r-2',
  arm: 'canary',
  variantDigest: hex('one'),
  correctionContents: 'MASKED',
  caller: 'subject-ada',
  answeredOn: '2026-11-25',
  recordedAt: '2026-11-25T01:20:00Z',
};

export const feedback: Feedback[] = [
  judged,
  {
    ...judged,
    metric: 'tone',
    correct: true,
    score: null,
    correctionContents: null,
    recordedAt: '2026-11-25T01:19:00Z',
  },
];

export const releaseFeedback: ReleaseFeedback = {
  releaseId: 'r-2',
  figures: [
    {
      metric: 'correctness',
      arm: 'canary',
      count: 10,
      correct: 8,
      correctShare: 0.8,
      correctLow: 0.4901625,
      correctHigh: 0.9433178,
      scores: 4,
      meanScore: 0.85,
      corrections: 1,
    },
    {
      metric: 'correctness',
      arm: 'control',
      count: 100,
      correct: 90,
      correctShare: 0.9,
      correctLow: 0.8256343,
      correctHigh: 0.9447708,
      scores: 0,
      meanScore: null,
      corrections: 3,
    },
  ],
};

const record = `{"requestId":"${trace.requestId}","responseId":"${trace.responseId}","status":"OK"}`;
export const batch = 'usage/0190f000-0000-7000-8000-0000000000b1';

/** Returns the ledger entry with the root of a batch, as the audit shows it. */
export async function reported({ index, leafHash }: { index: number; leafHash: string }): Promise<object> {
  return { index, leafHash, object: batch, warnings: [], payload: { requests: 1, recordsRoot: await leafOf(record) } };
}

/** Returns the receipt of a batch with only one request. */
export async function receiptOf(record: string): Promise<Receipt> {
  const root = await leafOf(record);
  return {
    record,
    batchId: batch.slice('usage/'.length),
    leafHash: root,
    index: 0,
    count: 1,
    path: [],
    root,
    eventType: 'usage.reported',
    eventSubject: batch,
  };
}

function stepsOf({ status, model }: ListedTrace): TraceDetail['steps'] {
  if (status === 'ERROR') return [];
  return model === 'local/extract-bge-small' ? abstaining : steps;
}

export const histogram: Histogram = {
  from: '2026-11-25T01:00:00Z',
  to: '2026-11-25T01:15:00Z',
  bucketSeconds: 300,
  buckets: [
    { from: '2026-11-25T01:00:00Z', calls: 0, errors: 0 },
    { from: '2026-11-25T01:05:00Z', calls: 1_200, errors: 0 },
    { from: '2026-11-25T01:10:00Z', calls: 40, errors: 3 },
  ],
};

export function traceHandlers(scenario: 'loaded' | 'empty'): HttpHandler[] {
  return [
    http.get('*/api/traces', ({ request }) => {
      const asked = new URL(request.url).searchParams;
      return pageOf(
        scenario === 'empty'
          ? []
          : traces.filter(
              ({ status, application, traceId, responseId }) =>
                (asked.get('feedback') !== 'NONE' || responseId !== judged.responseId) &&
                (asked.get('status') ?? status) === status &&
                (asked.get('application') ?? application) === application &&
                (asked.get('traceId') ?? traceId) === traceId,
            ),
      );
    }),
    http.get('*/api/traces/histogram', () => json(scenario === 'empty' ? { ...histogram, buckets: [] } : histogram)),
    http.get('*/api/traces/:id', ({ params }) => {
      const found = traces.find(({ requestId, traceId, responseId }) =>
        [requestId, traceId, responseId].includes(String(params['id'])),
      );
      return found === undefined
        ? HttpResponse.json({ type: '/problems/not-found', title: 'Not found', status: 404 }, { status: 404 })
        : json({ trace: found, steps: stepsOf(found) });
    }),
    http.get('*/api/feedback', ({ request }) => {
      const asked = new URL(request.url).searchParams;
      return pageOf(
        scenario === 'empty'
          ? []
          : feedback.filter(
              ({ metric, correct }) =>
                (asked.get('metric') ?? metric) === metric &&
                (asked.get('correct') ?? String(correct)) === String(correct),
            ),
      );
    }),
    http.get('*/api/traces/:id/feedback', ({ params }) =>
      pageOf([trace.requestId, trace.traceId, trace.responseId].includes(String(params['id'])) ? feedback : []),
    ),
    http.get('*/api/traces/:id/corrections', () =>
      pageOf([
        {
          metric: 'correctness',
          caller: 'subject-ada',
          contents: 'MASKED',
          text: 'ham, says <EMAIL>',
          recordedAt: '2026-11-25T01:20:00Z',
        },
      ]),
    ),
    http.get('*/api/releases/:id/feedback', ({ params }) =>
      json(params['id'] === 'r-2' ? releaseFeedback : { releaseId: params['id'], figures: [] }),
    ),
    http.get('*/api/traces/:id/content', () => json(content)),
    http.get('*/api/traces/:id/receipt', async () => json(await receiptOf(record))),
    http.get('*/api/trace-policy', () => json({ contents: 'MASKED', retentionDays: 30 })),
    http.put('*/api/trace-policy', async ({ request }) => json(await request.json())),
  ];
}
