import { Alert, AlertActionLink, Button, Flex, FlexItem, Label, Spinner } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { headQuery, verificationQuery } from './ledger';
import { count } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { Time } from '@/shared/ui/Time';

/** Whether the ledger is whole, from the first entry to the head; a broken chain is named by its first bad entry. */
export function ChainBadge(): ReactNode {
  const verification = useQuery(verificationQuery);
  const head = useQuery(headQuery);
  const again = () => {
    void verification.refetch();
    void head.refetch();
  };
  if (verification.isPending) {
    return (
      <Flex alignItems={{ default: 'alignItemsCenter' }} role="status">
        <Spinner size="md" aria-label="Verifying the ledger" /> Verifying the ledger…
      </Flex>
    );
  }
  if (verification.isError) return <ProblemPanel error={verification.error} headingLevel="h2" onRetry={again} />;
  const { valid, treeSize, root, firstBadIndex, reason } = verification.data;
  if (!valid) {
    return (
      <Alert
        isInline
        variant="danger"
        component="h2"
        role="alert"
        title={firstBadIndex == null ? 'The ledger is broken' : `The ledger is broken: entry ${count(firstBadIndex)} is the first that does not hold`}
        actionLinks={<AlertActionLink onClick={again}>Verify again</AlertActionLink>}
      >
        {reason ?? 'The entry does not lead to the signed head.'} Nothing after it is proven. Tell the compliance officer; keep the database as it is.
      </Alert>
    );
  }
  return (
    <Flex alignItems={{ default: 'alignItemsCenter' }} gap={{ default: 'gapSm' }} role="status">
      <Label status="success">VERIFIED {treeSize === 0 ? 'empty' : `1–${count(treeSize)}`}</Label>
      <FlexItem>
        head <DigestText value={root} />
      </FlexItem>
      {head.data && (
        <FlexItem>
          signed <Time at={head.data.signedAt} />
        </FlexItem>
      )}
      <Button variant="link" isInline isLoading={verification.isFetching} onClick={again}>
        Verify again
      </Button>
    </Flex>
  );
}
