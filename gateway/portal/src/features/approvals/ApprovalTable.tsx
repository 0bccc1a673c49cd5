import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Approval } from './approvals';
import { titleOf } from './requestedChange';
import { DataTable } from '@/shared/ui/DataTable';
import { Decider } from '@/shared/people/Decider';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

export function ApprovalTable({ approvals }: { approvals: Approval[] }): ReactNode {
  const isAnyDecided = approvals.some(({ state }) => state !== 'PENDING');
  return (
    <DataTable
      aria-label="Approvals"
      rows={approvals}
      rowKey={(approval) => approval.approvalId}
      columns={[
        {
          header: 'Request',
          cell: (approval) => (
            <Link to="/approvals/$id" params={{ id: approval.approvalId }}>
              {titleOf(approval)}
            </Link>
          ),
        },
        { header: 'Requested by', cell: (approval) => <Person actor={approval.requester} /> },
        { header: 'Requested', cell: (approval) => <Time at={approval.requestedAt} /> },
        { header: 'State', cell: (approval) => <StateLabel state={approval.state} /> },
        isAnyDecided && {
          header: 'Decided by',
          cell: ({ decidedBy, policies }) => <Decider actor={decidedBy} policies={policies} />,
        },
        isAnyDecided && { header: 'Decided', cell: ({ decidedAt }) => (decidedAt ? <Time at={decidedAt} /> : '—') },
      ]}
    />
  );
}
