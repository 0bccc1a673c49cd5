import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { applicationsQuery } from './applications';
import { ApplicationTable } from './ApplicationTable';
import { NoApplications } from './NoApplications';
import { RegisterApplicationDialog } from './RegisterApplicationDialog';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Pager } from '@/shared/ui/Pager';
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
        description="Each is improved in phases, by criteria registered before any evaluation."
        actions={register}
      />
      <PageSection isFilled>
        <Loaded query={useQuery(applicationsQuery(token))} what="applications">
          {(page) =>
            page.items.length === 0 ? (
              <NoApplications action={register} />
            ) : (
              <>
                <ApplicationTable applications={page.items} />
                <Pager page={page} token={token} onToken={(next) => void navigate({ search: { page: next } })} />
              </>
            )
          }
        </Loaded>
      </PageSection>
      {doing === 'register' && <RegisterApplicationDialog onClose={() => void navigate({ search: { page: token } })} />}
    </>
  );
}
