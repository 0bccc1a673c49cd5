import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/dataset-registry';

type Schemas = components['schemas'];

export type LineageNode = Schemas['LineageNode'];
export type Downstream = Schemas['Downstream'];
export type Upstream = Schemas['Upstream'];

/** A node with what was made of it. */
export interface Branch {
  node: LineageNode;
  branches: Branch[];
}

const api = client<paths>();

/** What something was made of; it is named by its digest, a training job or release by its id. */
export const upstreamQuery = (nodeId: string) =>
  queryOptions({
    queryKey: ['lineage', nodeId],
    queryFn: ({ signal }) => body(api.GET('/api/lineage/{nodeId}', { params: { path: { nodeId } }, signal })),
  });

/** What was made of the splits of a dataset version. */
export const versionLineageQuery = (name: string, number: number) =>
  queryOptions({
    queryKey: ['datasets', 'one', name, 'version', number, 'lineage'],
    queryFn: ({ signal }) =>
      body(api.GET('/api/datasets/{name}/versions/{number}/lineage', { params: { path: { name, number } }, signal })),
  });

/** How it is called: two indexes of one recipe have one digest, and each its own id. */
export const keyOf = ({ kind, nodeId, indexId, name, version }: LineageNode) =>
  [kind, nodeId, indexId, name, version].filter((part) => part != null).join(' ');

/** The subsets of which a node was made directly, by name. */
export function subsetsOf({ madeOf }: LineageNode): string[] {
  return [
    ...new Set(
      madeOf.filter(({ kind }) => kind === 'SUBSET').map(({ nodeId }) => nodeId.slice(nodeId.indexOf('/') + 1)),
    ),
  ];
}

/**
 * Nodes as a tree, oldest first. What was made of several nodes stands below the first of them; what was made of none
 * that is named stands for itself.
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
