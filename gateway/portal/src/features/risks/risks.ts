import { queryOptions } from '@tanstack/react-query';
import type { Risk } from '@/shared/risks/risks';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/compliance';

type Schemas = components['schemas'];

/** A risk with the ETag of the version that was read. A new assessment must send it. */
export type TaggedRisk = Risk & { etag: string };
/** A new assessment. Absent fields keep their values. */
export type Reassessment = Schemas['UpdateRisk'];

const api = client<paths>();

export const riskQuery = (name: string) =>
  queryOptions({
    queryKey: ['risks', 'one', name],
    queryFn: async ({ signal }): Promise<TaggedRisk> => {
      const { data, response } = await api.GET('/api/risks/{name}', { params: { path: { name } }, signal });
      return { ...(data as Risk), etag: response.headers.get('etag') ?? '' };
    },
  });

export function reassess(name: string, etag: string, reassessment: Reassessment): Promise<Risk> {
  return body(
    api.PATCH('/api/risks/{name}', { params: { path: { name }, header: { 'If-Match': etag } }, body: reassessment }),
  );
}
