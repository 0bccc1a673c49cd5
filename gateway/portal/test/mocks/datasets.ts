import { http, HttpResponse, type HttpHandler } from 'msw';
import type { Datasheet } from '../../src/shared/data/datasheets';
import type { Dataset, DatasetVersion, Finding, Split } from '../../src/features/datasets/datasets';
import type { DraftItem } from '../../src/shared/items/draft';
import type { Item, ListedItem } from '../../src/shared/items/items';
import { json, pageOf } from './answers';
import { row } from './lineage';
import { leafHash } from './tree';

const hex = (seed: string) => leafHash(seed).toString('hex');
const by = 'subject-ada';

export const datasets: Dataset[] = [
  {
    name: 'mails',
    kind: 'CLASSIFICATION',
    description: 'Mails of the SpamAssassin corpus',
    licence: 'CC0-1.0',
    legalBasis: 'Published by their recipients',
    textColumn: 'text',
    labelColumn: 'label',
    labels: ['personal', 'newsletter', 'spam'],
    latestVersion: 2,
    createdBy: by,
    createdAt: '2026-11-24T08:00:00Z',
  },
  {
    name: 'handbook',
    kind: 'DOCUMENTS',
    description: 'Pages of the handbook',
    licence: '',
    legalBasis: '',
    textColumn: null,
    labelColumn: null,
    labels: [],
    latestVersion: 0,
    createdBy: by,
    createdAt: '2026-11-24T09:00:00Z',
  },
  {
    name: 'support',
    kind: 'CHAT',
    description: 'Conversations with customers',
    licence: 'proprietary',
    legalBasis: 'Contract',
    textColumn: null,
    labelColumn: null,
    labels: [],
    latestVersion: 1,
    createdBy: by,
    createdAt: '2026-11-24T10:00:00Z',
  },
  {
    name: 'help-pages',
    kind: 'DOCUMENTS',
    description: 'Pages of the help centre',
    licence: 'proprietary',
    legalBasis: 'Written by us',
    textColumn: null,
    labelColumn: null,
    labels: [],
    latestVersion: 1,
    createdBy: by,
    createdAt: '2026-11-24T11:00:00Z',
  },
  {
    name: 'ratings',
    kind: 'PREFERENCE',
    description: 'Answers that customers compared',
    licence: 'proprietary',
    legalBasis: 'Consent',
    textColumn: null,
    labelColumn: null,
    labels: [],
    latestVersion: 1,
    createdBy: by,
    createdAt: '2026-11-24T12:00:00Z',
  },
];

const job = {
  jobId: '0190d000-0000-7000-8000-000000000001',
  kind: 'ingest',
  attempt: 1,
  createdAt: '2026-11-24T08:10:00Z',
  state: 'RUNNING' as const,
  progress: 0.42,
  message: '2500 rows read',
  etaSeconds: 6,
};

export const ingesting: DatasetVersion = {
  dataset: 'mails',
  version: 2,
  state: 'INGESTING',
  format: 'JSON_LINES',
  sourceBytes: 7_276_885,
  rows: 0,
  masked: false,
  maskedKinds: [],
  problems: [],
  createdBy: by,
  createdAt: '2026-11-24T08:10:00Z',
  job,
};

export const failed: DatasetVersion = {
  ...ingesting,
  state: 'FAILED',
  job: null,
  problems: [
    {
      code: 'unknown-label',
      row: 17,
      line: 18,
      field: 'label',
      detail:
        'Row 17 (line 18), field "label" has a label that the dataset does not declare. Correct the label or ' +
        'declare it.',
    },
  ],
};

const lengths = { min: 1, mean: 401.3, p50: 214, p95: 1460, p99: 4100, max: 20_833, sum: 2_426_260 };

const raw: DatasetVersion = {
  ...ingesting,
  version: 1,
  state: 'READY',
  job: null,
  rows: 6046,
  versionDigest: hex('d1'),
  reportDigest: hex('report-1'),
  report: {
    rows: 6046,
    emptyRows: 3,
    duplicates: { exact: 41, near: 667, clusters: 212, threshold: 0.85 },
    labels: {
      rows: { personal: 3900, newsletter: 250, spam: 1896 },
      imbalanceRatio: 15.6,
      evenness: 0.77,
      contradictions: 2,
      contradictingRows: 5,
    },
    lengths: { characters: lengths, words: lengths, tokens: lengths, tokenCounter: 'words and punctuation' },
    privacy: { findings: { EMAIL: 21_443, PHONE: 1310, IPV4: 8125 }, personal: 30_878, secrets: 0, affectedRows: 5120 },
    findings: [{ kind: 'EXACT_DUPLICATE', count: 41, listed: 41 }],
    notes: ['Near-duplicates are estimated by MinHash over 3-shingles of words.'],
  },
};

