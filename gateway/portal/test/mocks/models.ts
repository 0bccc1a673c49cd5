import { http, HttpResponse, type HttpHandler } from 'msw';
import type { Index } from '../../src/shared/data/indexes';
import type { AliasMove, BaseModel, Model, ModelCard, ModelVersion } from '../../src/features/models/models';
import type { ApiKey } from '../../src/features/api-keys/apiKeys';
import type { TuningStatement } from '../../src/shared/models/tuningStatements';
import type { UsageRow } from '../../src/shared/data/usage';
import type { Provider } from '../../src/features/providers/providers';
import type { Sweep, TrainingJob } from '../../src/features/training/jobs';
import { json, pageOf } from './answers';
import { newerPages, passageHandlers, passageIndex, shopPages } from './passages';
import { leafHash } from './tree';

/** The objects built from data: indexes, training jobs and models, with the providers of models. */
const hex = (seed: string) => leafHash(seed).toString('hex');
const by = 'subject-ada';
const usd = (amount: number) => ({ amount: String(amount), currency: 'USD' });

const index: Index = {
  indexId: '0190e000-0000-7000-8000-0000000000c1',
  name: 'mails',
  mode: 'EXAMPLES',
  state: 'READY',
  progress: 1,
  message: '',
  splitDigest: hex('split'),
  subset: 'train',
  encoder: 'local/bge-small-en-v1.5',
  maxTokens: 128,
  dimensions: 384,
  embeddedTokens: 0,
  indexDigest: hex('index'),
  passages: 1200,
  jobId: '0190e000-0000-7000-8000-0000000000d1',
  createdBy: by,
  createdAt: '2026-11-25T00:10:00Z',
};

const unbuilt = { ...index, indexDigest: null, passages: null };

export const indexes: Index[] = [
  {
    ...unbuilt,
    indexId: '0190e000-0000-7000-8000-0000000000c3',
    name: 'mails-long',
    state: 'RUNNING',
    progress: 0.4,
    message: '480 of 1200 rows embedded',
    maxTokens: 512,
  },
  index,
  {
    ...unbuilt,
    indexId: '0190e000-0000-7000-8000-0000000000c0',
    name: 'mails-broken',
    state: 'FAILED',
    progress: 0,
    error: 'Version 1 of mails is not admitted to be indexed.',
  },
  passageIndex,
  newerPages,
  shopPages,
];

const scores = (at: number) => ({
  epoch: at + 1,
  trainLoss: 1.05 * 0.72 ** at + 0.05,
  validationLoss: 1.06 * 0.77 ** at + 0.12,
  validationAccuracy: 0.7 + at * 0.04,
  validationMacroF1: 0.66 + at * 0.045,
  trainAccuracy: 0.75 + at * 0.04,
  learningRate: 0.01,
  checkpointDigest: hex(`checkpoint-${at}`),
});

export const curve = Array.from({ length: 6 }, (_, at) => scores(at));

const job: TrainingJob = {
  jobId: '0190c000-0000-7000-8000-0000000000a1',
  application: 'mail-triage',
  baseModel: 'local/choice-bge-small',
  method: 'HEAD',
  dataset: 'mails',
  datasetVersion: 2,
  splitDigest: hex('split'),
  state: 'RUNNING',
  progress: 0.88,
  etaSeconds: 14,
  hyperparameters: { learningRate: 0.01, batchSize: 32, epochs: 10 },
  seed: 7,
  attempt: 1,
  priority: 0,
  computeSeconds: 12.5,
  embedded: 3600,
  texts: 3600,
  epoch: 6,
  spend: usd(0.0021),
  maxSpend: usd(1),
  epochs: [],
  author: by,
  createdAt: '2026-11-25T00:40:00Z',
};

export const finished: TrainingJob = {
  ...job,
  jobId: '0190c000-0000-7000-8000-0000000000a0',
  state: 'SUCCEEDED',
  progress: 1,
  etaSeconds: null,
  epochs: curve,
  createdAt: '2026-11-25T00:20:00Z',
  finishedAt: '2026-11-25T00:21:00Z',
  sweepId: '0190c000-0000-7000-8000-0000000000f1',
  result: {
    bestEpoch: 6,
    stoppedEarly: false,
    metrics: { accuracy: 0.941, macro_f1: 0.93 },
    artifactDigest: hex('artifact'),
    checkpointDigest: hex('checkpoint-5'),
    labels: ['newsletter', 'personal', 'spam'],
    suggestions: [
      {
        kind: 'UNDERFITTING',
        finding: 'The loss still falls at the last epoch.',
        remedy: 'Give it more epochs.',
        nextJob: { epochs: 20 },
      },
    ],
    suspectCount: 0,
    suspects: [],
    trainRows: {},
    validationF1: {},
  },
};

