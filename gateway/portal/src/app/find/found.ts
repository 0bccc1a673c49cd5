import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { paths as Strategy } from '@/shared/http/generated/strategy';
import type { paths as Prompts } from '@/shared/http/generated/prompt-registry';
import type { paths as Datasets } from '@/shared/http/generated/dataset-registry';
import type { paths as Models } from '@/shared/http/generated/model-registry';
import type { paths as Inference } from '@/shared/http/generated/inference';
import type { paths as Compliance } from '@/shared/http/generated/compliance';

/** An object with a name and a page. */
export interface Found {
  kind: string;
  name: string;
  to: string;
}

const limit = 100;
const query = { limit };

const sources: ((signal: AbortSignal) => Promise<Found[]>)[] = [
  async (signal) =>
    named(
      'Application',
      '/apps',
      await body(client<Strategy>().GET('/api/applications', { params: { query }, signal })),
    ),
  async (signal) =>
    named('Prompt', '/prompts', await body(client<Prompts>().GET('/api/prompts', { params: { query }, signal }))),
  async (signal) =>
    named('Dataset', '/datasets', await body(client<Datasets>().GET('/api/datasets', { params: { query }, signal }))),
  async (signal) =>
    named('Model', '/models', await body(client<Models>().GET('/api/models', { params: { query }, signal }))),
  async (signal) =>
    named('Policy', '/policies', await body(client<Compliance>().GET('/api/policies', { params: { query }, signal }))),
  async (signal) =>
    named('Provider', '/settings/providers', await body(client<Inference>().GET('/api/providers', { signal }))),
  async (signal) => {
    const { items } = await body(client<Inference>().GET('/api/indexes', { params: { query }, signal }));
    return items.map(({ name, indexId }) => ({ kind: 'Index', name, to: `/indexes/${indexId}` }));
  },
];

function named(kind: string, at: string, { items }: { items: { name: string }[] }): Found[] {
  return items.map(({ name }) => ({ kind, name, to: `${at}/${encodeURIComponent(name)}` }));
}

/** The query for the newest 100 objects of each kind. The kinds of an unavailable service are left out. */
export const foundQuery = queryOptions({
  queryKey: ['found'],
  queryFn: async ({ signal }) => {
    const answers = await Promise.allSettled(sources.map((source) => source(signal)));
    return {
      items: answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])),
      isComplete: answers.every(({ status }) => status === 'fulfilled'),
    };
  },
});

/** Returns the objects with every word in their name or kind, first those that begin with the first word. */
export function matching(items: Found[], typed: string): Found[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const begins = ({ name }: Found) => (name.toLowerCase().startsWith(wanted[0] ?? '') ? 0 : 1);
  return items
    .filter(({ kind, name }) => wanted.every((word) => `${kind} ${name}`.toLowerCase().includes(word)))
    .toSorted((one, other) => begins(one) - begins(other) || one.name.localeCompare(other.name))
    .slice(0, 20);
}
