import { http, type HttpHandler } from 'msw';
import type { components } from '../../src/shared/http/generated/dataset-registry';
import type { Downstream, LineageNode, Upstream } from '../../src/shared/lineage/lineage';
import { json } from './answers';
import { passageIndex, shopPages } from './passages';
import { leafHash } from './tree';

/** The lineage of the mails: everything made from them, and the data behind a fine-tuned variant and an index. */
const hex = (seed: string) => leafHash(seed).toString('hex');

const job: LineageNode = {
  kind: 'TRAINING_JOB',
  nodeId: '0190e000-0000-7000-8000-0000000000e1',
  name: 'local/choice-bge-small',
  application: 'mail-triage',
  state: 'SUCCEEDED',
  changedAt: '2026-11-25T00:20:00Z',
  madeOf: [
    { kind: 'SUBSET', nodeId: `${hex('split')}/train` },
    { kind: 'SUBSET', nodeId: `${hex('split')}/validation` },
  ],
};

const model: LineageNode = {
  kind: 'MODEL_VERSION',
  nodeId: hex('artifact'),
  name: 'mail-head',
  version: 1,
  changedAt: '2026-11-25T00:25:00Z',
  madeOf: [{ kind: 'TRAINING_JOB', nodeId: job.nodeId }],
};

const variant: LineageNode = {
  kind: 'VARIANT',
  nodeId: hex('three'),
  name: 'fine-tuned',
  application: 'mail-triage',
  changedAt: '2026-11-25T00:30:00Z',
  madeOf: [{ kind: 'MODEL_VERSION', nodeId: model.nodeId }],
};

const release: LineageNode = {
  kind: 'RELEASE',
  nodeId: '0190e000-0000-7000-8000-0000000000e2',
  name: 'production',
  application: 'mail-triage',
  state: 'ACTIVE',
  changedAt: '2026-11-25T00:40:00Z',
  madeOf: [{ kind: 'VARIANT', nodeId: variant.nodeId }],
};

export const suite: LineageNode = {
  kind: 'SUITE',
  nodeId: hex('suite'),
  name: 'mails',
  version: 2,
  changedAt: '2026-11-25T00:10:00Z',
  madeOf: [{ kind: 'SUBSET', nodeId: `${hex('split')}/test` }],
};

const index: LineageNode = {
  kind: 'INDEX',
  nodeId: hex('help-index'),
  indexId: passageIndex.indexId,
  name: passageIndex.name,
  changedAt: passageIndex.createdAt,
  madeOf: [{ kind: 'SUBSET', nodeId: `${passageIndex.splitDigest}/documents` }],
};

/** The query for the versions, newest first. */
export const downstream: Downstream = { nodes: [release, variant, model, job], truncated: false };

export const row: components['schemas']['Lineage'] = {
  item: {
    itemId: '11aa22bb33cc44dd',
    input: { messages: [], tools: [], variables: {} },
    expected: { references: [], toolCalls: [], passages: [] },
    metadata: {},
  },
  origins: [
    { dataset: 'mails', version: 2, row: 4, itemId: '11aa22bb33cc44dd' },
    { dataset: 'mails', version: 1, row: 4, itemId: '55aa22bb33cc44dd' },
  ],
  continuations: [{ dataset: 'mails', version: 3, row: 4, itemId: '77aa22bb33cc44dd' }],
  uses: [{ version: 2, splitDigest: hex('split'), subset: 'train' }],
  downstream,
};

const ofMails: Upstream = {
  nodes: [variant, model, job],
  subsets: ['train', 'validation'].map((subset) => ({
    dataset: 'mails',
    version: 2,
    versionDigest: hex('d2'),
    splitDigest: hex('split'),
    subset,
    rows: subset === 'train' ? 1200 : 400,
  })),
  truncated: false,
};

const ofPages: Upstream = {
  nodes: [index],
  subsets: [
    {
      dataset: 'help-pages',
      version: 1,
      versionDigest: hex('pages'),
      splitDigest: passageIndex.splitDigest,
      subset: 'documents',
      rows: 40,
    },
  ],
  truncated: false,
};

const ofShopPages: Upstream = {
  ...ofPages,
  nodes: [],
  subsets: ofPages.subsets.map((subset) => ({
    ...subset,
    dataset: 'shop-pages',
    splitDigest: shopPages.splitDigest,
  })),
};

const upstream: Record<string, Upstream> = { [index.nodeId]: ofPages, [String(shopPages.indexDigest)]: ofShopPages };

export function lineageHandlers(scenario: 'loaded' | 'empty'): HttpHandler[] {
  const nothing: Upstream = { nodes: [], subsets: [], truncated: false };
  return [
    http.get('*/api/lineage/:nodeId', ({ params }) =>
      json(scenario === 'empty' ? nothing : (upstream[String(params['nodeId'])] ?? ofMails)),
    ),
    http.get('*/api/datasets/:name/versions/:number/lineage', () =>
      json(
        scenario === 'empty' ? { nodes: [], truncated: false } : { ...downstream, nodes: [...downstream.nodes, suite] },
      ),
    ),
  ];
}
