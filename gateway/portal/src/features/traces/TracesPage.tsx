import { Button, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { PolicyDialog } from './PolicyDialog';
import { filterOf, withoutFaults } from './filter';
import { TraceFilters, type TypedFilter } from './TraceFilters';
import { policyQuery, tracesQuery, type TracePolicy } from './traces';
import { TraceHistogram } from './TraceHistogram';
import { TracesTable } from './TracesTable';
import { traceFilters } from '@/shared/data/traceFilters';
import { readers } from '@/shared/data/traces';
import { may, useSession } from '@/shared/session/session';
import { texts } from '@/shared/text/search';
import { Empty, NoResults } from '@/shared/ui/Empty';
import { LinkButton } from '@/shared/ui/LinkButton';
import { PagedList } from '@/shared/ui/PagedList';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';

export function TracesPage(): ReactNode {
  const { page: token, do: doing, ...search } = useSearch({ from: '/traces' });
  const address = withoutFaults(search);
  // The filter belongs to one address, so that links and the browser's history change all of it.
  const [unaddressed, setUnaddressed] = useState<{ of: string; filter: TypedFilter }>();
  const filter = { ...address, ...(unaddressed?.of === keyOf(address) ? unaddressed.filter : {}) };
  const navigate = useNavigate({ from: '/traces' });
  const session = useSession();
  const query = useQuery(tracesQuery(filterOf(filter), token));
  const policy = useQuery(policyQuery).data;
  const show = (next: TypedFilter) => {
    const parts = split(next, address);
    setUnaddressed({ of: keyOf(parts.address), filter: parts.unaddressed });
    void navigate({ search: parts.address });
  };
  const changing = (next: string | undefined) =>
    void navigate({ search: (search) => ({ ...search, do: next }), resetScroll: false });
  return (
    <>
      <PageHeader
        title="Traces"
        description={
          'Every request with its steps, cost and ' + `result.${policy === undefined ? '' : ` ${retentionOf(policy)}`}`
        }
        actions={
          <>
            {may(session, ...readers) && (
              <LinkButton variant="secondary" to="/traces/review" search={{ ...address, feedback: undefined }}>
                Review answers
              </LinkButton>
            )}
            <RoleButton
              variant="secondary"
              roles={['compliance-officer', 'admin']}
              reason={policy === undefined ? 'The current policy is not known yet.' : undefined}
              onClick={() => changing('policy')}
            >
              Change what is kept
            </RoleButton>
          </>
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
          {filter.traceId === undefined && (
            <TraceHistogram filter={filterOf(filter)} onPeriod={(period) => show({ ...filter, ...period })} />
          )}
          {!may(session, ...readers) && (
            <p>Questions and answers are shown to data stewards, ML engineers and compliance officers.</p>
          )}
          {query.data?.searchedFrom != null && (
            <SearchedFrom at={query.data.searchedFrom} onEarlier={(to) => show({ ...filter, to })} />
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
                  Call an application, a variant or a model through the OpenAI API. The trace appears here a second
                  later.
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

/** Returns a sentence about the stored contents. */
function retentionOf({ contents, retentionDays }: TracePolicy): string {
  switch (contents) {
    case 'NONE':
      return 'Contents are not stored.';
    case 'MASKED':
      return `Contents are stored with personal data and secrets masked, for ${retentionDays} days.`;
    case 'FULL':
      return `Contents are stored unchanged for ${retentionDays} days.`;
  }
}

/** Says how far back a search for a text went, if it ended before the period did. */
function SearchedFrom({ at, onEarlier }: { at: string; onEarlier: (to: string) => void }): ReactNode {
  return (
    <p role="status">
      Only the newest calls were searched, back to <Time at={at} />.{' '}
      <Button variant="link" isInline onClick={() => onEarlier(at)}>
        Search earlier calls
      </Button>
    </p>
  );
}

/** The format of a user's hash in traces. */
const HASH = /^[0-9a-f]{32}$/;

/**
 * Keeps typed users, sessions and texts out of the address, since histories and links store it. A hash stays. Traces
 * show a session masked and link to it in that form.
 */
function split({ user = '', session = '', text = '', ...rest }: TypedFilter, linked: TypedFilter) {
  const hashed = HASH.test(user);
  const sessionShown = session === linked.session;
  const textShown = text === linked.text;
  return {
    address: filled({
      ...rest,
      user: hashed ? user : '',
      session: sessionShown ? session : '',
      text: textShown ? text : '',
    }),
    unaddressed: filled({
      user: hashed ? '' : user,
      session: sessionShown ? '' : session,
      text: textShown ? '' : text,
    }),
  };
}

const filled = texts(...traceFilters);

const keyOf = (filter: TypedFilter) => JSON.stringify(Object.entries(filter).toSorted());
