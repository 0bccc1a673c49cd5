import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { applicationsQuery } from './applications';
import { ApplicationTable } from './ApplicationTable';
import { NoApplications } from './NoApplications';
import { RegisterApplicationDialog } from './RegisterApplicationDialog';
import { PageHeader } from '@/shared/ui/PageHeader';
import { PagedList } from '@/shared/ui/PagedList';
import { RoleButton } from '@/shared/ui/RoleButton';

export function ApplicationsPage(): ReactNode {
  const { page: token, do: doing } = useSearch({ from: '/apps' });
  const navigate = useNavigate({ from: '/apps' });
  const register = (
    <RoleButton
      roles={['prompt-engineer', 'ml-engineer']}
      variant="primary"
      onClick={() => void navigate({ search: (search) => ({ ...search, do: 'register' }) })}
    >
      Register an application
    </RoleButton>
  );
  return (
    <>
      <PageHeader
        title="Applications"
        description={
          'Each application is one use of a model. It is improved in phases, by criteria registered before ' +
          'any evaluation.'
        }
        actions={register}
      />
      <PageSection isFilled>
        <PagedList
          query={useQuery(applicationsQuery(token))}
          what="applications"
          token={token}
          onToken={(next) => void navigate({ search: { page: next } })}
          empty={<NoApplications action={register} />}
        >
          {(items) => <ApplicationTable applications={items} />}
        </PagedList>
      </PageSection>
      {doing === 'register' && <RegisterApplicationDialog onClose={() => void navigate({ search: { page: token } })} />}
    </>
  );
}
