import { List, ListItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { keyOf, upstreamQuery, type Upstream } from './lineage';
import { NodeLink } from './NodeLink';
import { Problem } from '@/shared/http/problem';
import { count } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';
import { Loaded } from '@/shared/ui/Loaded';

/** The subsets of dataset versions that something was made from, and the steps between. */
export function DataOf({ nodeId }: { nodeId: string }): ReactNode {
  const query = useQuery(upstreamQuery(nodeId));
  if (query.isError && Problem.of(query.error).status === 404) return <p>The data behind it is not known yet.</p>;
  return (
    <Loaded query={query} what="the data it was made of" rows={2}>
      {(upstream) => <Sources nodeId={nodeId} upstream={upstream} />}
    </Loaded>
  );
}

function Sources({ nodeId, upstream }: { nodeId: string; upstream: Upstream }): ReactNode {
  const { nodes, subsets, truncated } = upstream;
  const steps = nodes.filter((node) => node.nodeId !== nodeId);
  if (subsets.length === 0) return <p>No dataset was used.</p>;
  return (
    <div className="pl-stack">
      <List aria-label="Data">
        {subsets.map(({ dataset, version, splitDigest, subset, rows }) => (
          <ListItem key={`${dataset} ${version} ${splitDigest} ${subset}`}>
            <Link to="/datasets/$name/versions/$version" params={{ name: dataset, version: String(version) }}>
              {dataset} v{version}
            </Link>
            , subset {subset} with {count(rows)} rows of split <DigestText value={splitDigest} />
          </ListItem>
        ))}
      </List>
      {steps.length > 0 && (
        <>
          <p>Intermediate steps:</p>
          <List aria-label="Steps">
            {steps.map((node) => (
              <ListItem key={keyOf(node)}>
                <NodeLink node={node} />
              </ListItem>
            ))}
          </List>
        </>
      )}
      {truncated && <p className="pl-subtle">The list is not complete.</p>}
    </div>
  );
}
