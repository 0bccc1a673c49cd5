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

export interface AuditRow {
  index: number;
  time: string;
  type: string;
  source: string;
  subject: string;
  actor: string;
  outcome?: string | null;
}

export interface LedgerEntry extends AuditRow {
  eventId: string;
  leafHash: string;
  /** The event as it was told, CloudEvents attributes and data. */
  payload: unknown;
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
  keyId?: string;
  signature?: string;
}

export interface Verification {
  valid: boolean;
  treeSize: number;
  root: string;
  firstBadIndex?: number | null;
  reason?: string | null;
}

interface paths {
  '/api/audit': { get: Read<Page<AuditRow>, Record<never, never>, PageQuery & AuditFilter> };
  '/api/ledger/head': { get: Read<Head> };
  '/api/ledger/entries/{index}': { get: Read<LedgerEntry, { index: number }> };
  '/api/ledger/entries/{index}/proof': { get: Read<InclusionProof, { index: number }, { treeSize?: number }> };
  '/api/ledger/verify': { post: Write<Verification, Record<never, never>> };
}

const api = client<paths>();

export const auditQuery = (filter: AuditFilter, pageToken?: string) =>
  queryOptions({
    queryKey: ['audit', filter, pageToken],
    queryFn: ({ signal }) => body(api.GET('/api/audit', { params: { path: {}, query: { ...filter, pageToken, limit: 50 } }, signal })),
  });

export const headQuery = queryOptions({
  queryKey: ['ledger', 'head'],
  queryFn: ({ signal }) => body(api.GET('/api/ledger/head', { params: { path: {} }, signal })),
});

/** Reads the whole chain on the server, so it is asked for once a minute at most. */
export const verificationQuery = queryOptions({
  queryKey: ['ledger', 'verification'],
  staleTime: 60_000,
  queryFn: ({ signal }) => body(api.POST('/api/ledger/verify', { params: { path: {} }, body: {}, signal })),
});

export const entryQuery = (index: number) =>
  queryOptions({
    queryKey: ['ledger', 'entry', index],
    queryFn: ({ signal }) => body(api.GET('/api/ledger/entries/{index}', { params: { path: { index } }, signal })),
  });

export const proofQuery = (index: number) =>
  queryOptions({
    queryKey: ['ledger', 'proof', index],
    queryFn: ({ signal }) => body(api.GET('/api/ledger/entries/{index}/proof', { params: { path: { index } }, signal })),
  });
