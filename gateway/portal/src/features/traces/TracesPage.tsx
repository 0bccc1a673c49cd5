import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { PolicyDialog } from './PolicyDialog';
import { TraceFilters, type TypedFilter } from './TraceFilters';
import { policyQuery, tracesQuery, type TraceFilter } from './traces';
import { TracesTable } from './TracesTable';
import { texts } from '@/shared/text/search';
import { instantsOf } from '@/shared/text/time';
import { Empty, NoResults } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';

export function TracesPage(): ReactNode {
  const { page: token, do: doing, ...address } = useSearch({ from: '/traces' });
  // It belongs to one address, so that links and the browser's history change all of the filter.
  const [unaddressed, setUnaddressed] = useState<{ of: string; filter: TypedFilter }>();
  const filter = { ...address, ...(unaddressed?.of === keyOf(address) ? unaddressed.filter : {}) };
  const navigate = useNavigate({ from: '/traces' });
  const query = useQuery(tracesQuery(asked(filter), token));
  const policy = useQuery(policyQuery).data;
  const show = (next: TypedFilter) => {
    const parts = split(next, address.session);
    setUnaddressed({ of: keyOf(parts.address), filter: parts.unaddressed });
    void navigate({ search: parts.address });
  };
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

/** The hash of a user, as traces show it. */
const HASH = /^[0-9a-f]{32}$/;

/**
 * Leaves out of the address, which histories and links keep, whom calls were for: a user that is typed plain, and a
 * session that is typed. Traces show a session masked, and link to it as they show it.
 */
function split({ user = '', session = '', ...rest }: TypedFilter, linked: string | undefined) {
  const hashed = HASH.test(user);
  const shown = session === linked;
  return {
    address: filled({ ...rest, user: hashed ? user : '', session: shown ? session : '' }),
    unaddressed: filled({ user: hashed ? '' : user, session: shown ? '' : session }),
  };
}

const filled = texts('application', 'variant', 'model', 'status', 'caller', 'user', 'session', 'traceId', 'from', 'to');

const keyOf = (filter: TypedFilter) => JSON.stringify(Object.entries(filter).toSorted());

function asked({ from, to, status, ...rest }: TypedFilter): TraceFilter {
  return {
    ...rest,
    ...(status === undefined ? {} : { status: status as NonNullable<TraceFilter['status']> }),
    ...instantsOf({ from, to }),
  };
}
