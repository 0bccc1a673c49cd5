import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { allPages } from '@/shared/http/pages';
import type { components, paths } from '@/shared/http/generated/dataset-registry';

type Schemas = components['schemas'];
export type Purpose = Schemas['AdmissionRequest']['purposes'][number];

const api = client<paths>();
const limit = 100;

/** The query for every dataset, to choose from. */
export const datasetChoices = queryOptions({
  queryKey: ['datasets', 'choices'],
  queryFn: ({ signal }) =>
    allPages((pageToken) => body(api.GET('/api/datasets', { params: { query: { limit, pageToken } }, signal }))),
});

/** The query for every version of a dataset, newest first. */
export const versionChoices = (name: string) =>
  queryOptions({
    queryKey: ['datasets', 'choices', name],
    queryFn:
      name === ''
        ? skipToken
        : ({ signal }) =>
            allPages((pageToken) =>
              body(
                api.GET('/api/datasets/{name}/versions', {
                  params: { path: { name }, query: { limit, pageToken } },
                  signal,
                }),
              ),
            ),
  });

/** The query for the splits of a version. */
export const splitChoices = (name: string, number: number) =>
  queryOptions({
    queryKey: ['datasets', 'choices', name, number],
    queryFn:
      number === 0
        ? skipToken
        : ({ signal }) =>
            body(
              api.GET('/api/datasets/{name}/versions/{number}/splits', { params: { path: { name, number } }, signal }),
            ),
  });

export interface SplitChoice {
  dataset: string;
  /** The version; 0 before there is one. */
  version: number;
  split: Schemas['SplitView'] | undefined;
  datasets: Schemas['DatasetSummary'][];
  versions: Schemas['VersionView'][];
  splits: Schemas['SplitView'][];
  loading: boolean;
  error: unknown;
}

/** Returns the reference of a split in an address: `dataset/version/digest`, up to the last chosen part. */
export function splitReference(dataset: string, version?: number, digest?: string | null): string {
  return [dataset, version, digest].filter((part) => part != null && part !== '' && part !== 0).join('/');
}

/** Returns whether a dataset fits the purpose. Models are trained only on labelled texts. */
const fits = ({ kind }: Schemas['DatasetSummary'], purpose: Purpose) =>
  purpose !== 'TRAIN' || kind === 'CLASSIFICATION';

/**
 * Returns the split of a reference. Missing parts become the newest version admitted for the purpose and its newest
 * split.
 */
export function useSplitChoice(reference: string, purpose: Purpose): SplitChoice {
  const [dataset = '', number = '', digest = ''] = reference.split('/');
  const datasets = useQuery(datasetChoices);
  const fitting = datasets.data?.items.filter((one) => fits(one, purpose)) ?? [];
  const known = fitting.some(({ name }) => name === dataset);
  const versions = useQuery(versionChoices(known ? dataset : ''));
  const ready = known ? (versions.data?.items.filter(({ state }) => state === 'READY') ?? []) : [];
  const version =
    (ready.find((one) => String(one.version) === number) ?? ready.find((one) => isAdmittedTo(one, purpose)))?.version ??
    0;
  const splits = useQuery(splitChoices(dataset, version));
  const made = version === 0 ? [] : (splits.data?.items.filter(({ state }) => state === 'READY') ?? []);
  return {
    dataset: known ? dataset : '',
    version,
    split: made.find(({ splitDigest }) => splitDigest === digest) ?? made[0],
    datasets: fitting,
    versions: ready,
    splits: made,
    loading: [datasets, versions, splits].some(({ isLoading }) => isLoading),
    error: datasets.error ?? versions.error ?? splits.error,
  };
}

export function isAdmittedTo({ admission }: Schemas['VersionView'], purpose: Purpose): boolean {
  return admission?.outcome === 'PASS' && admission.purposes.includes(purpose);
}
