import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/strategy';

type Schemas = components['schemas'];

export type Application = Schemas['ApplicationView'];
export type PhaseStatus = Schemas['PhaseStatus'];
export type PhaseName = PhaseStatus['phase'];
export type PhaseState = PhaseStatus['state'];
export type Criteria = Schemas['CriteriaView'];
export type Criterion = Schemas['Criterion'];

const api = client<paths>();

export const phaseNames: PhaseName[] = ['PROMPT', 'RETRIEVAL', 'FINE_TUNING', 'HYBRID'];

export const applicationQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name],
    queryFn: ({ signal }) => body(api.GET('/api/applications/{name}', { params: { path: { name } }, signal })),
  });

/** The query for the overview of an application, with its traffic. */
export const overviewQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'overview'],
    queryFn: ({ signal }) => body(api.GET('/api/applications/{name}/overview', { params: { path: { name } }, signal })),
  });

export const phasesQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'phases'],
    queryFn: ({ signal }) => body(api.GET('/api/applications/{name}/phases', { params: { path: { name } }, signal })),
    // Verdicts and decisions reach the phases by events, a moment after they are issued.
    refetchInterval: 15_000,
  });

/** Returns the criteria in force for a purpose. All versions come newest first. */
export function inForceOf(
  versions: Criteria[] | undefined,
  purpose: Criteria['purpose'] = 'RELEASE',
): Criteria | undefined {
  return versions?.find((one) => one.purpose === purpose);
}

/** The query for all versions of the criteria, newest first. One per purpose is in force. */
export const criteriaQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'criteria'],
    queryFn: ({ signal }) => body(api.GET('/api/applications/{name}/criteria', { params: { path: { name } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items[0]?.receipt == null && state.data?.items[0] ? 1_000 : false),
  });
