import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Approval } from './approvals';
import { titleOf } from './requestedChange';
import { DataTable } from '@/shared/ui/DataTable';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

export function ApprovalTable({ approvals }: { approvals: Approval[] }): ReactNode {
  return (
    <DataTable aria-label="Approvals">
      <Thead>
        <Tr>
          <Th>Request</Th>
          <Th>Requested by</Th>
          <Th>Requested</Th>
          <Th>State</Th>
        </Tr>
      </Thead>
      <Tbody>
        {approvals.map((approval) => (
          <Tr key={approval.approvalId}>
            <Td dataLabel="Request">
              <Link to="/approvals/$id" params={{ id: approval.approvalId }}>
                {titleOf(approval)}
              </Link>
            </Td>
            <Td dataLabel="Requested by">
              <Person actor={approval.requester} />
            </Td>
            <Td dataLabel="Requested">
              <Time at={approval.requestedAt} />
            </Td>
            <Td dataLabel="State">
              <StateLabel state={approval.state} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
