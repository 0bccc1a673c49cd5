import { queryOptions } from '@tanstack/react-query';
import type { Criteria } from '@/shared/data/applications';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { operations, paths as EvaluationPaths } from '@/shared/http/generated/evaluation';
import type { components, paths } from '@/shared/http/generated/strategy';

type Schemas = components['schemas'];

export type RegisterCriteria = Schemas['RegisterCriteria'];
/** Criteria looser than those in force, which a second person decides about. */
export type CriteriaProposal = Schemas['CriteriaProposal'];

export type RequiredItemsQuestion = operations['getRequiredItems']['parameters']['query'];
export type PlannedItems = NonNullable<
  operations['getRequiredItems']['responses'][200]['content']['application/json']
>['planned'];

const api = client<paths>();
const evaluation = client<EvaluationPaths>();

/** The query for the test items that a criterion needs for a number of releases. */
export const requiredItemsQuery = (question: RequiredItemsQuestion) =>
  queryOptions({
    queryKey: ['required-items', question],
    queryFn: ({ signal }) =>
      body(evaluation.GET('/api/suites/required-items', { params: { query: question }, signal })),
  });

export function registerCriteria(name: string, criteria: RegisterCriteria, key: string): Promise<Criteria> {
  return body(
    api.POST('/api/applications/{name}/criteria', {
      params: { path: { name }, header: once(key) },
      body: criteria,
    }),
  );
}

/** The newest proposal first. */
export const proposalsQuery = (name: string, pageToken?: string) =>
  queryOptions({
    queryKey: ['application', name, 'criteria-proposals', pageToken],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/applications/{name}/criteria-proposals', {
          params: { path: { name }, query: { pageToken, limit: 20 } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === 'REQUESTED') ? 5_000 : false),
  });

export function proposeCriteria(
  name: string,
  proposal: Schemas['RequestCriteria'],
  key: string,
): Promise<CriteriaProposal> {
  return body(
    api.POST('/api/applications/{name}/criteria-proposals', {
      params: { path: { name }, header: once(key) },
      body: proposal,
    }),
  );
}
