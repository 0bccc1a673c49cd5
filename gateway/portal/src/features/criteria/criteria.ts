import type { Criteria, Criterion } from '@/shared/data/applications';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { paths } from '@/shared/http/generated/strategy';

const api = client<paths>();

export function registerCriteria(name: string, criteria: Criterion[], key: string): Promise<Criteria> {
  return body(
    api.POST('/api/applications/{name}/criteria', {
      params: { path: { name }, header: once(key) },
      body: { criteria },
    }),
  );
}
