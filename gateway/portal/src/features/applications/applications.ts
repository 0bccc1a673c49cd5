import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/strategy';

type Schemas = components['schemas'];

export type Application = Schemas['ApplicationView'];
/** An application with its phases at a glance, as the list carries it. */
export type ApplicationCard = Schemas['ApplicationCard'];
export type Registration = Schemas['RegisterApplication'];
export type Standing = Schemas['Standing'];
export type PhaseName = Standing['phase'];
export type PhaseState = Standing['state'];
export type Criteria = Schemas['CriteriaView'];
export type Criterion = Schemas['Criterion'];
export type Waiver = Schemas['WaiverView'];
export type Recommendation = Schemas['Recommendation'];
export type Answers = Schemas['Answers'];
export type Assessment = Schemas['AssessmentView'];

const api = client<paths>();

export const applicationsQuery = (pageToken?: string, limit = 50) =>
  queryOptions({
    queryKey: ['applications', pageToken, limit],
    queryFn: ({ signal }) => body(api.GET('/api/applications', { params: { query: { pageToken, limit } }, signal })),
  });

export const applicationQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name],
    queryFn: ({ signal }) => body(api.GET('/api/applications/{name}', { params: { path: { name } }, signal })),
  });

export const phasesQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'phases'],
    queryFn: ({ signal }) => body(api.GET('/api/applications/{name}/phases', { params: { path: { name } }, signal })),
    // Verdicts and decisions reach the phases by events, a moment after they were issued.
    refetchInterval: 15_000,
  });

/** All versions of the criteria, the one in force first. */
export const criteriaQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'criteria'],
    queryFn: ({ signal }) => body(api.GET('/api/applications/{name}/criteria', { params: { path: { name } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items[0]?.receipt == null && state.data?.items[0] ? 1_000 : false),
  });

export const waiversQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'waivers'],
    queryFn: ({ signal }) => body(api.GET('/api/applications/{name}/waivers', { params: { path: { name } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some((waiver) => waiver.state === 'REQUESTED') ? 5_000 : false),
  });

export const recommendationsQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'recommendations'],
    queryFn: ({ signal }) =>
      body(api.GET('/api/applications/{name}/recommendations', { params: { path: { name } }, signal })),
  });

/** As they were completed, the newest first. */
export const assessmentsQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'assessments'],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/applications/{name}/assessments', { params: { path: { name }, query: { limit: 1 } }, signal }),
      ),
  });

const once = (key: string) => ({ 'Idempotency-Key': key });

export function register(application: Registration, key: string): Promise<Application> {
  return body(api.POST('/api/applications', { params: { header: once(key) }, body: application }));
}

export function assess(name: string, answers: Answers, key: string): Promise<Assessment> {
  return body(
    api.POST('/api/applications/{name}/assessments', { params: { path: { name }, header: once(key) }, body: answers }),
  );
}

export function registerCriteria(name: string, criteria: Criterion[], key: string): Promise<Criteria> {
  return body(
    api.POST('/api/applications/{name}/criteria', {
      params: { path: { name }, header: once(key) },
      body: { criteria },
    }),
  );
}

export function requestWaiver(name: string, waiver: Schemas['RequestWaiver'], key: string): Promise<Waiver> {
  return body(
    api.POST('/api/applications/{name}/waivers', { params: { path: { name }, header: once(key) }, body: waiver }),
  );
}

export function recommend(name: string): Promise<Recommendation> {
  return body(api.POST('/api/applications/{name}/recommendations', { params: { path: { name } } }));
}
