import { queryOptions, skipToken } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths } from '@/shared/http/generated/strategy';
import { words } from '@/shared/text/format';

type Schemas = components['schemas'];

export type CostModel = Schemas['CostModelView'];
export type CostQuestion = Schemas['CostQuestion'];
export type Total = Schemas['Total'];
export type CostEntry = Schemas['Line'];
export type BreakEven = Schemas['BreakEven'];
export type Approach = Total['approach'];
export type CostLine = CostEntry['line'];

/** The approaches, simplest first. */
export const approaches = ['PROMPT_ENGINEERING', 'RAG', 'FINE_TUNING', 'HYBRID'] as const satisfies Approach[];

export const costLines = [
  'API_CALLS',
  'HOSTING',
  'TRAINING_COMPUTE',
  'DATA_PREPARATION',
  'EVALUATION',
  'PEOPLE',
  'PROMPT_UPKEEP',
  'RETRAINING',
  'SCALING',
  'STORAGE',
  'ROLLBACK',
] as const satisfies CostLine[];

const api = client<paths>();

export const costModelsQuery = (application: string, pageToken?: string) =>
  queryOptions({
    queryKey: ['application', application, 'costs', pageToken],
    queryFn: ({ signal }) =>
      body(api.GET('/api/cost-models', { params: { query: { application, pageToken, limit: 20 } }, signal })),
  });

/** The query for the cost model that the address names. Cost models never change. */
export const costModelQuery = (costModelId: string | undefined) =>
  queryOptions({
    queryKey: ['cost-model', costModelId],
    staleTime: Infinity,
    queryFn:
      costModelId === undefined
        ? skipToken
        : ({ signal }) =>
            body(api.GET('/api/cost-models/{costModelId}', { params: { path: { costModelId } }, signal })),
  });

export function computeCosts(question: CostQuestion, key: string): Promise<CostModel> {
  return body(api.POST('/api/cost-models', { params: { header: once(key) }, body: question }));
}

/** Returns the cheapest approaches at the given volume. Several can cost the same. */
export function cheapest(totals: Total[]): Approach[] {
  const least = Math.min(...totals.map(({ monthly }) => Number(monthly.amount)));
  return totals.filter(({ monthly }) => Number(monthly.amount) === least).map(({ approach }) => approach);
}

export function lineName(line: CostLine): string {
  return line === 'API_CALLS' ? 'Calls' : words(line);
}
