import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { Page, PageQuery, Read, Write } from '@/shared/http/paths';

export interface AuditFilter {
  actor?: string;
  type?: string;
  object?: string;
  outcome?: string;
  from?: string;
  to?: string;
}

export interface AuditEntry {
  index: number;
  occurredAt: string;
  source: string;
  eventId: string;
  type: string;
  object: string;
  actor: string;
  outcome: string;
  traceId?: string | null;
  causationId?: string | null;
  leafHash: string;
  contentDigest: string;
  /** What the event carries: the public state it is about. */
  payload: unknown;
}

export interface AuditDetail {
  entry: AuditEntry;
  /** The entry that told the same of the same object before. */
  before?: AuditEntry | null;
}

/** RFC 6962: the siblings from the leaf to the root, in hex. */
export interface InclusionProof {
  index: number;
  treeSize: number;
  leafHash: string;
  root: string;
  path: string[];
}

export interface Head {
  treeSize: number;
  root: string;
  signedAt: string;
  signature: string;
  keyId: string;
}

export interface Verification {
  holds: boolean;
  entries: number;
  heads: number;
  newest?: Head | null;
  findings: { index?: number | null; what: string }[];
  milliseconds: number;
}

interface paths {
  '/api/audit': { get: Read<Page<AuditEntry>, Record<never, never>, PageQuery & AuditFilter> };
  '/api/audit/{index}': { get: Read<AuditDetail, { index: number }> };
  '/api/ledger/entries/{index}/proof': { get: Read<InclusionProof, { index: number }, { treeSize?: number }> };
  '/api/ledger/verify': { post: Write<Verification, Record<never, never>> };
}

const api = client<paths>();

export const auditQuery = (filter: AuditFilter, pageToken?: string) =>
  queryOptions({
    queryKey: ['audit', filter, pageToken],
    queryFn: ({ signal }) => body(api.GET('/api/audit', { params: { path: {}, query: { ...filter, pageToken, limit: 50 } }, signal })),
  });

/** Reads the whole chain on the server, so it is asked for once a minute at most. */
export const verificationQuery = queryOptions({
  queryKey: ['ledger', 'verification'],
  staleTime: 60_000,
  queryFn: ({ signal }) => body(api.POST('/api/ledger/verify', { params: { path: {} }, body: {}, signal })),
});

export const detailQuery = (index: number) =>
  queryOptions({
    queryKey: ['audit', 'entry', index],
    queryFn: ({ signal }) => body(api.GET('/api/audit/{index}', { params: { path: { index } }, signal })),
  });

export const proofQuery = (index: number) =>
  queryOptions({
    queryKey: ['ledger', 'proof', index],
    queryFn: ({ signal }) => body(api.GET('/api/ledger/entries/{index}/proof', { params: { path: { index } }, signal })),
  });
