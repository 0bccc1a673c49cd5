import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { archiveWorkspace, type Workspace } from './workspaces';
import { ReasonDialog } from '@/shared/form/ReasonDialog';

export function ArchiveDialog({
  workspace: { workspaceId, name },
  onClose,
}: {
  workspace: Workspace;
  onClose: () => void;
}): ReactNode {
  const queries = useQueryClient();
  return (
    <ReasonDialog
      title={`Archive ${name}`}
      action="Archive"
      danger
      draft={`workspace.${workspaceId}.archive`}
      send={(reason) => archiveWorkspace(workspaceId, reason)}
      onSent={async () => {
        await queries.invalidateQueries({ queryKey: ['workspaces'] });
        onClose();
      }}
      onClose={onClose}
    >
      <p>Everything in the workspace stays readable, and nothing in it can change any more. This cannot be undone.</p>
    </ReasonDialog>
  );
}
