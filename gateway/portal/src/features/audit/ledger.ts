import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, operations, paths } from '@/shared/http/generated/compliance';

type Schemas = components['schemas'];

export type AuditFilter = Omit<
  NonNullable<operations['listAuditEntries']['parameters']['query']>,
  'limit' | 'pageToken'
>;
export type AuditEntry = Schemas['AuditEntry'];
export type AuditEntries = Schemas['PageAuditEntry'];
export type AuditDetail = Schemas['AuditDetail'];
/** RFC 6962: the siblings from the leaf to the root, in hex. */
export type InclusionProof = Schemas['InclusionProof'];
export type Head = Schemas['SignedHead'];
export type Verification = Schemas['VerificationView'];
export type VerificationResult = Schemas['VerificationResult'];

const api = client<paths>();

export const auditQuery = (filter: AuditFilter, pageToken?: string) =>
  queryOptions({
    queryKey: ['audit', filter, pageToken],
    queryFn: ({ signal }) =>
      body(api.GET('/api/audit', { params: { query: { ...filter, pageToken, limit: 50 } }, signal })),
  });

/** Every entry that matches a filter, oldest first, one entry per line. The export itself is recorded in the ledger. */
export async function exportAudit(filter: AuditFilter): Promise<Blob> {
  return (await body(api.GET('/api/audit/export', { params: { query: filter }, parseAs: 'blob' }))) as unknown as Blob;
}

/** The last verification of the complete chain, which the server makes in the background. */
export const verificationQuery = queryOptions({
  queryKey: ['ledger', 'verification'],
  queryFn: ({ signal }) => body(api.GET('/api/ledger/verification', { signal })),
  refetchInterval: ({ state }) => (state.data?.running ? 1_500 : 60_000),
});

/** Starts a verification, which needs the role of a compliance officer or an administrator. */
export const startVerification = () => body(api.POST('/api/ledger/verify'));

/** Whether changes at the identity provider become entries of the ledger. */
export const identityRecordingQuery = queryOptions({
  queryKey: ['identity-recording'],
  queryFn: ({ signal }) => body(api.GET('/api/identity-recording', { signal })),
  refetchInterval: 60_000,
});

export const detailQuery = (index: number) =>
  queryOptions({
    queryKey: ['audit', 'entry', index],
    queryFn: ({ signal }) => body(api.GET('/api/audit/{index}', { params: { path: { index } }, signal })),
  });

export const proofQuery = (index: number) =>
  queryOptions({
    queryKey: ['ledger', 'proof', index],
    queryFn: ({ signal }) =>
      body(api.GET('/api/ledger/entries/{index}/proof', { params: { path: { index } }, signal })),
  });
