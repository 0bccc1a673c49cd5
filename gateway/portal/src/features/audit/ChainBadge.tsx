import { Alert, AlertActionLink, Button, Flex, FlexItem, Label, List, ListItem, Spinner } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { verificationQuery, type Verification } from './ledger';
import { count } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { Time } from '@/shared/ui/Time';

/** Shows whether the ledger is intact from the first entry to the head, or else its first bad entry. */
export function ChainBadge(): ReactNode {
  const verification = useQuery(verificationQuery);
  const again = () => void verification.refetch();
  if (verification.isPending) {
    return (
      <Flex alignItems={{ default: 'alignItemsCenter' }} role="status">
        <Spinner size="md" aria-label="Verifying the ledger" /> Verifying the ledger…
      </Flex>
    );
  }
  if (verification.isError) return <ProblemPanel error={verification.error} onRetry={again} />;
  const { holds, entries, newest, findings, refusedEntries, halted } = verification.data;
  if (halted != null) return <Halted cause={halted} onRetry={again} />;
  if (!holds) return <Broken findings={findings} onRetry={again} />;
  return (
    <Flex alignItems={{ default: 'alignItemsCenter' }} gap={{ default: 'gapSm' }} role="status">
      <Label status="success">VERIFIED {entries === 0 ? 'empty' : `entries 0–${count(entries - 1)}`}</Label>
      {refusedEntries > 0 && (
        <Label status="warning">
          {count(refusedEntries)} refused: not written by the service that{' '}
          {refusedEntries === 1 ? 'it names' : 'they name'}
        </Label>
      )}
      {newest && (
        <FlexItem>
          head <DigestText value={newest.root} /> over {count(newest.treeSize)}, signed <Time at={newest.signedAt} />
        </FlexItem>
      )}
      <Button variant="link" isInline isLoading={verification.isFetching} onClick={again}>
        Verify again
      </Button>
    </Flex>
  );
}

function Halted({ cause, onRetry }: { cause: string; onRetry: () => void }): ReactNode {
  return (
    <LedgerAlert title="The ledger is halted: nothing is recorded or signed" onRetry={onRetry}>
      <p>{cause}</p>
    </LedgerAlert>
  );
}

function Broken({ findings, onRetry }: { findings: Verification['findings']; onRetry: () => void }): ReactNode {
  const places = findings.flatMap(({ index }) => (index == null ? [] : [index]));
  const title =
    places.length === 0
      ? 'The ledger is broken'
      : `The ledger is broken: entry ${count(Math.min(...places))} is the first that fails verification`;
  return (
    <LedgerAlert title={title} onRetry={onRetry}>
      <List>
        {findings.slice(0, 5).map(({ index, what }) => (
          <ListItem key={`${index} ${what}`}>
            {index != null && `Entry ${count(index)}: `}
            {what}
          </ListItem>
        ))}
      </List>
      <p>
        {findings.length > 5 && `${count(findings.length - 5)} more. `}Inform the compliance officer, and do not change
        the database.
      </p>
    </LedgerAlert>
  );
}

function LedgerAlert({
  title,
  onRetry,
  children,
}: {
  title: string;
  onRetry: () => void;
  children: ReactNode;
}): ReactNode {
  return (
    <Alert
      isInline
      variant="danger"
      component="h2"
      role="alert"
      title={title}
      actionLinks={<AlertActionLink onClick={onRetry}>Verify again</AlertActionLink>}
    >
      {children}
    </Alert>
  );
}