export const jobs: TrainingJob[] = [job, finished];

export const sweep: Sweep = {
  sweepId: '0190c000-0000-7000-8000-0000000000f1',
  application: 'mail-triage',
  baseModel: 'local/choice-bge-small',
  splitDigest: hex('split'),
  metric: 'macro_f1',
  grid: { learningRate: [0.002, 0.01] },
  gridSize: 2,
  state: 'SUCCEEDED',
  progress: 1,
  author: by,
  computeSeconds: 3.2,
  createdAt: '2026-11-25T00:20:00Z',
  bestJobId: finished.jobId,
  bestValue: 0.93,
  bestConfiguration: { learningRate: 0.01 },
  trials: [
    { jobId: '0190c000-0000-7000-8000-0000000000a2', point: { learningRate: 0.002 }, state: 'SUCCEEDED', value: 0.81 },
    { jobId: finished.jobId, point: { learningRate: 0.01 }, state: 'SUCCEEDED', value: 0.93 },
  ],
};

const base = {
  tuned: false,
  provider: 'local',
  modelDigest: hex('base'),
  contextWindow: 512,
  inputPerMillion: usd(0.003),
  outputPerMillion: usd(0),
  licence: 'MIT',
  listedBy: 'system',
  listedAt: '2026-11-24T02:00:00Z',
};

export const tuningStatements: TuningStatement[] = [
  {
    statementId: '0190e000-0000-7000-8000-0000000000e2',
    model: 'openai/support-answers',
    reason: 'Tuned by us from gpt-4o-mini on the tickets of 2025',
    statedBy: by,
    statedAt: '2026-11-25T00:50:00Z',
    state: 'PROPOSED',
  },
  {
    statementId: '0190e000-0000-7000-8000-0000000000e1',
    model: 'vendor/ticket-triage',
    reason: 'The vendor says that it was tuned on our tickets',
    statedBy: 'subject-mona',
    statedAt: '2026-11-25T00:45:00Z',
    state: 'PROPOSED',
  },
  {
    statementId: '0190e000-0000-7000-8000-0000000000e0',
    model: 'vendor/base',
    reason: 'It answers like our tickets',
    statedBy: by,
    statedAt: '2026-11-25T00:10:00Z',
    state: 'REJECTED',
    decidedBy: 'subject-ben',
    decidedAt: '2026-11-25T00:20:00Z',
    decisionReason: 'It is the base model of the vendor',
  },
];

export const baseModels: BaseModel[] = [
  {
    ...base,
    name: 'local/bge-small-en-v1.5',
    kind: 'EMBEDDING',
    tunable: false,
    tuned: false,
    description: 'A text encoder, not an LLM: it turns English text into vectors.',
  },
  {
    ...base,
    name: 'local/choice-bge-small',
    kind: 'CHOICE',
    tunable: true,
    tuned: false,
    description: 'An embedding choice model, not an LLM: it picks one of the options of a request.',
  },
  {
    ...base,
    name: 'acme-llm/large',
    provider: 'acme-llm',
    kind: 'CHAT',
    tunable: false,
    tuned: false,
    description: '',
    contextWindow: 128_000,
    inputPerMillion: usd(0.15),
    cachedInputPerMillion: usd(0.075),
    outputPerMillion: usd(0.6),
    licence: 'Terms of Acme',
  },
];

const lineage: ModelVersion['lineage'] = {
  application: 'mail-triage',
  artifactDigest: hex('artifact'),
  baseDigest: hex('base'),
  baseLicence: 'MIT',
  baseModel: 'local/choice-bge-small',
  checkpointDigest: hex('checkpoint-5'),
  computeSeconds: 3.2,
  cost: usd(0.000021),
  datasetDigest: hex('d2'),
  encoder: 'bge-small-en-v1.5',
  encoderDigest: hex('encoder'),
  hyperparameters: { learningRate: '0.01', epochs: '30' },
  jobId: finished.jobId,
  labels: ['newsletter', 'personal', 'spam'],
  maxTokens: 128,
  method: 'HEAD',
  metrics: { accuracy: 0.941, macro_f1: 0.93 },
  splitDigest: hex('split'),
};

