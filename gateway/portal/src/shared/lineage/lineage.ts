import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/dataset-registry';

type Schemas = components['schemas'];

export type LineageNode = Schemas['LineageNode'];
export type Downstream = Schemas['Downstream'];
export type Upstream = Schemas['Upstream'];

/** A node with the nodes that were made from it. */
export interface Branch {
  node: LineageNode;
  branches: Branch[];
}

const api = client<paths>();

/** The query for the data that a node was made from. Nodes are named by digest, training jobs and releases by id. */
export const upstreamQuery = (nodeId: string) =>
  queryOptions({
    queryKey: ['lineage', nodeId],
    queryFn: ({ signal }) => body(api.GET('/api/lineage/{nodeId}', { params: { path: { nodeId } }, signal })),
  });

/** The query for everything made from the splits of a dataset version. */
export const versionLineageQuery = (name: string, number: number) =>
  queryOptions({
    queryKey: ['datasets', 'one', name, 'version', number, 'lineage'],
    queryFn: ({ signal }) =>
      body(api.GET('/api/datasets/{name}/versions/{number}/lineage', { params: { path: { name, number } }, signal })),
  });

/** Returns the key of a node. Two indexes of one recipe have the same digest, but different ids. */
export const keyOf = ({ kind, nodeId, indexId, name, version }: LineageNode) =>
  [kind, nodeId, indexId, name, version].filter((part) => part != null).join(' ');

/** Returns the names of the subsets that a node was made from directly. */
export function subsetsOf({ madeOf }: LineageNode): string[] {
  return [
    ...new Set(
      madeOf.filter(({ kind }) => kind === 'SUBSET').map(({ nodeId }) => nodeId.slice(nodeId.indexOf('/') + 1)),
    ),
  ];
}

/**
 * Returns the nodes as a tree, oldest first. A node made from several nodes stands below the first of them. A node made
 * from none of the listed ones is a root.
 */
export function treeOf(nodes: LineageNode[]): Branch[] {
  const branches = nodes.toReversed().map((node): Branch => ({ node, branches: [] }));
  const roots: Branch[] = [];
  for (const branch of branches) {
    const parent = branch.node.madeOf
      .map((source) => branches.find(({ node }) => node.kind === source.kind && node.nodeId === source.nodeId))
      .find((found) => found !== undefined && found !== branch);
    (parent?.branches ?? roots).push(branch);
  }
  return roots;
}
