import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { empty, schema, typed, type Parsed } from './configuration';
import { configureWorkspace, createWorkspace, type Workspace } from './workspaces';
import { TextAreaField, TextField } from '@/shared/form/fields';
import { FormDialog } from '@/shared/form/FormDialog';
import { useCommandForm } from '@/shared/form/useCommandForm';

interface WorkspaceDialogProps {
  /** The workspace to configure; a new one if absent. */
  workspace?: Workspace | undefined;
  onClose: () => void;
}

/** The dialog that creates a workspace or replaces its configuration. */
export function WorkspaceDialog({ workspace, onClose }: WorkspaceDialogProps): ReactNode {
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: workspace === undefined ? 'workspace.create' : `workspace.${workspace.workspaceId}`,
    schema,
    initial: workspace === undefined ? empty : typed(workspace),
    command: (parsed) => parsed,
    send: ({ workspaceId, configuration }: Parsed, key) =>
      workspace === undefined
        ? createWorkspace({ ...configuration, ...(workspaceId !== '' && { workspaceId }) }, key)
        : configureWorkspace(workspace, configuration),
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['workspaces'] });
      onClose();
    },
    onRefused: () => queries.invalidateQueries({ queryKey: ['workspaces', 'list'] }),
  });
  const { control } = form;
  return (
    <FormDialog
      title={workspace === undefined ? 'Create a workspace' : `Configure ${workspace.name}`}
      description={
        workspace === undefined
          ? 'It starts with the default policies and risks. People work in it whose account in Keycloak names its id.'
          : 'The change is recorded in the ledger of the workspace.'
      }
      action={workspace === undefined ? 'Create' : 'Save'}
      form={form}
      onClose={onClose}
    >
      <TextField
        id="workspace-name"
        control={control}
        name="name"
        label="Name"
        isRequired
        autoFocus
        help="Lower case, with hyphens between words: support-emea."
      />
      {workspace === undefined && (
        <TextField
          id="workspace-id"
          control={control}
          name="workspaceId"
          label="Id"
          help="Only if accounts name one already. Otherwise the workspace gets a new id."
        />
      )}
      <TextField
        id="workspace-regions"
        control={control}
        name="regions"
        label="Regions"
        help="Countries whose people the data are about, separated by commas: DE, GB."
      />
      <TextField
        id="workspace-currency"
        control={control}
        name="currency"
        label="Currency"
        isRequired
        help="The currency of costs and rates: EUR."
      />
      <TextAreaField
        id="workspace-rates"
        control={control}
        name="roleRates"
        label="Cost of an hour"
        rows={3}
        help="A role and an amount in this currency per line: ml-engineer 95."
      />
      <TextAreaField
        id="workspace-quotas"
        control={control}
        name="quotas"
        label="Quotas"
        rows={3}
        help="A kind and a number per line: prompts 500. Kinds: applications, prompts, base-models, suites, variants."
      />
      <TextField
        id="workspace-retention"
        control={control}
        name="retentionDays"
        label="Days to keep contents"
        help="Empty if the installation decides."
      />
    </FormDialog>
  );
}
