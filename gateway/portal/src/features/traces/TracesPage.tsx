import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PolicyDialog } from './PolicyDialog';
import { TraceFilters, type TypedFilter } from './TraceFilters';
import { policyQuery, tracesQuery, type TraceFilter } from './traces';
import { TracesTable } from './TracesTable';
import { instantsOf } from '@/shared/text/time';
import { Empty, NoResults } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';

export function TracesPage(): ReactNode {
  const { page: token, do: doing, ...filter } = useSearch({ from: '/traces' });
  const navigate = useNavigate({ from: '/traces' });
  const query = useQuery(tracesQuery(asked(filter), token));
  const policy = useQuery(policyQuery).data;
  const show = (next: TypedFilter) => void navigate({ search: next });
  const changing = (next: string | undefined) =>
    void navigate({ search: (search) => ({ ...search, do: next }), resetScroll: false });
  return (
    <>
      <PageHeader
        title="Traces"
        description={`What happened in each request.${policy === undefined ? '' : ` ${said[policy.contents]}`}${
          policy === undefined || policy.contents === 'NONE' ? '' : ` for ${policy.retentionDays} days.`
        }`}
        actions={
          <RoleButton
            variant="secondary"
            roles={['compliance-officer', 'admin']}
            reason={policy === undefined ? 'The present policy is not known yet.' : undefined}
            onClick={() => changing('policy')}
          >
            Change what is kept
          </RoleButton>
        }
      />
      <PageSection isFilled>
        <div className="pl-stack">
          {/* Filters that are typed start anew when the address brings others. */}
          <TraceFilters key={JSON.stringify(filter)} filter={filter} onFilter={show} />
          {filter.caller !== undefined && (
            <p>
              Only requests of <Person actor={filter.caller} />.
            </p>
          )}
          <PagedList
            query={query}
            what="traces"
            rows={8}
            token={token}
            onToken={(next) => void navigate({ search: (search) => ({ ...search, page: next }) })}
            empty={
              Object.keys(filter).length > 0 ? (
                <NoResults onClear={() => show({})} />
              ) : (
                <Empty title="No requests in the last seven days">
                  Call an application, a variant or a model through the OpenAI API: a second later its trace is here.
                </Empty>
              )
            }
          >
            {(items) => <TracesTable rows={items} />}
          </PagedList>
        </div>
      </PageSection>
      {doing === 'policy' && policy !== undefined && (
        <PolicyDialog policy={policy} onClose={() => changing(undefined)} />
      )}
    </>
  );
}

const said = {
  NONE: 'What was asked and answered is not kept.',
  MASKED: 'What was asked and answered is kept, with personal data and secrets masked,',
  FULL: 'What was asked and answered is kept as it was',
};

function asked({ from, to, status, ...rest }: TypedFilter): TraceFilter {
  return {
    ...rest,
    ...(status === undefined ? {} : { status: status as NonNullable<TraceFilter['status']> }),
    ...instantsOf({ from, to }),
  };
}
