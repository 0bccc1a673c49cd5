import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Approval } from './approvals';
import { entriesQuery, isGenuine } from '@/shared/data/decisions';
import { count } from '@/shared/text/format';

/** Links to the entries of the ledger with the request and with its decision, which is recorded a moment later. */
export function LedgerLinks({ approval }: { approval: Approval }): ReactNode {
  const { approvalId, requestType, requestEventId, requestedAt, state } = approval;
  const requests = useQuery(entriesQuery({ type: requestType, ...secondOf(requestedAt) }));
  const isDecided = state !== 'PENDING';
  const decisions = useQuery({
    ...entriesQuery({ type: 'approval.decided', object: approvalId }),
    enabled: isDecided,
    refetchInterval: ({ state: { data } }) => (data === undefined || data.items.some(isGenuine) ? false : 2_000),
  });
  if (requests.isError || decisions.isError) return 'The audit cannot be read.';
  if (requests.isPending || (isDecided && decisions.isPending)) return '…';
  const request = requests.data.items.find((entry) => entry.eventId === requestEventId && isGenuine(entry));
  const decision = decisions.data?.items.find(isGenuine);
  return (
    <>
      {request ? <EntryLink index={request.index}>request</EntryLink> : 'request not found in the audit'}
      {isDecided && ', '}
      {decision && <EntryLink index={decision.index}>{decisionBy(decision.roles)}</EntryLink>}
      {isDecided && decision === undefined && 'decision not recorded yet'}
    </>
  );
}

/** Names the roles by which a request was decided, which older entries do not have. */
function decisionBy(roles: string[] | null | undefined): string {
  return roles == null ? 'decision' : `decision as ${roles.join(', ')}`;
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