const masked: DatasetVersion = {
  ...raw,
  version: 2,
  format: 'ROWS',
  versionDigest: hex('d2'),
  reportDigest: hex('report-2'),
  derivedFrom: 1,
  masked: true,
  maskedKinds: ['EMAIL', 'PHONE', 'IPV4'],
  report: {
    ...(raw.report as NonNullable<DatasetVersion['report']>),
    privacy: { findings: {}, personal: 0, secrets: 0, affectedRows: 0 },
  },
  admission: {
    outcome: 'PASS',
    purposes: ['TRAIN', 'INDEX', 'EVALUATE'],
    reasons: [],
    decidedBy: by,
    decidedAt: '2026-11-24T08:30:00Z',
  },
};

export const datasetVersions = [masked, raw];

const chat: DatasetVersion = {
  ...raw,
  dataset: 'support',
  rows: 120,
  report: { ...(raw.report as NonNullable<DatasetVersion['report']>), rows: 120, labels: null },
};

const ratings: DatasetVersion = {
  ...chat,
  dataset: 'ratings',
  rows: 60,
  versionDigest: hex('d-ratings'),
  report: { ...(chat.report as NonNullable<DatasetVersion['report']>), rows: 60 },
};

const shopVersions = [2, 1].map((version): DatasetVersion => ({
  ...masked,
  dataset: 'shop-pages',
  version,
  versionDigest: hex(`d-shop-${version}`),
}));

const pages: DatasetVersion = {
  ...masked,
  dataset: 'help-pages',
  version: 1,
  rows: 40,
  versionDigest: hex('d-pages'),
  report: { ...(raw.report as NonNullable<DatasetVersion['report']>), rows: 40, labels: null },
};

export const findings: Finding[] = [
  {
    seq: 0,
    kind: 'EMAIL',
    row: 4,
    itemId: '0a1b2c3d4e5f6071',
    detail: { field: 'input.messages[1].content', offset: 5, length: 14, preview: 'xx@xxxxxxx.xxx' },
  },
  { seq: 1, kind: 'EXACT_DUPLICATE', row: 9, itemId: '0a1b2c3d4e5f6071-2', detail: { of: '0a1b2c3d4e5f6071' } },
];

export const conversation: Item = {
  itemId: '0a1b2c3d4e5f6071',
  input: {
    messages: [
      { role: 'system', content: 'You help customers of a bookshop.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'I am jo@example.org. Is this one in stock?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        ],
      },
      {
        role: 'assistant',
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'find_book', arguments: '{"title":"The Sea"}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'two copies' },
    ],
    tools: [{ type: 'function', function: { name: 'find_book' } }],
    variables: {},
  },
  expected: {
    references: ['Yes, two copies.', 'We have two.'],
    rubric: 'Names the number of copies.',
    toolCalls: [{ name: 'reserve', arguments: { copies: 1 } }],
    passages: [],
  },
  metadata: { shop: 'Leeds' },
};

/** A conversation with two answers. */
export const preference: Item = {
  itemId: '44dd55ee66ff7788',
  input: { messages: [{ role: 'user', content: 'Is The Sea in stock? I am <EMAIL>.' }], tools: [], variables: {} },
  expected: {
    references: [],
    toolCalls: [],
    passages: [],
    chosen: {
      role: 'assistant',
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'find_book', arguments: '{"title":"The Sea"}' } }],
    },
    rejected: { role: 'assistant', content: 'I think so, <EMAIL>.' },
  },
  metadata: {},
};

/** Returns an item with only a text. */
export function textItem(itemId: string, text: string, label: string): Item {
  return {
    itemId,
    input: { messages: [{ role: 'user', content: text }], tools: [], variables: {} },
    expected: { label, references: [], toolCalls: [], passages: [] },
    metadata: {},
  };
}

