import { queryOptions } from '@tanstack/react-query';
import type { PhaseName } from '@/shared/data/applications';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/inference';

export type Variant = components['schemas']['VariantView'];

const api = client<paths>();

export const variantsQuery = (application: string) =>
  queryOptions({
    queryKey: ['variants', application],
    queryFn: ({ signal }) => body(api.GET('/api/variants', { params: { query: { application, limit: 100 } }, signal })),
  });

/** The query for the newest variants of every application. */
export const workspaceVariantsQuery = queryOptions({
  queryKey: ['variants'],
  queryFn: ({ signal }) => body(api.GET('/api/variants', { params: { query: { limit: 100 } }, signal })),
});

/** The query for a variant by its digest, which never changes. A run of a bare model has none. */
export const variantQuery = (digest: string | null | undefined) =>
  queryOptions({
    queryKey: ['variant', digest],
    staleTime: Infinity,
    enabled: digest != null,
    queryFn: ({ signal }) =>
      body(api.GET('/api/variants/{variantDigest}', { params: { path: { variantDigest: digest ?? '' } }, signal })),
  });

export function variantName(variants: Variant[], digest: string | null | undefined): string {
  return variants.find(({ variantDigest }) => variantDigest === digest)?.name ?? 'The variant';
}

export function serves({ serving }: Variant): boolean {
  return serving.some(({ state }) => state === 'ACTIVE');
}

/** Returns whether two variants differ only in their indexes. */
export function differInIndexAlone(one: Variant, other: Variant): boolean {
  return one.indexDigest !== other.indexDigest && partsBesidesIndex(one) === partsBesidesIndex(other);
}

function partsBesidesIndex(variant: Variant): string {
  const { promptDigest, model, modelDigest, connectionDigest, parameters } = variant;
  const { abstention, callerPolicy, overflow, fallback } = variant;
  return JSON.stringify([
    [promptDigest, model, modelDigest, connectionDigest ?? null, parameters],
    [abstention ?? null, callerPolicy, overflow, fallback],
  ]);
}

/** The names of models that were tuned: here, as versions of the registry, or at their provider. */
const tunedHere = /^[^/]+@\d+$/;
const tunedAtProvider = /(^|\/)ft:|:ft-|(^|\/)tunedModels\//i;

/**
 * Returns the phase of a variant by its parts: a tuned model means fine-tuning, an index means retrieval. Evaluation
 * also knows the models that the catalogue or a confirmed statement calls tuned, and decides.
 */
export function phaseOf(variant: Variant | undefined): PhaseName {
  if (variant === undefined) return 'PROMPT';
  const models = [variant.model, ...variant.fallback.map(({ model }) => model)];
  const tuned = models.some((model) => tunedHere.test(model) || tunedAtProvider.test(model));
  if (variant.indexDigest == null) return tuned ? 'FINE_TUNING' : 'PROMPT';
  return tuned ? 'HYBRID' : 'RETRIEVAL';
}
