import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { Page, PageQuery, Read, Write } from '@/shared/http/paths';

export type ApprovalState = 'PENDING' | 'APPROVED' | 'REJECTED' | 'EXPIRED';

export interface Approval {
  approvalId: string;
  /** The event that asked: prompt.label-move-requested, waiver.requested, release.requested, model.alias-move-requested. */
  requestType: string;
  requestId: string;
  /** What it is about in words: mail-triage, support-triage → production. */
  subject: string;
  subjectDigest: string;
  state: ApprovalState;
  requester: string;
  requesterName?: string | null;
  authors: string[];
  reason?: string | null;
  details?: Record<string, unknown> | null;
  requestedAt: string;
  expiresAt?: string | null;
  decidedBy?: string | null;
  decidedAt?: string | null;
  decisionReason?: string | null;
}

export interface Decision {
  decision: 'APPROVED' | 'REJECTED';
  reason: string;
}

interface paths {
  '/api/approvals': { get: Read<Page<Approval>, Record<never, never>, PageQuery & { state?: string }> };
  '/api/approvals/{id}': { get: Read<Approval, { id: string }> };
  '/api/approvals/{id}/decisions': { post: Write<Approval, Decision, { id: string }> };
}

const api = client<paths>();

export const approvalsQuery = (state: string | undefined, pageToken?: string, limit = 50) =>
  queryOptions({
    queryKey: ['approvals', 'list', state, pageToken, limit],
    queryFn: ({ signal }) => body(api.GET('/api/approvals', { params: { path: {}, query: { state, pageToken, limit } }, signal })),
    refetchInterval: 30_000,
  });

export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: ['approvals', 'one', id],
    queryFn: ({ signal }) => body(api.GET('/api/approvals/{id}', { params: { path: { id } }, signal })),
  });

export function decide(id: string, decision: Decision): Promise<Approval> {
  return body(api.POST('/api/approvals/{id}/decisions', { params: { path: { id } }, body: decision }));
}

const kinds: Record<string, string> = {
  'prompt.label-move-requested': 'Prompt label',
  'waiver.requested': 'Waiver',
  'release.requested': 'Release',
  'model.alias-move-requested': 'Model alias',
};

export function kindOf({ requestType }: Approval): string {
  return kinds[requestType] ?? requestType;
}
