import { Alert, AlertActionLink, Button, Flex, FlexItem, Label, List, ListItem, Spinner } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { startVerification, verificationQuery, type VerificationResult } from './ledger';
import { may, useSession } from '@/shared/session/session';
import { count } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { Time } from '@/shared/ui/Time';

/** Shows whether the last verification found the ledger intact to its head, or else its first bad entry. */
export function ChainBadge(): ReactNode {
  const verification = useQuery(verificationQuery);
  const session = useSession();
  const queries = useQueryClient();
  const starting = useMutation({
    mutationFn: startVerification,
    onSettled: () => queries.invalidateQueries({ queryKey: verificationQuery.queryKey }),
  });
  if (verification.isPending) return <Verifying />;
  if (verification.isError) {
    return <ProblemPanel error={verification.error} onRetry={() => void verification.refetch()} />;
  }
  const { last, running, failure, halted } = verification.data;
  const onVerify =
    may(session, 'compliance-officer') || session.roles.includes('admin') ? () => starting.mutate() : undefined;
  if (halted != null) return <Halted cause={halted} />;
  if (last == null) return running ? <Verifying /> : <NotVerified failure={failure} onVerify={onVerify} />;
  return (
    <>
      <Result result={last} running={running} onVerify={onVerify} />
      {failure != null && !running && <NotVerified failure={failure} />}
    </>
  );
}

function Verifying(): ReactNode {
  return (
    <Flex alignItems={{ default: 'alignItemsCenter' }} role="status">
      <Spinner size="md" aria-label="Verifying the ledger" /> Verifying the ledger…
    </Flex>
  );
}

function NotVerified({ failure, onVerify }: { failure?: string | null; onVerify?: () => void }): ReactNode {
  return (
    <Flex alignItems={{ default: 'alignItemsCenter' }} role="status">
      <Label status="warning">Not verified</Label>
      {failure ?? 'The ledger has not been verified yet.'}
      {onVerify && <VerifyButton onVerify={onVerify}>Verify</VerifyButton>}
    </Flex>
  );
}

function VerifyButton({
  running = false,
  onVerify,
  children,
}: {
  running?: boolean;
  onVerify: () => void;
  children: string;
}): ReactNode {
  return (
    <Button variant="link" isInline isLoading={running} isDisabled={running} onClick={onVerify}>
      {children}
    </Button>
  );
}

function Result({
  result,
  running,
  onVerify,
}: {
  result: VerificationResult;
  running: boolean;
  onVerify?: () => void;
}): ReactNode {
  const { holds, entries, newest, findings, refusedEntries, verifiedAt } = result;
  if (!holds) return <Broken findings={findings} onVerify={onVerify} />;
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
      <FlexItem>
        verified <Time at={verifiedAt} />
      </FlexItem>
      {onVerify && (
        <VerifyButton running={running} onVerify={onVerify}>
          Verify again
        </VerifyButton>
      )}
    </Flex>
  );
}

function Halted({ cause }: { cause: string }): ReactNode {
  return (
    <LedgerAlert title="The ledger is halted: nothing is recorded or signed">
      <p>{cause}</p>
    </LedgerAlert>
  );
}

function Broken({
  findings,
  onVerify,
}: {
  findings: VerificationResult['findings'];
  onVerify?: () => void;
}): ReactNode {
  const places = findings.flatMap(({ index }) => (index == null ? [] : [index]));
  const title =
    places.length === 0
      ? 'The ledger is broken'
      : `The ledger is broken: entry ${count(Math.min(...places))} is the first that fails verification`;
  return (
    <LedgerAlert title={title} onVerify={onVerify}>
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
  onVerify,
  children,
}: {
  title: string;
  onVerify?: () => void;
  children: ReactNode;
}): ReactNode {
  return (
    <Alert
      isInline
      variant="danger"
      component="h2"
      role="alert"
      title={title}
      actionLinks={onVerify && <AlertActionLink onClick={onVerify}>Verify again</AlertActionLink>}
    >
      {children}
    </Alert>
  );
}
