import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { applicationsQuery } from './applications';
import { ApplicationTable } from './ApplicationTable';
import { NoApplications } from './NoApplications';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Pager } from '@/shared/ui/Pager';

export function ApplicationsPage(): ReactNode {
  const { page: token } = useSearch({ from: '/apps' });
  const navigate = useNavigate({ from: '/apps' });
  return (
    <>
      <PageHeader title="Applications" description="Each is improved in phases, against criteria registered before anything is measured." />
      <PageSection isFilled>
        <Loaded query={useQuery(applicationsQuery(token))} what="applications">
          {(page) =>
            page.items.length === 0 ? (
              <NoApplications />
            ) : (
              <>
                <ApplicationTable applications={page.items} />
                <Pager page={page} token={token} noun="applications" onToken={(next) => void navigate({ search: { page: next } })} />
              </>
            )
          }
        </Loaded>
      </PageSection>
    </>
  );
}
