import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { BaseModelsPanel } from './BaseModelsPanel';
import { modelsQuery, type Model } from './models';
import { RegisterDialog } from './RegisterDialog';
import { TunedModelDialog } from './TunedModelDialog';
import { TunedModelsPanel } from './TunedModelsPanel';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { PageHeader } from '@/shared/ui/PageHeader';
import { PageTabs } from '@/shared/ui/PageTabs';
import { PagedList } from '@/shared/ui/PagedList';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';

export function ModelsPage(): ReactNode {
  const { tab, page: token, register, state, statement } = useSearch({ from: '/models' });
  const navigate = useNavigate({ from: '/models' });
  const onToken = (next: string | undefined) => void navigate({ search: { tab, page: next, state } });
  const button = (
    <RoleButton
      variant="primary"
      roles={['ml-engineer']}
      onClick={() => void navigate({ search: { tab, page: token, register: 'new' } })}
    >
      Register a version
    </RoleButton>
  );
  return (
    <>
      <PageHeader
        title="Models"
        description="Base models with prices, registered versions with lineage, and models that providers tuned."
        actions={button}
      />
      <PageTabs
        label="Kinds of models"
        open={tab}
        onOpen={(next) => void navigate({ search: { tab: next } })}
        tabs={{
          registered: {
            title: 'Registered',
            content: <Registered token={token} onToken={onToken} action={button} />,
          },
          base: { title: 'Base models', content: <BaseModelsPanel token={token} onToken={onToken} /> },
          tuned: {
            title: 'Tuned by providers',
            content: (
              <TunedModelsPanel
                state={state}
                onState={(next) => void navigate({ search: { tab, state: next } })}
                token={token}
                onToken={onToken}
                onStateModel={() => void navigate({ search: { tab, page: token, state, statement: 'new' } })}
              />
            ),
          },
        }}
      />
      {statement !== undefined && (
        <TunedModelDialog
          model={statement === 'new' ? '' : statement}
          onClose={() => void navigate({ search: { tab, page: token, state } })}
        />
      )}
      {register !== undefined && (
        <RegisterDialog
          job={register === 'new' ? undefined : register}
          onClose={() => void navigate({ search: { tab, page: token } })}
        />
      )}
    </>
  );
}

interface RegisteredProps {
  token: string | undefined;
  onToken: (token: string | undefined) => void;
  action: ReactNode;
}

function Registered({ token, onToken, action }: RegisteredProps): ReactNode {
  return (
    <PagedList
      query={useQuery(modelsQuery(token))}
      what="models"
      token={token}
      onToken={onToken}
      empty={
        <Empty title="No models registered yet" action={action}>
          A training job that has succeeded becomes a version of a model; variants then call it as name@version.
        </Empty>
      }
    >
      {(items) => <ModelTable models={items} />}
    </PagedList>
  );
}

function ModelTable({ models }: { models: Model[] }): ReactNode {
  return (
    <DataTable
      aria-label="Models"
      rows={models}
      rowKey={({ name }) => name}
      columns={[
        {
          header: 'Model',
          cell: ({ name }) => (
            <Link to="/models/$name" params={{ name }}>
              {name}
            </Link>
          ),
        },
        { header: 'Description', kind: 'anywhere', cell: ({ description }) => description },
        {
          header: 'Latest',
          kind: 'number',
          cell: ({ latestVersion }) => (latestVersion === 0 ? '—' : `v${latestVersion}`),
        },
        {
          header: 'Aliases',
          cell: ({ aliases }) => aliases.map(({ alias, version }) => `${alias} → v${version}`).join(', ') || '—',
        },
        { header: 'Created', cell: ({ createdAt }) => <Time at={createdAt} /> },
      ]}
    />
  );
}
