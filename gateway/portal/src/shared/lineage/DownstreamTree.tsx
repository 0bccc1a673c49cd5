import { List, ListItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { keyOf, treeOf, type Branch, type Downstream } from './lineage';
import { NodeLink } from './NodeLink';
import { count } from '@/shared/text/format';

/** The tree of everything made from data, down to the releases. */
export function DownstreamTree({ downstream: { nodes, truncated } }: { downstream: Downstream }): ReactNode {
  if (nodes.length === 0) return <p>Nothing was made from it yet.</p>;
  return (
    <>
      <Branches branches={treeOf(nodes)} />
      {truncated && <p className="pl-subtle">Only the newest {count(nodes.length)} are listed.</p>}
    </>
  );
}

function Branches({ branches }: { branches: Branch[] }): ReactNode {
  return (
    <List>
      {branches.map(({ node, branches: below }) => (
        <ListItem key={keyOf(node)}>
          <NodeLink node={node} />
          {below.length > 0 && <Branches branches={below} />}
        </ListItem>
      ))}
    </List>
  );
}
