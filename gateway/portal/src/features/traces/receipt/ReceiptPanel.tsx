import { Alert, Button, Label, List, ListItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { receiptQuery, type ReceiptDocument } from './receipt';
import type { Trace } from '@/shared/data/traces';
import { save } from '@/shared/http/download';
import { Problem } from '@/shared/http/problem';
import { count } from '@/shared/text/format';
import { Detail, Details } from '@/shared/ui/Details';
import { DigestText } from '@/shared/ui/DigestText';
import { Loaded } from '@/shared/ui/Loaded';
import { Time } from '@/shared/ui/Time';

/** The receipt of a request. The browser verifies that the request was recorded as it is shown. */
export function ReceiptPanel({ trace }: { trace: Trace }): ReactNode {
  const [verifying, verify] = useState(false);
  if (trace.status === 'REFUSED') return <p>The call was refused, so it was not metered and has no receipt.</p>;
  if (verifying) return <Checked traceId={trace.requestId} />;
  return (
    <>
      <p>A minute after the call, its record is in the ledger. Anybody can verify that offline.</p>
      <Button variant="secondary" onClick={() => verify(true)}>
        Verify the receipt
      </Button>
    </>
  );
}

function Checked({ traceId }: { traceId: string }): ReactNode {
  const query = useQuery(receiptQuery(traceId));
  if (query.isError && Problem.of(query.error).status === 409) return <Pending onRetry={() => void query.refetch()} />;
  return (
    <Loaded query={query} what="the receipt">
      {({ document, flaws }) =>
        document === undefined ? (
          <Pending onRetry={() => void query.refetch()} />
        ) : (
          <Verified document={document} flaws={flaws} />
        )
      }
    </Loaded>
  );
}

function Pending({ onRetry }: { onRetry: () => void }): ReactNode {
  return (
    <p role="status">
      Not in the ledger yet: requests are recorded when their minute is over.{' '}
      <Button variant="link" isInline onClick={onRetry}>
        Try again
      </Button>
    </p>
  );
}

function keep(document: ReceiptDocument): void {
  const { batchId, index } = document.receipt;
  save(new Blob([JSON.stringify(document, null, 2)], { type: 'application/json' }), `receipt-${batchId}-${index}.json`);
}

function Verified({ document, flaws }: { document: ReceiptDocument; flaws: string[] }): ReactNode {
  const { receipt, entry, head } = document;
  return (
    <div className="pl-stack">
      {flaws.length === 0 ? (
        <p role="status">
          <Label status="success">
            Verified: recorded in ledger entry {count(entry.index)}, under the head over {count(head.treeSize)}
          </Label>
        </p>
      ) : (
        <Alert isInline variant="danger" role="alert" title="The receipt is not valid">
          <List>
            {flaws.map((flaw) => (
              <ListItem key={flaw}>{flaw}</ListItem>
            ))}
          </List>
        </Alert>
      )}
      <Details>
        <Detail term="Ledger entry">
          <Link to="/audit" search={{ object: entry.object }}>
            {count(entry.index)}
          </Link>
        </Detail>
        <Detail term="Batch">
          record {count(receipt.index + 1)} of {count(receipt.count)}, root <DigestText value={receipt.root} />
        </Detail>
        <Detail term="Head">
          <DigestText value={head.root} />, signed <Time at={head.signedAt} />
        </Detail>
        <Detail term="Record">
          <code className="pl-anywhere">{receipt.record}</code>
        </Detail>
      </Details>
      <div>
        <Button variant="secondary" onClick={() => keep(document)}>
          Download the receipt
        </Button>
      </div>
    </div>
  );
}
