import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { Page, PageQuery, Read } from '@/shared/http/paths';

export interface Dataset {
  name: string;
  kind: string;
  description: string;
  licence: string;
  legalBasis: string;
  /** 0 before the first upload. */
  latestVersion: number;
  createdAt: string;
}

export interface Distribution {
  min: number;
  mean: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export interface Report {
  rows: number;
  emptyRows: number;
  duplicates: { exact: number; near: number; clusters: number; threshold: number };
  labels?: { rows: Record<string, number>; imbalance: number; evenness: number; contradictions: number; contradictingRows: number } | null;
  lengths: { characters: Distribution; words: Distribution; tokens: Distribution; tokenCounter: string };
  privacy: { findings: Record<string, number>; personal: number; secrets: number; affectedRows: number };
  notes: string[];
}

export interface DatasetVersion {
  dataset: string;
  version: number;
  state: 'INGESTING' | 'READY' | 'FAILED';
  rows: number;
  versionDigest?: string | null;
  reportDigest?: string | null;
  derivedFrom?: number | null;
  masked: boolean;
  maskedKinds: string[];
  report?: Report | null;
  problems: { code: string; row: number; line: number; field?: string | null; detail: string }[];
  admission?: { outcome: string; purposes: string[]; reasons: string[] } | null;
  createdBy: string;
  createdAt: string;
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
    refetchInterval: ({ state }) => (state.data?.state === 'INGESTING' ? 2_000 : false),
  });