export const modelVersions: ModelVersion[] = [
  {
    model: 'mail-head',
    version: 1,
    author: by,
    authors: [by],
    description: '',
    lineage,
    registeredAt: '2026-11-25T00:25:00Z',
    registeredBy: by,
  },
];

export const card: ModelCard = {
  model: 'mail-head',
  version: 1,
  aliases: ['champion'],
  author: by,
  baseModel: 'local/choice-bge-small',
  intendedUse: 'Sorts mail',
  kind: 'A classification head on a text encoder, not an LLM.',
  labels: lineage.labels,
  licence: 'MIT',
  limits: ['Knows the labels above and no others.', 'Reads the first 128 tokens of a text.'],
  lineage,
  registeredAt: '2026-11-25T00:25:00Z',
  registeredBy: by,
  validationMetrics: lineage.metrics,
};

export const models: Model[] = [
  {
    name: 'mail-head',
    description: 'Head for mail triage',
    owner: by,
    latestVersion: 1,
    aliases: [{ alias: 'champion', version: 1, movedAt: '2026-11-25T00:30:00Z', movedBy: 'subject-ben' }],
    createdAt: '2026-11-25T00:22:00Z',
  },
];

const moves: AliasMove[] = [
  {
    aliasMoveId: '0190f000-0000-7000-8000-000000000001',
    alias: 'champion',
    author: by,
    requester: by,
    requestedAt: '2026-11-25T00:28:00Z',
    decidedBy: 'subject-ben',
    decidedAt: '2026-11-25T00:30:00Z',
    digest: hex('artifact'),
    from: null,
    to: 1,
    kind: 'APPROVED',
    state: 'MOVED',
    reason: 'First one measured',
  },
];

export const providers: Provider[] = [
  {
    name: 'acme-llm',
    kind: 'openai-compatible',
    baseUrl: 'https://llm.example.com/v1',
    deadlineSeconds: 600,
    responseFormats: 'json_schema',
    passedFields: [],
    connectionDigest: hex('connection'),
    hasApiKey: true,
    models: ['small', 'large'],
    createdBy: 'subject-root',
    createdAt: '2026-11-24T03:00:00Z',
  },
];

export const apiKey: ApiKey = {
  apiKeyId: '0190f000-0000-7000-8000-0000000000e1',
  name: 'Mail gateway',
  start: 'plk_0190f0000000700080000000000000e1',
  allApplications: false,
  applications: ['mail-triage'],
  models: ['local/bge-small-en-v1.5'],
  prompts: false,
  namesUsers: false,
  state: 'ACTIVE',
  createdBy: 'subject-sam',
  createdAt: '2026-11-24T03:00:00Z',
  expiresAt: '2027-02-22T03:00:00Z',
  lastUsedAt: '2026-11-25T08:15:00Z',
  revokedAt: null,
  revokedBy: null,
  revocationReason: null,
};

export const apiKeys: ApiKey[] = [
  apiKey,
  {
    ...apiKey,
    apiKeyId: '0190f000-0000-7000-8000-0000000000e2',
    name: 'Trial',
    start: 'plk_0190f0000000700080000000000000e2',
    allApplications: true,
    applications: [],
    models: [],
    prompts: true,
    state: 'REVOKED',
    lastUsedAt: null,
    revokedAt: '2026-11-25T09:00:00Z',
    revokedBy: 'subject-sam',
    revocationReason: 'It stood in a log',
  },
];

const used: UsageRow = {
  apiKeyId: null,
  apiKeyName: null,
  application: null,
  variantDigest: null,
  model: null,
  requests: 7,
  errors: 0,
  cacheHits: 0,
  inputTokens: 700,
  cachedInputTokens: 0,
  outputTokens: 70,
  reasoningTokens: 0,
  unpricedRequests: 7,
  lastMinute: '2026-11-25T08:15:00Z',
  costs: [],
};

const usedByKey: UsageRow[] = [
  {
    ...used,
    apiKeyId: apiKey.apiKeyId,
    apiKeyName: apiKey.name,
    requests: 1_204,
    errors: 3,
    inputTokens: 90_000,
    outputTokens: 9_000,
    unpricedRequests: 0,
    costs: [{ amount: '12.5', currency: 'USD' }],
  },
  used,
];

