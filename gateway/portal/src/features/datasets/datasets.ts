import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths } from '@/shared/http/generated/dataset-registry';
import { inSentence } from '@/shared/text/format';

type Schemas = components['schemas'];
export type Dataset = Schemas['DatasetSummary'];
export type VersionLine = Schemas['VersionView'];
export type DatasetVersion = Schemas['VersionWithJob'];
export type Report = Schemas['Report'];
export type Finding = Schemas['FindingView'];
export type Split = Schemas['SplitView'];
export type NewDataset = Schemas['RegisterDataset'];
export type Description = Schemas['UpdateDataset'];
export type NewSplit = Schemas['DefineSplit'];
export type Purpose = Schemas['AdmissionRequest']['purposes'][number];

const nouns: Record<string, string> = { EVALUATE: 'evaluation', INDEX: 'retrieval', TRAIN: 'training' };

/** Returns the purposes of an admission, such as "evaluation, training". */
export const purposesText = (purposes: string[]) => purposes.map((purpose) => nouns[purpose] ?? purpose).join(', ');

/** Returns kinds of personal data and secrets, such as "email, phone", or only their number. */
export const kindsText = (kinds: string[]) =>
  kinds.length > 10 ? `all ${kinds.length} kinds` : kinds.map(inSentence).join(', ');

/** Returns whether the version was uploaded. Otherwise it was made of another version or a draft. */
export const isUpload = ({ format, derivedFrom }: VersionLine) => format !== 'DRAFT' && derivedFrom == null;

const api = client<paths>();
const working = 1_500;

export const datasetsQuery = (pageToken?: string) =>
  queryOptions({
    queryKey: ['datasets', 'list', pageToken],
    queryFn: ({ signal }) => body(api.GET('/api/datasets', { params: { query: { pageToken, limit: 50 } }, signal })),
  });

/** The query for a dataset with the ETag of its state. A change of its details must send that ETag. */
export const datasetQuery = (name: string) =>
  queryOptions({
    queryKey: ['datasets', 'one', name],
    queryFn: async ({ signal }) => {
      const { data, response } = await api.GET('/api/datasets/{name}', { params: { path: { name } }, signal });
      return { ...(data as Dataset), etag: response.headers.get('etag') ?? '' };
    },
  });

export const versionsQuery = (name: string, pageToken?: string) =>
  queryOptions({
    queryKey: ['datasets', 'one', name, 'versions', pageToken],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/datasets/{name}/versions', {
          params: { path: { name }, query: { pageToken, limit: 50 } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) =>
      state.data?.items.some((version) => version.state === 'INGESTING') ? working : false,
  });

export const datasetVersionQuery = (name: string, number: number) =>
  queryOptions({
    queryKey: ['datasets', 'one', name, 'version', number],
    queryFn: ({ signal }) =>
      body(api.GET('/api/datasets/{name}/versions/{number}', { params: { path: { name, number } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'INGESTING' ? working : false),
  });

export const findingsQuery = (name: string, number: number, pageToken?: string) =>
  queryOptions({
    queryKey: ['datasets', 'one', name, 'version', number, 'findings', pageToken],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/datasets/{name}/versions/{number}/findings', {
          params: { path: { name, number }, query: { pageToken, limit: 20 } },
          signal,
        }),
      ),
  });

export const splitsQuery = (name: string, number: number) =>
  queryOptions({
    queryKey: ['datasets', 'one', name, 'version', number, 'splits'],
    queryFn: ({ signal }) =>
      body(api.GET('/api/datasets/{name}/versions/{number}/splits', { params: { path: { name, number } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some((split) => split.state === 'SPLITTING') ? working : false),
  });

/** The query for one split while it is being made, because the list lacks the progress of its job. */
export const splitQuery = (name: string, number: number, splitId: string) =>
  queryOptions({
    queryKey: ['datasets', 'one', name, 'version', number, 'splits', splitId],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/datasets/{name}/versions/{number}/splits/{splitId}', {
          params: { path: { name, number, splitId } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.state === 'SPLITTING' ? working : false),
  });

export function createDataset(dataset: NewDataset, key: string): Promise<Dataset> {
  return body(api.POST('/api/datasets', { params: { header: once(key) }, body: dataset }));
}

export function describe(name: string, etag: string, description: Description): Promise<Dataset> {
  return body(
    api.PUT('/api/datasets/{name}', { params: { path: { name }, header: { 'If-Match': etag } }, body: description }),
  );
}

export function mask(name: string, number: number, numbered: boolean, key: string): Promise<Schemas['StartedVersion']> {
  return body(
    api.POST('/api/datasets/{name}/versions/{number}/mask', {
      params: { path: { name, number }, header: once(key) },
      body: { numbered },
    }),
  );
}

export function split(name: string, number: number, definition: NewSplit, key: string): Promise<Split> {
  return body(
    api.POST('/api/datasets/{name}/versions/{number}/splits', {
      params: { path: { name, number }, header: once(key) },
      body: definition,
    }),
  );
}

export function admit(name: string, number: number, purposes: Purpose[]): Promise<Schemas['Admitted']> {
  return body(
    api.POST('/api/datasets/{name}/versions/{number}/admission', {
      params: { path: { name, number } },
      body: { purposes },
    }),
  );
}

export function isAdmitted(version: { admission?: VersionLine['admission'] }): boolean {
  return version.admission?.outcome === 'PASS';
}
