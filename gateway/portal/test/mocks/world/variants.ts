import type { Refresh } from '../../../src/features/variants/refreshing';
import type { Model } from '../../../src/shared/models/modelChoices';
import type { Variant } from '../../../src/shared/data/variants';
import { hex } from './names';

const variant = {
  application: 'mail-triage',
  promptDigest: hex('p2'),
  model: 'local/choice-bge-small',
  modelDigest: hex('model'),
  parameters: { temperature: 0 },
  callerPolicy: { allowed: [] },
  overflow: 'REFUSE' as const,
  fallback: [],
  abstention: null,
  serving: [],
  authors: ['subject-ada'],
  createdBy: 'subject-ada',
  createdAt: '2026-11-24T12:00:00Z',
};

/** An active variant that answers from documents. */
export const answering: Variant = {
  ...variant,
  application: 'ticket-routing',
  variantDigest: hex('answering'),
  name: 'answers',
  model: 'local/extract-bge-small',
  modelDigest: hex('reader'),
  indexDigest: hex('shop-index-1'),
  parameters: { temperature: 0, retrievedPassages: 5 },
  serving: [{ releaseId: 'r-9', environment: 'production', state: 'ACTIVE' }],
};

export const variants: Variant[] = [
  {
    ...variant,
    variantDigest: hex('one'),
    name: 'zero-shot',
    promptDigest: hex('p1'),
    serving: [{ releaseId: 'r-2', environment: 'production', state: 'CANARY' }],
  },
  {
    ...variant,
    variantDigest: hex('two'),
    name: 'few-shot',
    callerPolicy: { allowed: ['tools'] },
    overflow: 'TRIM_HISTORY',
  },
  {
    ...variant,
    variantDigest: hex('three'),
    name: 'fine-tuned',
    model: 'mail-head@1',
    abstention: { threshold: 0.6, answer: '{"label":"unclear"}' },
    serving: [{ releaseId: 'r-1', environment: 'production', state: 'ACTIVE' }],
  },
  {
    ...variant,
    variantDigest: hex('four'),
    name: 'unmeasured',
    fallback: [
      { model: 'mail-head@1', modelDigest: hex('head') },
      { model: 'acme-llm/large', modelDigest: hex('large'), connectionDigest: hex('connection') },
    ],
  },
  answering,
];

export const refresh: Refresh = {
  variantDigest: hex('refreshed'),
  formerVariantDigest: answering.variantDigest,
  application: answering.application,
  name: answering.name,
  indexDigest: hex('shop-index-2'),
  dataset: 'shop-pages',
  formerVersion: 1,
  version: 2,
};

/** Returns whether a list of variants by these parts contains the variant. */
export function uses(variant: Variant, part: Record<string, string>): boolean {
  const chain = [variant, ...variant.fallback];
  const has: Record<string, (value: string) => boolean> = {
    application: (name) => variant.application === name,
    promptDigest: (digest) => variant.promptDigest === digest,
    indexDigest: (digest) => variant.indexDigest === digest,
    model: (name) => chain.some(({ model }) => model === name),
    connectionDigest: (digest) => chain.some((one) => one.connectionDigest === digest),
  };
  return Object.entries(part).every(([name, value]) => has[name]?.(value) ?? true);
}

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
    id: 'local/extract-bge-small',
    object: 'model',
    created: 0,
    owned_by: 'plumbline',
    plumbline: {
      kind: 'READER',
      digest: hex('reader'),
      notice: 'An extractive reader, not a language model.',
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
    id: 'acme-llm/large',
    object: 'model',
    created: 0,
    owned_by: 'acme-llm',
    plumbline: { kind: 'PROVIDER' },
  },
  {
    id: 'app/mail-triage@production',
    object: 'model',
    created: 0,
    owned_by: 'workspace',
    plumbline: { kind: 'APPLICATION' },
  },
];
