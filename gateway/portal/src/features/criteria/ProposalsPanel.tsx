import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { proposalsQuery, type CriteriaProposal } from './criteria';
import { criteriaQuery } from '@/shared/data/applications';
import { CriteriaChanges } from '@/shared/ui/CriteriaChanges';
import { TableFrame } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

/** The proposals of looser criteria, with their changes and links to their decisions. */
export function ProposalsPanel({ application }: { application: string }): ReactNode {
  const { page: token } = useSearch({ from: '/apps/$app' });
  const navigate = useNavigate({ from: '/apps/$app' });
  return (
    <Card>
      <CardTitle component="h2">Proposals of looser criteria</CardTitle>
      <CardBody>
        <PagedList
          query={useQuery(proposalsQuery(application, token))}
          what="proposals"
          rows={2}
          token={token}
          onToken={(next) => void navigate({ search: (search) => ({ ...search, page: next }) })}
          empty={
            <Empty title="No proposals">Loosening criteria takes two people: one proposes them, another decides.</Empty>
          }
        >
          {(proposals) => <ProposalTable application={application} proposals={proposals} />}
        </PagedList>
      </CardBody>
    </Card>
  );
}

function ProposalTable({ application, proposals }: { application: string; proposals: CriteriaProposal[] }): ReactNode {
  const versions = useQuery(criteriaQuery(application)).data?.items ?? [];
  return (
    <TableFrame aria-label="Proposals of looser criteria">
      <Thead>
        <Tr>
          <Th>State</Th>
          <Th>Change</Th>
          <Th>Reason</Th>
          <Th>Proposed by</Th>
          <Th>Proposed</Th>
          <Th>Decision</Th>
        </Tr>
      </Thead>
      <Tbody>
        {proposals.map((proposal) => {
          const former = versions.find(
            ({ version, purpose }) => version < proposal.version && purpose === proposal.proposed.purpose,
          );
          return (
            <Tr key={proposal.proposalId}>
              <Td dataLabel="State">
                <StateLabel state={proposal.state} />
              </Td>
              <Td dataLabel="Change">
                {former ? <CriteriaChanges from={former} to={proposal.proposed} /> : proposal.loosens.join('; ')}
              </Td>
              <Td dataLabel="Reason">{proposal.reason}</Td>
              <Td dataLabel="Proposed by">
                <Person actor={proposal.requester} />
              </Td>
              <Td dataLabel="Proposed">
                <Time at={proposal.requestedAt} />
              </Td>
              <Td dataLabel="Decision">
                <DecisionOn proposal={proposal} />
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </TableFrame>
  );
}

function DecisionOn({ proposal: { state, approvalId, decidedBy } }: { proposal: CriteriaProposal }): ReactNode {
  if (state === 'REQUESTED') return <Link to="/approvals">waiting for approval</Link>;
  if (approvalId == null) return <Person actor={decidedBy} />;
  return (
    <>
      <Link to="/approvals/$id" params={{ id: approvalId }}>
        decided
      </Link>{' '}
      by <Person actor={decidedBy} />
    </>
  );
}
