import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import { allPages } from '@/shared/http/pages';
import type { components, paths } from '@/shared/http/generated/model-registry';

type Schemas = components['schemas'];

/** A statement that a provider's model was tuned. It counts once a second person has confirmed it. */
export type TuningStatement = Schemas['TuningStatement'];
export type TuningState = TuningStatement['state'];

const api = client<paths>();

/** The query for a page of the statements in a state, or in any, newest first. */
export const tuningStatementsQuery = (state: TuningState | undefined, pageToken?: string) =>
  queryOptions({
    queryKey: ['tuning-statements', 'list', state, pageToken],
    queryFn: ({ signal }) =>
      body(api.GET('/api/tuning-statements', { params: { query: { state, pageToken, limit: 50 } }, signal })),
  });

/** The query for all statements that wait for a second person. */
export const openTuningStatementsQuery = queryOptions({
  queryKey: ['tuning-statements', 'open'],
  queryFn: async ({ signal }) => {
    const { items } = await allPages((pageToken) =>
      body(
        api.GET('/api/tuning-statements', { params: { query: { state: 'PROPOSED', pageToken, limit: 100 } }, signal }),
      ),
    );
    return items;
  },
});

export function stateTuned(statement: Schemas['CreateTuningStatement'], key: string): Promise<TuningStatement> {
  return body(api.POST('/api/tuning-statements', { params: { header: once(key) }, body: statement }));
}

export function confirmTuned(statementId: string): Promise<TuningStatement> {
  return body(api.POST('/api/tuning-statements/{statementId}/confirm', { params: { path: { statementId } } }));
}

export function rejectTuned(statementId: string, reason: string): Promise<TuningStatement> {
  return body(
    api.POST('/api/tuning-statements/{statementId}/reject', { params: { path: { statementId } }, body: { reason } }),
  );
}

export function withdrawTuned(statementId: string): Promise<TuningStatement> {
  return body(api.POST('/api/tuning-statements/{statementId}/withdraw', { params: { path: { statementId } } }));
}
