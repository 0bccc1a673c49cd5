import { Button, Card, CardBody, CardTitle, Flex } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { decide, proposalsQuery, type Proposal } from './policies';
import { RuleTable } from './RuleTable';
import { ReasonDialog } from '@/shared/form/ReasonDialog';
import { isMe, useSession } from '@/shared/session/session';
import { Detail, Details } from '@/shared/ui/Details';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';

/** The proposed policies, which a second person activates or rejects. Nothing is shown if there are none. */
export function ProposalsCard(): ReactNode {
  const proposals = useQuery(proposalsQuery).data?.items ?? [];
  const [open, show] = useState<string>();
  if (proposals.length === 0) return null;
  return (
    <Card isCompact>
      <CardTitle component="h2">Proposed policies</CardTitle>
      <CardBody className="pl-stack">
        {proposals.map((proposal) => (
          <div key={proposal.proposalId} className="pl-stack">
            <Details>
              <Detail term="Policy">
                {proposal.policy}, target {proposal.target},{' '}
                {proposal.formerVersion === 0 ? 'a new one' : `in place of v${proposal.formerVersion}`}
              </Detail>
              <Detail term="Proposed by">
                <Person actor={proposal.requester} />, <Time at={proposal.requestedAt} />
              </Detail>
              {proposal.reason !== '' && <Detail term="Reason">{proposal.reason}</Detail>}
            </Details>
            {open === proposal.proposalId && <RuleTable source={proposal.source} />}
            <Flex>
              <Button
                variant="link"
                isInline
                onClick={() => show(open === proposal.proposalId ? undefined : proposal.proposalId)}
              >
                {open === proposal.proposalId ? 'Hide the rules' : 'Show the rules'}
              </Button>
              <Deciding proposal={proposal} />
            </Flex>
          </div>
        ))}
      </CardBody>
    </Card>
  );
}

function Deciding({ proposal }: { proposal: Proposal }): ReactNode {
  const session = useSession();
  const queries = useQueryClient();
  const [choice, choose] = useState<'APPROVED' | 'REJECTED'>();
  const reason = isMe(session, proposal.requester)
    ? 'You proposed this: another person must decide, a compliance-officer or admin.'
    : undefined;
  const roles = ['compliance-officer' as const, 'admin' as const];
  return (
    <>
      <RoleButton variant="primary" size="sm" roles={roles} reason={reason} onClick={() => choose('APPROVED')}>
        Activate
      </RoleButton>
      <RoleButton
        variant="secondary"
        size="sm"
        isDanger
        roles={roles}
        reason={reason}
        onClick={() => choose('REJECTED')}
      >
        Reject
      </RoleButton>
      {choice && (
        <ReasonDialog
          title={choice === 'APPROVED' ? 'Activate the policy' : 'Reject the policy'}
          action={choice === 'APPROVED' ? 'Activate' : 'Reject'}
          danger={choice === 'REJECTED'}
          draft={`policy-proposal.${proposal.proposalId}`}
          send={(why) => decide(proposal.proposalId, choice, why)}
          onSent={async () => {
            choose(undefined);
            await queries.invalidateQueries({ queryKey: ['policies'] });
          }}
          onClose={() => choose(undefined)}
        >
          <p>
            {choice === 'APPROVED'
              ? `${proposal.policy} applies from then on, and the ledger names both of you.`
              : `${proposal.policy} stays as it is.`}
          </p>
        </ReasonDialog>
      )}
    </>
  );
}
