import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/dataset-registry';

export type Datasheet = components['schemas']['Datasheet'];

const api = client<paths>();

export const datasheetQuery = (name: string, number: number) =>
  queryOptions({
    queryKey: ['datasets', 'one', name, 'version', number, 'datasheet'],
    queryFn: ({ signal }) =>
      body(api.GET('/api/datasets/{name}/versions/{number}/datasheet', { params: { path: { name, number } }, signal })),
  });