function versionsOf(name: unknown): DatasetVersion[] {
  return (
    {
      mails: datasetVersions,
      support: [chat],
      'help-pages': [pages],
      'shop-pages': shopVersions,
      ratings: [ratings],
    }[String(name)] ?? []
  );
}

export const split: Split = {
  splitId: '0190d000-0000-7000-8000-0000000000b1',
  jobId: '0190e000-0000-7000-8000-0000000000d2',
  dataset: 'mails',
  version: 2,
  state: 'READY',
  splitDigest: hex('split'),
  leakage: 0,
  leaks: [],
  subsets: {
    train: { rows: 1200, digest: hex('train') },
    validation: { rows: 400, digest: hex('validation') },
    test: { rows: 400, digest: hex('test') },
  },
  dropped: { duplicates: 658, emptyRows: 0, unsampled: 3388, unnamed: 0 },
  recipe: {
    seed: 7,
    shares: { train: 0.6, validation: 0.2, test: 0.2 },
    rows: {},
    stratify: true,
    grouped: true,
    dropDuplicates: true,
    maxRows: 2000,
  },
  createdBy: by,
  createdAt: '2026-11-24T08:20:00Z',
};

/** The split of a version of documents, which the service makes. */
const documentsSplit: Split = {
  ...split,
  splitId: '0190d000-0000-7000-8000-0000000000b5',
  dataset: 'help-pages',
  version: 1,
  splitDigest: hex('help-split'),
  subsets: { documents: { rows: 40, digest: hex('documents') } },
};

const shopSplit = (version: number): Split => ({
  ...documentsSplit,
  dataset: 'shop-pages',
  version,
  splitDigest: hex(`shop-split-${version}`),
});

function splitsOf(name: string, version: number): Split[] {
  if (name === 'help-pages') return [documentsSplit];
  if (name === 'shop-pages') return [shopSplit(version)];
  return version === 2 ? [split] : [];
}

const splitting: Split = {
  ...split,
  splitId: '0190d000-0000-7000-8000-0000000000b2',
  state: 'SPLITTING',
  splitDigest: null,
  subsets: {},
  job: { ...job, kind: 'split', message: 'Assigning rows', progress: 0.4, etaSeconds: null },
};

/** The items in lists: masked, and without images. */
const listedItems: Record<string, ListedItem[]> = {
  mails: [
    {
      number: 1,
      item: textItem('11aa22bb33cc44dd', 'Dear <EMAIL>, <b>win</b> a prize', 'spam'),
      masked: ['EMAIL'],
    },
    { number: 2, item: textItem('22bb33cc44dd55ee', 'See you at noon', 'personal'), masked: [] },
  ],
  support: [
    {
      number: 4,
      item: {
        ...conversation,
        input: {
          ...conversation.input,
          messages: [
            { role: 'system', content: 'You help customers of a bookshop.' },
            {
              role: 'user',
              content: [
                { type: 'text', text: 'I am <EMAIL>. Is this one in stock?' },
                { type: 'image_url', image_url: { url: `sha256:${hex('image')}` } },
              ],
            },
          ],
        },
      },
      masked: ['EMAIL'],
    },
  ],
  ratings: [{ number: 1, item: preference, masked: ['EMAIL'] }],
};

export const draftItem: DraftItem = {
  draftItemId: '0190d000-0000-7000-8000-0000000000c1',
  item: {
    ...textItem('33cc44dd55ee66ff', 'I am <EMAIL>. Is it in stock?', ''),
    expected: { references: ['Yes.'], toolCalls: [], passages: [] },
    metadata: { claimedSource: { kind: 'TRACE', traceId: '4bf92f3577b34da6a3ce929d0e0e4736' } },
  },
  masked: ['EMAIL'],
  addedBy: by,
  addedAt: '2026-11-25T02:00:00Z',
};

