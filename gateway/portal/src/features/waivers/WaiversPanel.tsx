import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type Waiver, waiversQuery } from './waivers';
import { useOpenForm } from '@/shared/data/applicationForm';
import { words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

export function WaiversPanel({ application }: { application: string }): ReactNode {
  const { page: token } = useSearch({ from: '/apps/$app' });
  const navigate = useNavigate({ from: '/apps/$app' });
  const open = useOpenForm();
  const request = (
    <RoleButton roles={['prompt-engineer', 'ml-engineer']} variant="secondary" onClick={() => open('waiver')}>
      Request a waiver
    </RoleButton>
  );
  return (
    <PagedList
      query={useQuery(waiversQuery(application, token))}
      what="waivers"
      token={token}
      onToken={(next) => void navigate({ search: (search) => ({ ...search, page: next }) })}
      empty={
        <Empty title="No waivers" action={request}>
          A waiver opens a phase without its evidence; it needs a reason and the approval of a second person.
        </Empty>
      }
    >
      {(waivers) => (
        <div className="pl-stack">
          {request}
          <WaiverTable waivers={waivers} />
        </div>
      )}
    </PagedList>
  );
}

function WaiverTable({ waivers }: { waivers: Waiver[] }): ReactNode {
  return (
    <DataTable
      aria-label="Waivers"
      rows={waivers}
      rowKey={({ waiverId }) => waiverId}
      columns={[
        { header: 'State', cell: ({ state }) => <StateLabel state={state} /> },
        { header: 'Phase', cell: ({ phase }) => words(phase) },
        { header: 'Reason', cell: ({ reason }) => reason },
        { header: 'Requested by', cell: ({ requester }) => <Person actor={requester} /> },
        { header: 'Requested', cell: ({ requestedAt }) => <Time at={requestedAt} /> },
        {
          header: 'Decided by',
          cell: ({ state, decidedBy, decisionReason }) => (
            <>
              {state === 'REQUESTED' ? <Link to="/approvals">waiting for approval</Link> : <Person actor={decidedBy} />}
              {decisionReason != null && <div className="pl-subtle">{decisionReason}</div>}
            </>
          ),
        },
      ]}
    />
  );
}
