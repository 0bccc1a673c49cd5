import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/dataset-registry';
import type { paths as InferencePaths } from '@/shared/http/generated/inference';
import type { paths as TrainingPaths } from '@/shared/http/generated/training';

export type Datasheet = components['schemas']['Datasheet'];

const api = client<paths>();
const inference = client<InferencePaths>();
const training = client<TrainingPaths>();

export const datasheetQuery = (name: string, number: number) =>
  queryOptions({
    queryKey: ['datasets', 'one', name, 'version', number, 'datasheet'],
    queryFn: ({ signal }) =>
      body(api.GET('/api/datasets/{name}/versions/{number}/datasheet', { params: { path: { name, number } }, signal })),
  });

/** The newest indexes of the workspace, among which those of a version are looked for. */
export const newestIndexesQuery = queryOptions({
  queryKey: ['indexes', 'newest'],
  queryFn: ({ signal }) => body(inference.GET('/api/indexes', { params: { query: { limit: 100 } }, signal })),
});

/** The same of trainings. */
export const newestTrainingsQuery = queryOptions({
  queryKey: ['training-jobs', 'newest'],
  queryFn: ({ signal }) => body(training.GET('/api/training-jobs', { params: { query: { limit: 100 } }, signal })),
});
