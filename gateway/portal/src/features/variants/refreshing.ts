import { useQueries, useQuery } from '@tanstack/react-query';
import { haveOneRecipe, indexChoices, isBeingBuilt, type Index } from '@/shared/data/indexes';
import { isAdmittedTo, splitChoices, versionChoices } from '@/shared/data/splits';
import type { Variant } from '@/shared/data/variants';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths } from '@/shared/http/generated/inference';
import { upstreamQuery } from '@/shared/lineage/lineage';

type Schemas = components['schemas'];

export type Refresh = Schemas['RefreshView'];

export interface NewRefresh {
  variantDigest: string;
  refresh: Schemas['CreateRefresh'];
}

/** An index with the version of its documents. */
export interface Documents {
  index: Index;
  version: number;
}

export interface Refreshable {
  /** The name of the documents; empty where they are not known. */
  dataset: string;
  /** The documents that the variant retrieves from; undefined without an index of documents. */
  former: Documents | undefined;
  /** The ready indexes of newer documents with the same recipe, newest documents first. */
  ready: Documents[];
  building: Documents[];
  /** The newest version of the documents that is admitted for indexing, if it is newer. */
  newest: number | undefined;
  loading: boolean;
  error: unknown;
}

const api = client<paths>();

export function createRefresh({ variantDigest, refresh }: NewRefresh, key: string): Promise<Refresh> {
  const params = { path: { variantDigest }, header: once(key) };
  return body(api.POST('/api/variants/{variantDigest}/refresh', { params, body: refresh }));
}

/** Returns the indexes that can refresh a variant: of newer versions of its documents, built like its own. */
export function useRefreshable(variant: Variant | undefined): Refreshable {
  const digest = variant?.indexDigest ?? '';
  const indexes = useQuery(indexChoices);
  const all = indexes.data?.items ?? [];
  const own = all.find(({ indexDigest, mode }) => indexDigest === digest && mode === 'PASSAGES');
  const lineage = useQuery({ ...upstreamQuery(digest), enabled: own !== undefined });
  const source = lineage.data?.subsets.find(({ splitDigest }) => splitDigest === own?.splitDigest);
  const versions = useQuery(versionChoices(source?.dataset ?? ''));
  const newer = (versions.data?.items ?? [])
    .filter((one) => source !== undefined && one.version > source.version && isAdmittedTo(one, 'INDEX'))
    .map(({ version }) => version);
  const splits = useQueries({ queries: newer.map((version) => splitChoices(source?.dataset ?? '', version)) });
  const alike = own === undefined ? [] : all.filter((index) => haveOneRecipe(index, own));
  const found = newer.flatMap((version, at) =>
    alike
      .filter((index) => splits[at]?.data?.items.some(({ splitDigest }) => splitDigest === index.splitDigest))
      .map((index): Documents => ({ index, version })),
  );
  const queries = [indexes, lineage, versions, ...splits];
  return {
    dataset: source?.dataset ?? '',
    former: own && source && { index: own, version: source.version },
    ready: found.filter(
      ({ index }, at) => index.indexDigest != null && at === found.findIndex((one) => isTheSame(one.index, index)),
    ),
    building: found.filter(({ index }) => isBeingBuilt(index)),
    newest: newer[0],
    loading: queries.some(({ isLoading }) => isLoading),
    error: queries.find(({ error }) => error != null)?.error,
  };
}

/** Returns whether two builds are the same index: same recipe, same data. */
function isTheSame(one: Index, other: Index): boolean {
  return one.indexDigest === other.indexDigest;
}
