import { PageSection } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ArchiveDialog } from './ArchiveDialog';
import { UnheldRoles } from './UnheldRoles';
import { WorkspaceDialog } from './WorkspaceDialog';
import { workspacesQuery, type Workspace } from './workspaces';
import { TableFrame } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

export function WorkspacesPage(): ReactNode {
  const { page: token } = useSearch({ from: '/settings/workspaces' });
  const navigate = useNavigate({ from: '/settings/workspaces' });
  const [creating, create] = useState(false);
  const [configuring, configure] = useState<Workspace>();
  const [archiving, archive] = useState<Workspace>();
  const button = (
    <RoleButton variant="primary" roles={['admin']} onClick={() => create(true)}>
      Create a workspace
    </RoleButton>
  );
  return (
    <>
      <PageHeader
        title="Workspaces"
        description={
          'Each workspace has people, data and rules of its own. Administrators of the operator’s workspace ' +
          'administer all of them, others only their own.'
        }
        actions={button}
      />
      <PageSection isFilled>
        <PagedList
          query={useQuery(workspacesQuery(token))}
          what="workspaces"
          token={token}
          onToken={(next) => void navigate({ search: { page: next } })}
          empty={
            <Empty title="No workspace yet" action={button}>
              The first workspace is the operator’s. It has the id that your account names.
            </Empty>
          }
        >
          {(items) => <WorkspaceTable workspaces={items} onConfigure={configure} onArchive={archive} />}
        </PagedList>
        {creating && <WorkspaceDialog onClose={() => create(false)} />}
        {configuring !== undefined && <WorkspaceDialog workspace={configuring} onClose={() => configure(undefined)} />}
        {archiving !== undefined && <ArchiveDialog workspace={archiving} onClose={() => archive(undefined)} />}
      </PageSection>
    </>
  );
}

interface WorkspaceTableProps {
  workspaces: Workspace[];
  onConfigure: (workspace: Workspace) => void;
  onArchive: (workspace: Workspace) => void;
}

function WorkspaceTable({ workspaces, onConfigure, onArchive }: WorkspaceTableProps): ReactNode {
  return (
    <TableFrame aria-label="Workspaces">
      <Thead>
        <Tr>
          <Th width={20}>Name</Th>
          <Th>State</Th>
          <Th>Regions</Th>
          <Th>Currency</Th>
          <Th>Contents kept</Th>
          <Th width={25}>Roles that nobody has</Th>
          <Th>Changed</Th>
          <Th screenReaderText="Actions" />
        </Tr>
      </Thead>
      <Tbody>
        {workspaces.map((workspace) => (
          <Tr key={workspace.workspaceId}>
            <Td dataLabel="Name">
              {workspace.name}
              {workspace.operator && <div className="pl-subtle">the operator’s workspace</div>}
              <div>
                <code className="pl-subtle pl-anywhere">{workspace.workspaceId}</code>
              </div>
            </Td>
            <Td dataLabel="State">
              <StateLabel state={workspace.state} />
              {workspace.archiveReason != null && <div className="pl-subtle">{workspace.archiveReason}</div>}
            </Td>
            <Td dataLabel="Regions">{workspace.regions.length === 0 ? 'not set' : workspace.regions.join(', ')}</Td>
            <Td dataLabel="Currency">{workspace.currency}</Td>
            <Td dataLabel="Contents kept">
              {workspace.retentionDays == null ? 'as installed' : `${workspace.retentionDays} days`}
            </Td>
            <Td dataLabel="Roles that nobody has">
              {workspace.state === 'ACTIVE' && <UnheldRoles workspaceId={workspace.workspaceId} />}
            </Td>
            <Td dataLabel="Changed">
              <Time at={workspace.changedAt} />
              <div className="pl-subtle">
                by <Person actor={workspace.changedBy} />
              </div>
            </Td>
            <Td dataLabel="Actions">
              {workspace.state === 'ACTIVE' && (
                <RoleButton
                  variant="link"
                  size="sm"
                  roles={['admin']}
                  aria-label={`Configure ${workspace.name}`}
                  onClick={() => onConfigure(workspace)}
                >
                  Configure
                </RoleButton>
              )}
              {workspace.state === 'ACTIVE' && !workspace.operator && (
                <RoleButton
                  variant="link"
                  size="sm"
                  isDanger
                  roles={['admin']}
                  aria-label={`Archive ${workspace.name}`}
                  onClick={() => onArchive(workspace)}
                >
                  Archive
                </RoleButton>
              )}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </TableFrame>
  );
}
