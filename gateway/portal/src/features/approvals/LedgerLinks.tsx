import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Approval } from './approvals';
import { entriesQuery } from '@/shared/data/decisions';
import { count } from '@/shared/text/format';

/** Links to the entries of the ledger with the request and with its decision. */
export function LedgerLinks({ approval }: { approval: Approval }): ReactNode {
  const { approvalId, requestType, requestEventId, requestedAt, state } = approval;
  const requests = useQuery(entriesQuery({ type: requestType, ...secondOf(requestedAt) }));
  const decisions = useQuery({
    ...entriesQuery({ type: 'approval.decided', object: approvalId }),
    enabled: state !== 'PENDING',
  });
  const request = requests.data?.items.find(({ eventId }) => eventId === requestEventId);
  const decision = decisions.data?.items[0];
  if (requests.isPending) return '…';
  if (request === undefined && decision === undefined) return 'The entry was not found in the audit.';
  return (
    <>
      {request && <EntryLink index={request.index}>request</EntryLink>}
      {request && decision && ', '}
      {decision && <EntryLink index={decision.index}>decision</EntryLink>}
    </>
  );
}

function EntryLink({ index, children }: { index: number; children: string }): ReactNode {
  return (
    <>
      {children} in{' '}
      <Link to="/audit" search={{ entry: String(index) }}>
        entry {count(index)}
      </Link>
    </>
  );
}

/** Returns the second of a time. Entries are found by time, since they have no filter by event. */
function secondOf(time: string): { from: string; to: string } {
  const second = Math.floor(Date.parse(time) / 1_000);
  return { from: new Date(second * 1_000).toISOString(), to: new Date((second + 1) * 1_000).toISOString() };
}
