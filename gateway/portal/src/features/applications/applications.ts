import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { Page, PageQuery, Read, Write } from '@/shared/http/paths';
import type { Measure } from '@/shared/text/metrics';

export type PhaseName = 'PROMPT' | 'RETRIEVAL' | 'FINE_TUNING';
export type PhaseState = 'LOCKED' | 'OPEN' | 'MET' | 'MISSED' | 'WAIVED';
export type Outcome = 'PASS' | 'FAIL' | 'INCONCLUSIVE';

export interface Application {
  name: string;
  purpose: string;
  owner: string;
  criticality: 'LOW' | 'MEDIUM' | 'HIGH';
  task: string;
  monthlyVolume: number;
  createdAt?: string;
  /** At a glance, where the list carries it. */
  phases?: { phase: PhaseName; state: PhaseState }[];
}

export interface PhaseView {
  phase: PhaseName;
  state: PhaseState;
  missingEvidence: string[];
  verdictIds: string[];
  waiverId?: string | null;
}

export interface Criterion {
  metric: string;
  kind: string;
  direction: 'AT_LEAST' | 'AT_MOST';
  threshold: number;
  margin: number;
  sampleSize: number;
}

export interface Criteria {
  version: number;
  criteriaDigest: string;
  receipt?: { ledgerIndex: number } | null;
  registeredAt?: string;
  criteria: Criterion[];
}

export interface Verdict {
  verdictId: string;
  kind: string;
  phase?: PhaseName | null;
  outcome: Outcome;
  reasons: string[];
}

export interface Variant {
  variantDigest: string;
  name: string;
  promptDigest?: string;
  model: string;
  indexDigest?: string | null;
  modelDigest?: string | null;
  authors?: string[];
  metrics?: Record<string, Measure>;
  items?: number | null;
  verdict?: Verdict | null;
}

export interface Release {
  releaseId: string;
  application: string;
  environment: string;
  variantDigest: string;
  previousReleaseId?: string | null;
  verdictId: string;
  state: 'REQUESTED' | 'APPROVED' | 'REJECTED' | 'CANARY' | 'ACTIVE' | 'HALTED' | 'ROLLED_BACK' | 'SUPERSEDED';
  percent: number;
  requester: string;
  override?: string | null;
  reason?: string | null;
  requestedAt: string;
  changedAt: string;
}

export interface Waiver {
  waiverId: string;
  phase: PhaseName;
  reason: string;
  state: string;
  requester?: string;
  requestedAt?: string;
}

export interface Recommendation {
  recommendationId: string;
  variantDigest: string;
  approach: string;
  rationale: string;
  breakEvenMonthlyVolume?: number | null;
  issuedAt?: string;
}

export interface Overview {
  application: Application;
  phases: PhaseView[];
  criteria?: Criteria | null;
  variants: Variant[];
  waivers: Waiver[];
  recommendation?: Recommendation | null;
}

export type ReleaseAction = 'rollback' | 'halt' | 'promote';

interface paths {
  '/api/applications': { get: Read<Page<Application>, Record<never, never>, PageQuery> };
  '/api/applications/{name}/overview': { get: Read<Overview, { name: string }> };
  '/api/releases': { get: Read<Page<Release>, Record<never, never>, PageQuery & { application?: string }> };
  '/api/releases/{id}/{action}': { post: Write<unknown, { reason: string }, { id: string; action: ReleaseAction }> };
}

const api = client<paths>();

export const applicationsQuery = (pageToken?: string, limit = 50) =>
  queryOptions({
    queryKey: ['applications', pageToken, limit],
    queryFn: ({ signal }) => body(api.GET('/api/applications', { params: { path: {}, query: { pageToken, limit } }, signal })),
  });

export const overviewQuery = (name: string) =>
  queryOptions({
    queryKey: ['applications', 'overview', name],
    queryFn: ({ signal }) => body(api.GET('/api/applications/{name}/overview', { params: { path: { name } }, signal })),
  });

export const releasesQuery = (application: string) =>
  queryOptions({
    queryKey: ['releases', application],
    queryFn: ({ signal }) => body(api.GET('/api/releases', { params: { path: {}, query: { application, limit: 100 } }, signal })),
    // A canary moves by itself.
    refetchInterval: ({ state }) => (state.data?.items.some((release) => release.state === 'CANARY') ? 5_000 : false),
  });

export function actOnRelease(id: string, action: ReleaseAction, reason: string): Promise<unknown> {
  return body(api.POST('/api/releases/{id}/{action}', { params: { path: { id, action } }, body: { reason } }));
}
