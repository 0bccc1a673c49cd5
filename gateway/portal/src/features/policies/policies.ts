import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths } from '@/shared/http/generated/compliance';

type Schemas = components['schemas'];

/** A version of a policy. It is active when no later one was activated. */
export type Policy = Schemas['PolicyView'];
export type NewPolicy = Schemas['ProposePolicy'];
/** A version that one person proposed. A second one activates or rejects it. */
export type Proposal = Schemas['PolicyProposalView'];
/** A gate that policies control, with the variables that their rules may use. */
export type Target = Schemas['PolicyTargetView'];

const api = client<paths>();

export const policiesQuery = (pageToken?: string) =>
  queryOptions({
    queryKey: ['policies', 'list', pageToken],
    queryFn: ({ signal }) => body(api.GET('/api/policies', { params: { query: { pageToken, limit: 50 } }, signal })),
  });

/** The query for the versions, newest first. */
export const policyVersionsQuery = (name: string) =>
  queryOptions({
    queryKey: ['policies', 'versions', name],
    queryFn: ({ signal }) => body(api.GET('/api/policies/{name}', { params: { path: { name } }, signal })),
  });

/** The query for the targets. They belong to the installation and change only with a new release of it. */
export const targetsQuery = queryOptions({
  queryKey: ['policy-targets'],
  staleTime: Infinity,
  queryFn: ({ signal }) => body(api.GET('/api/policy-targets', { signal })),
});

/** Checks a source. Throws a problem that lists every error. */
export async function check(target: string, source: string): Promise<void> {
  await api.POST('/api/policies/check', { body: { target, source } });
}

/** The query for the proposals that wait for a second person. */
export const proposalsQuery = queryOptions({
  queryKey: ['policies', 'proposals'],
  queryFn: ({ signal }) =>
    body(api.GET('/api/policy-proposals', { params: { query: { state: 'PROPOSED', limit: 100 } }, signal })),
  refetchInterval: 30_000,
});

export function decide(proposalId: string, decision: 'APPROVED' | 'REJECTED', reason: string): Promise<Proposal> {
  return body(
    api.POST('/api/policy-proposals/{proposalId}/decisions', {
      params: { path: { proposalId } },
      body: { decision, reason },
    }),
  );
}

export function propose(policy: NewPolicy, key: string): Promise<Proposal> {
  return body(api.POST('/api/policies', { params: { header: once(key) }, body: policy }));
}
