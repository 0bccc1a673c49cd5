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
  createdAt: string;
}

/** An application with its phases at a glance, as the list carries it. */
export interface ApplicationCard extends Application {
  phases: { phase: PhaseName; state: PhaseState }[];
}

export interface Standing {
  phase: PhaseName;
  state: PhaseState;
  missingEvidence: string[];
  verdictIds: string[];
  waiverId?: string | null;
  /** Where the phase stands, in one sentence. */
  reason: string;
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
  registeredAt: string;
  criteria: Criterion[];
}

export interface Verdict {
  verdictId: string;
  kind: string;
  phase?: PhaseName | null;
  subjectDigest: string;
  outcome: Outcome;
  reasons: string[];
}

export interface Variant {
  variantDigest: string;
  name: string;
  promptDigest: string;
  model: string;
  indexDigest?: string | null;
  authors: string[];
  createdAt: string;
}

export interface Run {
  runId: string;
  variantDigest?: string | null;
  state: 'RUNNING' | 'FINISHED' | 'FAILED' | 'CANCELLED';
  progress: number;
  items: number;
  metrics: Record<string, Measure>;
  createdAt: string;
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
  state: 'REQUESTED' | 'APPROVED' | 'REJECTED' | 'EXPIRED' | 'VOIDED';
  requester: string;
  requestedAt: string;
  decidedBy?: string | null;
  decisionReason?: string | null;
}

export interface Recommendation {
  recommendationId: string;
  variantDigest: string;
  /** The variant's name. */
  variant: string;
  approach: 'PROMPT_ENGINEERING' | 'RAG' | 'FINE_TUNING' | 'HYBRID';
  /** False when nothing measured does: then it is only the best so far. */
  meetsCriteria: boolean;
  rationale: string;
  breakEvenMonthlyVolume?: number | null;
  issuedAt: string;
}

export type ReleaseAction = 'rollback' | 'halt' | 'promote';

interface Named {
  name: string;
}

type Whole = Record<never, never>;
type OfApplication = PageQuery & { application: string };

interface paths {
  '/api/applications': { get: Read<Page<ApplicationCard>, Whole, PageQuery> };
  '/api/applications/{name}': { get: Read<Application, Named> };
  '/api/applications/{name}/phases': { get: Read<Page<Standing>, Named> };
  '/api/applications/{name}/criteria': { get: Read<Page<Criteria>, Named> };
  '/api/applications/{name}/waivers': { get: Read<Page<Waiver>, Named> };
  '/api/applications/{name}/recommendations': { get: Read<Page<Recommendation>, Named> };
  '/api/variants': { get: Read<Page<Variant>, Whole, OfApplication> };
  '/api/runs': { get: Read<Page<Run>, Whole, OfApplication> };
  '/api/verdicts': { get: Read<Page<Verdict>, Whole, OfApplication> };
  '/api/releases': { get: Read<Page<Release>, Whole, OfApplication> };
  '/api/releases/{id}/{action}': { post: Write<unknown, { reason: string }, { id: string; action: ReleaseAction }> };
}

const api = client<paths>();
const path = {};
const limit = 100;

export const applicationsQuery = (pageToken?: string, most = 50) =>
  queryOptions({
    queryKey: ['applications', pageToken, most],
    queryFn: ({ signal }) => body(api.GET('/api/applications', { params: { path, query: { pageToken, limit: most } }, signal })),
  });

export const applicationQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name],
    queryFn: ({ signal }) => body(api.GET('/api/applications/{name}', { params: { path: { name } }, signal })),
  });

export const phasesQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'phases'],
    queryFn: ({ signal }) => body(api.GET('/api/applications/{name}/phases', { params: { path: { name } }, signal })),
  });

/** All versions of the criteria, the one in force first. */
export const criteriaQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'criteria'],
    queryFn: ({ signal }) => body(api.GET('/api/applications/{name}/criteria', { params: { path: { name } }, signal })),
  });

export const waiversQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'waivers'],
    queryFn: ({ signal }) => body(api.GET('/api/applications/{name}/waivers', { params: { path: { name } }, signal })),
  });

export const recommendationsQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'recommendations'],
    queryFn: ({ signal }) => body(api.GET('/api/applications/{name}/recommendations', { params: { path: { name } }, signal })),
  });

export const variantsQuery = (application: string) =>
  queryOptions({
    queryKey: ['variants', application],
    queryFn: ({ signal }) => body(api.GET('/api/variants', { params: { path, query: { application, limit } }, signal })),
  });

export const runsQuery = (application: string) =>
  queryOptions({
    queryKey: ['runs', application],
    queryFn: ({ signal }) => body(api.GET('/api/runs', { params: { path, query: { application, limit } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some((run) => run.state === 'RUNNING') ? 5_000 : false),
  });

export const verdictsQuery = (application: string) =>
  queryOptions({
    queryKey: ['verdicts', application],
    queryFn: ({ signal }) => body(api.GET('/api/verdicts', { params: { path, query: { application, limit } }, signal })),
  });

export const releasesQuery = (application: string) =>
  queryOptions({
    queryKey: ['releases', application],
    queryFn: ({ signal }) => body(api.GET('/api/releases', { params: { path, query: { application, limit } }, signal })),
    // A canary moves by itself.
    refetchInterval: ({ state }) => (state.data?.items.some((release) => release.state === 'CANARY') ? 5_000 : false),
  });

export function actOnRelease(id: string, action: ReleaseAction, reason: string): Promise<unknown> {
  return body(api.POST('/api/releases/{id}/{action}', { params: { path: { id, action } }, body: { reason } }));
}
