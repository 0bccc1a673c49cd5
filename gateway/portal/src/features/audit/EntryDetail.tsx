import { Card, CardBody, CardTitle, CodeBlock, CodeBlockCode, Label } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { EntryWarnings } from './EntryWarnings';
import { detailQuery, proofQuery, type AuditEntry, type InclusionProof } from './ledger';
import { rootOf } from '@/shared/data/merkle';
import { ObjectLink } from './ObjectLink';
import { peopleIn } from './people';
import { count } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';
import { Detail, Details } from '@/shared/ui/Details';
import { Loaded } from '@/shared/ui/Loaded';
import { Person } from '@/shared/ui/Person';

export function EntryDetail({ index }: { index: number }): ReactNode {
  return (
    <div className="pl-stack">
      <Card isCompact>
        <CardTitle component="h2">Entry {count(index)}</CardTitle>
        <CardBody>
          <Loaded query={useQuery(detailQuery(index))} what={`entry ${count(index)}`}>
            {({ entry, before }) => (
              <div className="pl-stack">
                <EntryWarnings warnings={entry.warnings} />
                <Details>
                  <Detail term="Object">
                    <ObjectLink entry={entry} />{' '}
                    <Link to="/audit" search={{ object: entry.object }}>
                      history of {entry.object}
                    </Link>
                  </Detail>
                  <Detail term="Actor">
                    <Person actor={entry.actor} />{' '}
                    <Link to="/audit" search={{ actor: entry.actor }}>
                      history of this actor
                    </Link>
                  </Detail>
                  <Detail term="Roles of the actor">{entry.roles?.join(', ') ?? 'not recorded'}</Detail>
                  <People payload={entry.payload} />
                  <Detail term="Event">
                    <code>{entry.eventId}</code>
                  </Detail>
                  {entry.traceId != null && (
                    <Detail term="Trace">
                      <code>{entry.traceId}</code>
                    </Detail>
                  )}
                  <Detail term="Leaf hash">
                    <DigestText value={entry.leafHash} isFull />
                  </Detail>
                  <Detail term="Content digest">
                    <DigestText value={entry.contentDigest} isFull />
                  </Detail>
                </Details>
                <Payload title="Payload" value={entry.payload} />
                {before != null && (
                  <Payload title={`Previous payload, in entry ${count(before.index)}`} value={before.payload} />
                )}
              </div>
            )}
          </Loaded>
        </CardBody>
      </Card>
      <Card isCompact>
        <CardTitle component="h2">Inclusion proof</CardTitle>
        <CardBody>
          <Loaded query={useQuery(proofQuery(index))} what={`the proof of entry ${count(index)}`}>
            {(proof) => <Proof proof={proof} />}
          </Loaded>
        </CardBody>
      </Card>
    </div>
  );
}

/** The payload is shown as it was recorded, with ids; this names the people behind them. */
function People({ payload }: { payload: AuditEntry['payload'] }): ReactNode {
  const people = peopleIn(payload);
  if (people.length === 0) return null;
  return (
    <Detail term="People mentioned">
      {people.map((actor, index) => (
        <Fragment key={actor}>
          {index > 0 && ', '}
          <Person actor={actor} />
        </Fragment>
      ))}
    </Detail>
  );
}

function Payload({ title, value }: { title: string; value: unknown }): ReactNode {
  return (
    <div>
      <h3 className="pl-subtle">{title}</h3>
      <CodeBlock>
        <CodeBlockCode>{JSON.stringify(value, null, 2)}</CodeBlockCode>
      </CodeBlock>
    </div>
  );
}

function Proof({ proof }: { proof: InclusionProof }): ReactNode {
  const { path, root, treeSize, index } = proof;
  const computed = useQuery({
    queryKey: ['ledger', 'computed', index, treeSize, root, path],
    staleTime: Infinity,
    queryFn: async () => (await rootOf(proof)) ?? null,
  });
  return (
    <div className="pl-stack">
      <p role="status">
        {computed.data === undefined ? (
          'Computing…'
        ) : computed.data === root ? (
          <Label status="success">Verified in this browser: the entry is in the ledger</Label>
        ) : (
          <Label status="danger">Checked in this browser: the proof does not lead to the root</Label>
        )}
      </p>
      <Details>
        <Detail term={`Root of ${count(treeSize)} entries`}>
          <DigestText value={root} isFull />
        </Detail>
        <Detail term="Path">
          {path.length === 0
            ? 'none: this is the only entry'
            : path.map((step) => (
                <div key={step}>
                  <DigestText value={step} isFull />
                </div>
              ))}
        </Detail>
      </Details>
    </div>
  );
}