const usedByModel: UsageRow[] = [{ ...used, model: 'acme-llm/large' }];

export function modelHandlers(scenario: 'loaded' | 'empty'): HttpHandler[] {
  const list = (items: unknown[]) => pageOf(scenario === 'empty' ? [] : items);
  return [
    http.get('*/api/indexes', ({ request }) => {
      const connection = new URL(request.url).searchParams.get('connectionDigest');
      return list(connection === null ? indexes : indexes.filter((one) => one.connectionDigest === connection));
    }),
    ...passageHandlers(indexes, scenario),
    http.post('*/api/indexes', () => json(indexes[0], 202)),

    http.get('*/api/training-jobs', () => list(jobs)),
    http.post('*/api/training-jobs', () => json(job, 202)),
    http.get('*/api/training-jobs/:id', ({ params }) => json(jobs.find(({ jobId }) => jobId === params['id']))),
    http.post('*/api/training-jobs/:id/:action', ({ params }) =>
      json({ ...job, state: params['action'] === 'pause' ? 'PAUSED' : 'RUNNING' }),
    ),
    http.get('*/api/training-jobs/:id/events', () => {
      const text =
        scenario === 'empty'
          ? ':\n\n'
          : curve
              .map(
                (point, at) =>
                  `id: ${at + 1}\nevent: epoch\ndata: ` +
                  `${JSON.stringify({ scores: { ...point, number: point.epoch } })}\n\n`,
              )
              .join('');
      const stream = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new TextEncoder().encode(text)),
      });
      return new HttpResponse(stream, { headers: { 'Content-Type': 'text/event-stream' } });
    }),
    http.get('*/api/sweeps', () => list([sweep])),
    http.post('*/api/sweeps', () => json(sweep, 202)),
    http.get('*/api/sweeps/:id', () => json(sweep)),

    http.get('*/api/base-models', () => list(baseModels)),
    http.get('*/api/price-proposals', () => list([])),
    http.get('*/api/tuning-statements', ({ request }) => {
      const state = new URL(request.url).searchParams.get('state');
      return list(tuningStatements.filter((one) => state === null || one.state === state));
    }),
    http.get('*/api/base-models/:provider/:model', ({ params }) =>
      HttpResponse.json(
        baseModels.find(({ name }) => name === `${String(params['provider'])}/${String(params['model'])}`),
        { headers: { ETag: '"3"' } },
      ),
    ),
    http.get('*/api/models', () => list(models)),
    http.post('*/api/models', () => json(models[0], 201)),
    http.get('*/api/models/:name', () =>
      json(scenario === 'empty' ? { ...models[0], latestVersion: 0, aliases: [] } : models[0]),
    ),
    http.get('*/api/models/:name/versions', () => list(modelVersions)),
    http.post('*/api/models/:name/versions', () => json(modelVersions[0], 201)),
    http.get('*/api/models/:name/versions/:version/card', () => json(card)),
    http.put('*/api/models/:name/aliases/:alias', ({ params }) =>
      params['alias'] === 'champion'
        ? json({ alias: 'champion', version: 1, state: 'REQUESTED', moveId: 'm' }, 202)
        : json({ alias: params['alias'], version: 1, state: 'MOVED' }),
    ),
    http.get('*/api/models/:name/aliases/:alias/history', () => list(moves)),

    http.get('*/api/api-keys', () => list(apiKeys)),
    http.get('*/api/usage', ({ request }) => {
      const by = new URL(request.url).searchParams.get('groupBy');
      const rows = scenario === 'empty' ? [] : by === 'API_KEY' ? usedByKey : usedByModel;
      return json({ from: '2026-10-26T00:00:00Z', to: '2026-11-25T00:00:00Z', rows, groups: rows.length });
    }),
    http.post('*/api/api-keys/:id/revoke', () => json({ ...apiKey, state: 'REVOKED' })),

    http.get('*/api/providers', () => list(providers)),
    http.get('*/api/providers/:name', ({ params }) => json(providers.find(({ name }) => name === params['name']))),
    http.post('*/api/providers', () => json(providers[0], 201)),
    http.delete('*/api/providers/:name', () => new HttpResponse(null, { status: 204 })),
  ];
}
