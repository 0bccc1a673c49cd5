import { queryOptions } from '@tanstack/react-query';
import type { Application } from '@/shared/data/applications';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths } from '@/shared/http/generated/strategy';

type Schemas = components['schemas'];

/** An application with a summary of its phases, as the list has it. */
export type ApplicationCard = Schemas['ApplicationCard'];
export type Registration = Schemas['RegisterApplication'];
export type Recommendation = Schemas['Recommendation'];
export type Answers = Schemas['Answers'];
export type Assessment = Schemas['AssessmentView'];

const api = client<paths>();

export const applicationsQuery = (pageToken?: string, limit = 50) =>
  queryOptions({
    queryKey: ['applications', pageToken, limit],
    queryFn: ({ signal }) => body(api.GET('/api/applications', { params: { query: { pageToken, limit } }, signal })),
  });

export const recommendationsQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'recommendations'],
    queryFn: ({ signal }) =>
      body(api.GET('/api/applications/{name}/recommendations', { params: { path: { name } }, signal })),
  });

/** The assessments by time of completion, newest first. */
export const assessmentsQuery = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'assessments'],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/applications/{name}/assessments', { params: { path: { name }, query: { limit: 1 } }, signal }),
      ),
  });

export function register(application: Registration, key: string): Promise<Application> {
  return body(api.POST('/api/applications', { params: { header: once(key) }, body: application }));
}

export function assess(name: string, answers: Answers, key: string): Promise<Assessment> {
  return body(
    api.POST('/api/applications/{name}/assessments', { params: { path: { name }, header: once(key) }, body: answers }),
  );
}

export function recommend(name: string): Promise<Recommendation> {
  return body(api.POST('/api/applications/{name}/recommendations', { params: { path: { name } } }));
}
