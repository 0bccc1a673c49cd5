import { queryOptions } from '@tanstack/react-query';
import type { Release } from '@/shared/data/releases';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components as EvaluationComponents, paths as EvaluationPaths } from '@/shared/http/generated/evaluation';
import type { components as InferenceComponents, paths as InferencePaths } from '@/shared/http/generated/inference';

export type NewRelease = InferenceComponents['schemas']['CreateRelease'];
export type ReleaseAction = 'rollback' | 'halt' | 'promote' | 'withdraw';
/** The monitor of a canary, with the counts of both arms. */
export type Guard = EvaluationComponents['schemas']['GuardView'];
export type Arms = EvaluationComponents['schemas']['ArmsView'];

const api = client<InferencePaths & EvaluationPaths>();

/** The query for guards, newest release first, as many as there are releases shown. */
export const guardsQuery = (application: string) =>
  queryOptions({
    queryKey: ['guards', application],
    queryFn: ({ signal }) => body(api.GET('/api/guards', { params: { query: { application, limit: 100 } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some((guard) => guard.state === 'RUNNING') ? 5_000 : 30_000),
  });

/** The query for the environments that an application can be released to. */
export const environmentsQuery = (application: string) =>
  queryOptions({
    queryKey: ['environments', application],
    queryFn: ({ signal }) =>
      body(api.GET('/api/releases/environments', { params: { query: { application } }, signal })),
  });

export function requestRelease(release: NewRelease, key: string): Promise<Release> {
  return body(api.POST('/api/releases', { params: { header: once(key) }, body: release }));
}

/**
 * Acts on a release. `confirmed` applies to rollbacks, whose caller has seen the objections to the earlier release, and
 * to promotions, whose caller gives the reason for promoting a canary without the evidence that was registered.
 */
export function actOnRelease(
  releaseId: string,
  action: ReleaseAction,
  reason: string,
  confirmed: boolean,
): Promise<Release> {
  const command = { params: { path: { releaseId } }, body: { reason } };
  switch (action) {
    case 'rollback':
      return body(
        api.POST('/api/releases/{releaseId}/rollback', { ...command, body: { reason, acknowledge: confirmed } }),
      );
    case 'halt':
      return body(api.POST('/api/releases/{releaseId}/halt', command));
    case 'promote':
      return body(
        api.POST('/api/releases/{releaseId}/promote', {
          ...command,
          body: { reason, ...(confirmed && { override: reason }) },
        }),
      );
    case 'withdraw':
      return body(api.POST('/api/releases/{releaseId}/withdraw', command));
  }
}
