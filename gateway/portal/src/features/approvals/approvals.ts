import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { Page, PageQuery, Read, Write } from '@/shared/http/paths';
import { words } from '@/shared/text/format';

export type ApprovalState = 'PENDING' | 'APPROVED' | 'REJECTED' | 'EXPIRED';

export interface Approval {
  id: string;
  /** The event that asked: prompt.label-move-requested, waiver.requested, release.requested, model.alias-move-requested. */
  requestType: string;
  requestId: string;
  /** What it is about: the name of a prompt, an application, a model. */
  object: string;
  subjectDigest: string;
  requester: string;
  authors: string[];
  state: ApprovalState;
  requestedAt: string;
  expiresAt: string;
  decidedBy?: string | null;
  decidedAt?: string | null;
  /** Of the decision. */
  reason?: string | null;
  /** Whether the reader asked for it or wrote a part of it, and so cannot decide. */
  own: boolean;
  /** What the event carries. */
  request: Record<string, unknown>;
}

export interface Decision {
  decision: 'APPROVED' | 'REJECTED';
  reason: string;
  /** What was looked at: a request about anything else is not decided. */
  subjectDigest: string;
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

/** In words: Release: mail-triage to production. */
export function titleOf(approval: Approval): string {
  const { label, to, environment, phase, alias, version } = approval.request;
  const target = [
    typeof label === 'string' && ` ${label}`,
    typeof alias === 'string' && ` ${alias}`,
    typeof to === 'number' && ` to v${to}`,
    typeof version === 'number' && ` to v${version}`,
    typeof environment === 'string' && ` to ${environment}`,
    typeof phase === 'string' && ` for ${words(phase).toLowerCase()}`,
  ];
  return `${kindOf(approval)}: ${approval.object}${target.filter(Boolean).join('')}`;
}
