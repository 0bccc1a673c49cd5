import {
  Card, CardBody, CardTitle, CodeBlock, CodeBlockCode, DescriptionList, DescriptionListDescription, DescriptionListGroup,
  DescriptionListTerm, Label,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { entryQuery, proofQuery, type InclusionProof } from './ledger';
import { rootOf } from './merkle';
import { count } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';
import { Loaded } from '@/shared/ui/Loaded';

export function EntryDetail({ index }: { index: number }): ReactNode {
  return (
    <div className="pl-stack">
      <Card isCompact>
        <CardTitle component="h2">Entry {count(index)}</CardTitle>
        <CardBody>
          <Loaded query={useQuery(entryQuery(index))} what={`entry ${index}`}>
            {({ eventId, leafHash, payload }) => (
              <div className="pl-stack">
                <DescriptionList isHorizontal isCompact>
                  <DescriptionListGroup>
                    <DescriptionListTerm>Event</DescriptionListTerm>
                    <DescriptionListDescription>
                      <code>{eventId}</code>
                    </DescriptionListDescription>
                  </DescriptionListGroup>
                  <DescriptionListGroup>
                    <DescriptionListTerm>Leaf hash</DescriptionListTerm>
                    <DescriptionListDescription>
                      <DigestText value={leafHash} whole />
                    </DescriptionListDescription>
                  </DescriptionListGroup>
                </DescriptionList>
                <CodeBlock>
                  <CodeBlockCode>{JSON.stringify(payload, null, 2)}</CodeBlockCode>
                </CodeBlock>
              </div>
            )}
          </Loaded>
        </CardBody>
      </Card>
      <Card isCompact>
        <CardTitle component="h2">Inclusion proof</CardTitle>
        <CardBody>
          <Loaded query={useQuery(proofQuery(index))} what={`the proof of entry ${index}`}>
            {(proof) => <Proof proof={proof} />}
          </Loaded>
        </CardBody>
      </Card>
    </div>
  );
}

function Proof({ proof }: { proof: InclusionProof }): ReactNode {
  const { path, root, treeSize, index } = proof;
  const computed = useQuery({ queryKey: ['ledger', 'computed', index, treeSize, root, path], staleTime: Infinity, queryFn: async () => (await rootOf(proof)) ?? null });
  return (
    <div className="pl-stack">
      <p role="status">
        {computed.data === undefined ? (
          'Computing…'
        ) : computed.data === root ? (
          <Label status="success">Computed in this browser: the entry leads to the root</Label>
        ) : (
          <Label status="danger">Computed in this browser: the entry does not lead to the root</Label>
        )}
      </p>
      <DescriptionList isHorizontal isCompact>
        <DescriptionListGroup>
          <DescriptionListTerm>Root of {count(treeSize)} entries</DescriptionListTerm>
          <DescriptionListDescription>
            <DigestText value={root} whole />
          </DescriptionListDescription>
        </DescriptionListGroup>
        <DescriptionListGroup>
          <DescriptionListTerm>Path</DescriptionListTerm>
          <DescriptionListDescription>
            {path.length === 0 ? 'none needed: the only entry' : path.map((step) => <div key={step}><DigestText value={step} whole /></div>)}
          </DescriptionListDescription>
        </DescriptionListGroup>
      </DescriptionList>
    </div>
  );
}