/** Returns the datasheet of a version. */
function datasheetOf(name: string, number: number): Datasheet {
  const version = versionsOf(name).find((one) => one.version === number) as DatasetVersion;
  const made = number === 2 ? [split] : [];
  return {
    dataset: datasets.find((one) => one.name === name) as Dataset,
    version,
    origins:
      number === 2
        ? [
            {
              version: 1,
              format: 'CSV',
              sourceDigest: hex('source'),
              maskedKinds: [],
              findings: { EMAIL: 21_443, PHONE: 1310 },
              createdBy: by,
              createdAt: '2026-11-24T08:05:00Z',
            },
          ]
        : [],
    splits: made.map(({ splitId, splitDigest, subsets, leakage, createdBy, createdAt }) => ({
      splitId,
      splitDigest,
      subsets,
      leakage,
      createdBy,
      createdAt,
    })),
    admissions: [
      {
        outcome: 'PASS',
        requested: ['TRAIN', 'EVALUATE'],
        purposes: ['TRAIN', 'EVALUATE'],
        reasons: [],
        policyDigest: hex('policy'),
        decidedBy: by,
        decidedAt: '2026-11-24T08:20:00Z',
      },
      {
        outcome: 'FAIL',
        requested: ['TRAIN', 'EVALUATE'],
        purposes: [],
        reasons: ['Mask it.'],
        policyDigest: hex('policy'),
        decidedBy: by,
        decidedAt: '2026-11-24T08:10:00Z',
      },
    ],
    auditObject: `${name}/versions/${number}`,
  };
}

export function datasetHandlers(scenario: 'loaded' | 'empty'): HttpHandler[] {
  const list = (items: unknown[]) => pageOf(scenario === 'empty' ? [] : items);
  return [
    http.get('*/api/datasets', () => list(datasets)),
    http.post('*/api/datasets', async ({ request }) =>
      json({ ...datasets[1], ...((await request.json()) as object) }, 201),
    ),
    http.get('*/api/datasets/:name', ({ params }) =>
      json({ ...(datasets.find(({ name }) => name === params['name']) ?? datasets[1]), name: params['name'] }),
    ),
    http.get('*/api/datasets/:name/versions', ({ params }) => list(versionsOf(params['name']))),
    http.post('*/api/datasets/:name/versions', ({ params }) =>
      json({ dataset: params['name'], version: 1, state: 'INGESTING', jobId: job.jobId }, 202),
    ),
    http.get('*/api/datasets/:name/draft/items', ({ params }) => list(params['name'] === 'support' ? [draftItem] : [])),
    http.post('*/api/datasets/:name/draft/items', () => json(draftItem)),
    http.delete('*/api/datasets/:name/draft/items/:id', () => new HttpResponse(null, { status: 204 })),
    http.post('*/api/datasets/:name/draft/version', ({ params }) =>
      json({ dataset: params['name'], version: 2, state: 'INGESTING', jobId: job.jobId }, 202),
    ),
    http.get('*/api/datasets/:name/versions/:number', ({ params }) =>
      json(
        scenario === 'empty'
          ? ingesting
          : versionsOf(params['name']).find(({ version }) => String(version) === params['number']),
      ),
    ),
    http.get('*/api/datasets/:name/versions/:number/findings', () => list(findings)),
    http.get('*/api/datasets/:name/versions/:number/items', ({ params, request }) => {
      const text = new URL(request.url).searchParams.get('text')?.toLowerCase() ?? '';
      return list(
        (listedItems[String(params['name'])] ?? []).filter(({ item }) =>
          JSON.stringify(item).toLowerCase().includes(text),
        ),
      );
    }),
    http.get('*/api/datasets/:name/versions/:number/rows/:itemId', ({ params }) =>
      json({
        ...row,
        item: { ...(params['name'] === 'ratings' ? preference : conversation), itemId: params['itemId'] },
      }),
    ),
    http.post('*/api/datasets/:name/versions/:number/mask', ({ params }) =>
      json({ dataset: params['name'], version: 2, state: 'INGESTING', jobId: job.jobId }, 202),
    ),
    http.get('*/api/datasets/:name/versions/:number/splits', ({ params }) =>
      list(splitsOf(String(params['name']), Number(params['number']))),
    ),
    http.get('*/api/datasets/:name/versions/:number/splits/:reference', () => json(splitting)),
    http.post('*/api/datasets/:name/versions/:number/splits', () => json(splitting, 202)),
    http.get('*/api/datasets/:name/versions/:number/datasheet', ({ params }) =>
      json(datasheetOf(String(params['name']), Number(params['number']))),
    ),
    http.post('*/api/datasets/:name/versions/:number/admission', () =>
      json({
        dataset: 'mails',
        version: 2,
        outcome: 'PASS',
        purposes: ['EVALUATE'],
        policyDigest: hex('policy'),
        versionDigest: hex('d2'),
      }),
    ),
  ];
}
