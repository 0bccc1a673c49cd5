import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { approvalsQuery } from './approvals';
import { ApprovalTable } from './ApprovalTable';
import { whyNot } from './eligibility';
import { useSession } from '@/shared/session/session';
import { Loaded } from '@/shared/ui/Loaded';

/** The pending requests that this person can decide, for the home page. */
export function WaitingForMe(): ReactNode {
  const session = useSession();
  return (
    <Loaded query={useQuery(approvalsQuery('PENDING'))} what="approvals" rows={2}>
      {({ items }) => {
        const mine = items.filter((approval) => whyNot(session, approval) === undefined);
        return mine.length === 0 ? (
          <p>
            No requests to decide. Requests that you may decide appear here: releases, moves of protected labels or
            aliases, waivers and looser criteria.
          </p>
        ) : (
          <ApprovalTable approvals={mine} />
        );
      }}
    </Loaded>
  );
}
