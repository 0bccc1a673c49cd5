import { queryOptions } from '@tanstack/react-query';
import { correctionOf, type ChatMessage } from './items';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import { allPages } from '@/shared/http/pages';
import type { components, paths } from '@/shared/http/generated/dataset-registry';
import type { Role } from '@/shared/session/session';

type Schemas = components['schemas'];
export type DraftItem = Schemas['DraftItemView'];
export type NewDraftItem = Schemas['AddDraftItem'];
export type NewExpected = Schemas['AddDraftCorrection']['expected'];

/** A correction of what a row expects, which is in a draft and not in a version yet. */
export interface WaitingCorrection {
  draftItemId: string;
  /** The id of the row. */
  itemId: string;
  /** The label or text that the row should expect, masked. */
  expected: string;
  addedBy: string;
}

/** The roles that may add items to drafts and remove them. */
export const collectors: Role[] = ['data-steward', 'ml-engineer'];

/** A candidate for an item: a conversation and its answer. */
export interface Candidate {
  messages: ChatMessage[];
  tools: unknown[];
  variables: Record<string, unknown>;
  answer: string;
  /** The newest correction of the answer, and the caller who sent it. */
  correction?: { text: string; caller: string };
  calls: { name: string; args: string }[];
  source: NewDraftItem['source'];
}

const api = client<paths>();

export const draftKey = (name: string) => ['datasets', 'draft', name];

export const draftQuery = (name: string, pageToken?: string) =>
  queryOptions({
    queryKey: [...draftKey(name), pageToken],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/datasets/{name}/draft/items', {
          params: { path: { name }, query: { pageToken, limit: 20 } },
          signal,
        }),
      ),
  });

/** The query for the items of a draft that correct rows. */
export const rowCorrectionsQuery = (name: string) =>
  queryOptions({
    queryKey: [...draftKey(name), 'corrections'],
    queryFn: async ({ signal }): Promise<WaitingCorrection[]> => {
      const { items } = await allPages((pageToken) =>
        body(
          api.GET('/api/datasets/{name}/draft/items', {
            params: { path: { name }, query: { pageToken, limit: 100 } },
            signal,
          }),
        ),
      );
      return items.flatMap(({ draftItemId, item, addedBy }) => {
        const correction = correctionOf(item);
        if (correction === undefined) return [];
        const { label, references, answers } = item.expected;
        const expected = label ?? references[0] ?? answers?.[0] ?? 'nothing';
        return [{ draftItemId, itemId: correction.itemId, expected, addedBy }];
      });
    },
  });

/** Corrects what a row expects, in the draft of its dataset. */
export function correctRow(name: string, correction: Schemas['AddDraftCorrection']): Promise<DraftItem> {
  return body(api.POST('/api/datasets/{name}/draft/corrections', { params: { path: { name } }, body: correction }));
}

export function addDraftItem(name: string, item: NewDraftItem, key: string): Promise<DraftItem> {
  return body(
    api.POST('/api/datasets/{name}/draft/items', { params: { path: { name }, header: once(key) }, body: item }),
  );
}

export async function removeDraftItem(name: string, draftItemId: string): Promise<void> {
  await api.DELETE('/api/datasets/{name}/draft/items/{draftItemId}', { params: { path: { name, draftItemId } } });
}

/** Makes a version of a draft, alone or after the rows of another version. */
export function publishDraft(name: string, base: number | null, key: string): Promise<Schemas['StartedVersion']> {
  return body(
    api.POST('/api/datasets/{name}/draft/version', { params: { path: { name }, header: once(key) }, body: { base } }),
  );
}
