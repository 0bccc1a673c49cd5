import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NewPolicyDialog } from './NewPolicyDialog';
import { policiesQuery } from './policies';
import { PolicyTable } from './PolicyTable';
import { ProposalsCard } from './ProposalsCard';
import { Empty } from '@/shared/ui/Empty';
import { PageHeader } from '@/shared/ui/PageHeader';
import { PagedList } from '@/shared/ui/PagedList';
import { RoleButton } from '@/shared/ui/RoleButton';

export function PoliciesPage(): ReactNode {
  const { page: token, do: doing } = useSearch({ from: '/policies' });
  const navigate = useNavigate({ from: '/policies' });
  const newPolicy = (
    <RoleButton
      variant="primary"
      roles={['compliance-officer']}
      onClick={() => void navigate({ search: (search) => ({ ...search, do: 'new' }) })}
    >
      New policy
    </RoleButton>
  );
  return (
    <>
      <PageHeader
        title="Policies"
        description="Every active policy of a target must be satisfied. A target without a policy refuses everything."
        actions={newPolicy}
      />
      <PageSection isFilled className="pl-stack">
        <ProposalsCard />
        <PagedList
          query={useQuery(policiesQuery(token))}
          what="policies"
          token={token}
          onToken={(next) => void navigate({ search: { page: next } })}
          empty={
            <Empty title="No policy is active" action={newPolicy}>
              A policy is a list of rules that a dataset, a release or an approval must satisfy. Each workspace starts
              with one policy per target, which is activated when the compliance service starts.
            </Empty>
          }
        >
          {(items) => <PolicyTable policies={items} />}
        </PagedList>
      </PageSection>
      {doing === 'new' && <NewPolicyDialog onClose={() => void navigate({ search: { page: token } })} />}
    </>
  );
}
