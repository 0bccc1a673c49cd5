import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/compliance';

type Schemas = components['schemas'];

/** A request. Its object names the thing that would change; its digest identifies the exact content to approve. */
export type Approval = Schemas['ApprovalView'];
export type ApprovalState = Approval['state'];
/** A decision with the digest of the content that was reviewed. It is refused if the request has another digest. */
export type Decision = Required<Schemas['DecideApproval']>;

const api = client<paths>();

export const approvalsQuery = (state: ApprovalState | undefined, pageToken?: string, limit = 50) =>
  queryOptions({
    queryKey: ['approvals', 'list', state, pageToken, limit],
    queryFn: ({ signal }) =>
      body(api.GET('/api/approvals', { params: { query: { state, pageToken, limit } }, signal })),
    refetchInterval: 30_000,
  });

export const approvalQuery = (approvalId: string) =>
  queryOptions({
    queryKey: ['approvals', 'one', approvalId],
    queryFn: ({ signal }) => body(api.GET('/api/approvals/{approvalId}', { params: { path: { approvalId } }, signal })),
  });

export function decide(approvalId: string, decision: Decision): Promise<Approval> {
  return body(api.POST('/api/approvals/{approvalId}/decisions', { params: { path: { approvalId } }, body: decision }));
}
