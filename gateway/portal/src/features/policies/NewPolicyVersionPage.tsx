import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { policyVersionsQuery, type Policy } from './policies';
import { PolicyForm } from './PolicyForm';
import { Problem } from '@/shared/http/problem';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';

/**
 * The page to write the rules of a policy. The address names the target of a new policy, or the version to start from.
 */
export function NewPolicyVersionPage(): ReactNode {
  const { name } = useParams({ from: '/policies/$name/new-version' });
  const { from, target } = useSearch({ from: '/policies/$name/new-version' });
  const query = useQuery(policyVersionsQuery(name));
  const isNew = target !== undefined && query.isError && Problem.of(query.error).status === 404;
  const versions = query.data?.items ?? [];
  const active = versions.find((version) => version.active);
  const base = versions.find(({ version }) => String(version) === from) ?? active;
  return (
    <>
      <PageHeader
        title={isNew ? 'First version' : 'New version'}
        about={`${name} – Policy`}
        trail={[
          <Link key="policies" to="/policies">
            Policies
          </Link>,
          isNew ? (
            name
          ) : (
            <Link key="policy" to="/policies/$name" params={{ name }}>
              {name}
            </Link>
          ),
        ]}
        description={
          isNew
            ? `For the target ${target}, in force once another person has activated it.`
            : base && `For the target ${base.target}. ${start(base, active)}`
        }
      />
      <PageSection isFilled>
        {isNew ? (
          <PolicyForm name={name} target={target} base={undefined} active={undefined} />
        ) : (
          <Loaded query={query} what="the policy" rows={8}>
            {() =>
              base && <PolicyForm key={base.version} name={name} target={base.target} base={base} active={active} />
            }
          </Loaded>
        )}
      </PageSection>
    </>
  );
}

function start(base: Policy, active: Policy | undefined): string {
  return base.active
    ? `Starts from v${base.version}, which stays in force until this one is activated.`
    : `Starts from v${base.version}; v${active?.version} stays in force until this one is activated.`;
}
