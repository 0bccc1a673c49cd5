import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
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
    <DataTable aria-label="Waivers">
      <Thead>
        <Tr>
          <Th>State</Th>
          <Th>Phase</Th>
          <Th>Reason</Th>
          <Th>Requested by</Th>
          <Th>Requested</Th>
          <Th>Decided by</Th>
        </Tr>
      </Thead>
      <Tbody>
        {waivers.map(({ waiverId, state, phase, reason, requester, requestedAt, decidedBy, decisionReason }) => (
          <Tr key={waiverId}>
            <Td dataLabel="State">
              <StateLabel state={state} />
            </Td>
            <Td dataLabel="Phase">{words(phase)}</Td>
            <Td dataLabel="Reason">{reason}</Td>
            <Td dataLabel="Requested by">
              <Person actor={requester} />
            </Td>
            <Td dataLabel="Requested">
              <Time at={requestedAt} />
            </Td>
            <Td dataLabel="Decided by">
              {state === 'REQUESTED' ? <Link to="/approvals">waiting for approval</Link> : <Person actor={decidedBy} />}
              {decisionReason != null && <div className="pl-subtle">{decisionReason}</div>}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
