import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { Page, PageQuery, Read } from '@/shared/http/paths';

export interface Dataset {
  name: string;
  kind: string;
  description: string;
  licence: string;
  legalBasis: string;
  latestVersion?: number | null;
}

export interface Report {
  rows?: number;
  labels?: Record<string, number>;
  exactDuplicates?: number;
  nearDuplicates?: number;
  pii?: Record<string, number>;
  lengths?: Record<string, number>;
  tokens?: Record<string, number>;
  [other: string]: unknown;
}

export interface DatasetVersion {
  dataset?: string;
  version: number;
  state: string;
  versionDigest?: string | null;
  reportDigest?: string | null;
  rows?: number | null;
  masked?: boolean;
  report?: Report | null;
  admission?: { outcome: string; purposes: string[]; reasons: string[] } | null;
  problem?: string | null;
}

interface paths {
  '/api/datasets': { get: Read<Page<Dataset>, Record<never, never>, PageQuery> };
  '/api/datasets/{name}/versions/{version}': { get: Read<DatasetVersion, { name: string; version: number }> };
}

const api = client<paths>();

export const datasetsQuery = (pageToken?: string) =>
  queryOptions({
    queryKey: ['datasets', pageToken],
    queryFn: ({ signal }) => body(api.GET('/api/datasets', { params: { path: {}, query: { pageToken, limit: 50 } }, signal })),
  });

export const datasetVersionQuery = (name: string, version: number) =>
  queryOptions({
    queryKey: ['datasets', name, version],
    queryFn: ({ signal }) => body(api.GET('/api/datasets/{name}/versions/{version}', { params: { path: { name, version } }, signal })),
    refetchInterval: ({ state }) => (state.data && !state.data.versionDigest && state.data.state !== 'FAILED' ? 2_000 : false),
  });
