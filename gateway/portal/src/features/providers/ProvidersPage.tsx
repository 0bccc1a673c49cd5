import { PageSection } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ConnectProviderDialog } from './ConnectProviderDialog';
import { deleteProvider, providersQuery, type Provider } from './providers';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { FormDialog } from '@/shared/form/FormDialog';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';
import { count, short, words } from '@/shared/text/format';

export function ProvidersPage(): ReactNode {
  const [connecting, connect] = useState(false);
  const [removing, remove] = useState<string>();
  const button = (
    <RoleButton variant="primary" roles={['admin']} onClick={() => connect(true)}>
      Connect a provider
    </RoleButton>
  );
  return (
    <>
      <PageHeader
        title="Providers"
        description={
          'Endpoints of models that do not run on this installation. Models under local/ run here and need no ' +
          'provider.'
        }
        actions={button}
      />
      <PageSection isFilled>
        <Loaded query={useQuery(providersQuery)} what="providers">
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="No providers connected" action={button}>
                OpenAI, Anthropic, Gemini and any server with OpenAI&rsquo;s chat completions can be connected. Until
                then, no data leaves this installation.
              </Empty>
            ) : (
              <ProviderTable providers={items} onRemove={remove} />
            )
          }
        </Loaded>
        {connecting && <ConnectProviderDialog onClose={() => connect(false)} />}
        {removing !== undefined && <RemoveDialog name={removing} onClose={() => remove(undefined)} />}
      </PageSection>
    </>
  );
}

function ProviderTable({
  providers,
  onRemove,
}: {
  providers: Provider[];
  onRemove: (name: string) => void;
}): ReactNode {
  return (
    <DataTable
      aria-label="Providers"
      gridBreakPoint="grid-lg"
      rows={providers}
      rowKey={({ name }) => name}
      columns={[
        {
          header: 'Provider',
          cell: ({ name, kind }) => (
            <>
              <Link to="/settings/providers/$name" params={{ name }}>
                {name}
              </Link>{' '}
              <span className="pl-subtle">{words(kind)}</span>
            </>
          ),
        },
        { header: 'Address', cell: ({ baseUrl }) => <code>{baseUrl}</code> },
        {
          header: 'Connection',
          cell: ({ connectionDigest }) => <code title={connectionDigest}>{short(connectionDigest)}</code>,
        },
        { header: 'Deadline', cell: ({ deadlineSeconds }) => <>{count(deadlineSeconds)} s</> },
        { header: 'Models', cell: ({ models }) => (models.length === 0 ? '—' : models.join(', ')) },
        { header: 'API key', cell: ({ hasApiKey }) => (hasApiKey ? 'set' : 'none') },
        { header: 'Connected', cell: ({ createdAt }) => <Time at={createdAt} /> },
        {
          header: 'Actions',
          kind: 'action',
          cell: ({ name }) => (
            <RoleButton
              variant="link"
              isInline
              isDanger
              roles={['admin']}
              aria-label={`Remove ${name}`}
              onClick={() => onRemove(name)}
            >
              Remove
            </RoleButton>
          ),
        },
      ]}
    />
  );
}

function RemoveDialog({ name, onClose }: { name: string; onClose: () => void }): ReactNode {
  const queries = useQueryClient();
  const removing = useMutation({
    mutationFn: () => deleteProvider(name),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['providers'] });
      onClose();
    },
  });
  return (
    <FormDialog
      title={`Remove ${name}`}
      action="Remove"
      danger
      form={{ pending: removing.isPending, error: removing.error, submit: () => removing.mutate() }}
      onClose={onClose}
    >
      <p>
        Variants that use its models will fail, and its keys are deleted. A provider that a release needs cannot be
        removed.
      </p>
    </FormDialog>
  );
}
