import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import { allPages } from '@/shared/http/pages';
import type { components, paths } from '@/shared/http/generated/model-registry';

type Schemas = components['schemas'];

/** A model in the catalogue. */
export type ListedModel = Schemas['BaseModelView'];
/** A listed model with the ETag of its state. A change must send that ETag. */
export type TaggedModel = ListedModel & { etag: string };

/** Prices that one person proposed and that wait for a second one. */
export type PriceProposal = Schemas['PriceProposalView'];

const api = client<paths>();

/** The query for the proposed prices that wait for a second person. */
export const requestedPricesQuery = queryOptions({
  queryKey: ['base-models', 'requested-prices'],
  queryFn: async ({ signal }) => {
    const { items } = await allPages((pageToken) =>
      body(
        api.GET('/api/price-proposals', { params: { query: { state: 'REQUESTED', pageToken, limit: 100 } }, signal }),
      ),
    );
    return items;
  },
});

/** The query for a provider's models in the catalogue. */
export const listedModelsQuery = (provider: string) =>
  queryOptions({
    queryKey: ['base-models', 'of', provider],
    queryFn: async ({ signal }) => {
      const { items } = await allPages((pageToken) =>
        body(api.GET('/api/base-models', { params: { query: { pageToken, limit: 100 } }, signal })),
      );
      return items.filter((one) => one.provider === provider);
    },
  });

/** The query for one listed model. It is read again before each change. */
export const listedModelQuery = (name: string) =>
  queryOptions({
    queryKey: ['base-models', 'one', name],
    gcTime: 0,
    queryFn: async ({ signal }): Promise<TaggedModel> => {
      const { data, response } = await api.GET('/api/base-models/{provider}/{model}', { ...at(name), signal });
      return { ...(data as ListedModel), etag: response.headers.get('etag') ?? '' };
    },
  });

export function withdrawPrices(proposalId: string): Promise<PriceProposal> {
  return body(api.POST('/api/price-proposals/{proposalId}/withdraw', { params: { path: { proposalId } } }));
}

export function listModel(model: Schemas['CreateBaseModel'], key: string): Promise<ListedModel> {
  return body(api.POST('/api/base-models', { params: { header: once(key) }, body: model }));
}

export function updateModel(name: string, etag: string, changes: Schemas['UpdateBaseModel']): Promise<ListedModel> {
  const { params, pathSerializer } = at(name);
  return body(
    api.PATCH('/api/base-models/{provider}/{model}', {
      params: { ...params, header: { 'If-Match': etag } },
      pathSerializer,
      body: changes,
    }),
  );
}

/** Returns the address of a model. The slashes of its name are kept. */
function at(name: string) {
  const [provider = '', ...model] = name.split('/');
  return {
    params: { path: { provider, model: model.join('/') } },
    pathSerializer: (address: string) =>
      address.replace('{provider}/{model}', [provider, ...model].map(encodeURIComponent).join('/')),
  };
}
