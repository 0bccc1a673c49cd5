import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { FeedbackFilters, type TypedFilter } from './FeedbackFilters';
import { feedbackQuery, type FeedbackFilter } from '@/shared/feedback/feedback';
import { FeedbackTable } from '@/shared/feedback/FeedbackTable';
import { instantsOf } from '@/shared/text/time';
import { Empty, NoResults } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { PageHeader } from '@/shared/ui/PageHeader';

export function FeedbackPage(): ReactNode {
  const { page: token, ...filter } = useSearch({ from: '/feedback' });
  const navigate = useNavigate({ from: '/feedback' });
  const query = useQuery(feedbackQuery(filterOf(filter), token));
  const show = (next: TypedFilter) => void navigate({ search: next });
  return (
    <>
      <PageHeader
        title="Feedback"
        description="Feedback that callers sent on answers. To read a correction, open the trace of its answer."
      />
      <PageSection isFilled>
        <div className="pl-stack">
          {/* The key resets the form when the query string changes. */}
          <FeedbackFilters key={JSON.stringify(filter)} filter={filter} onFilter={show} />
          <PagedList
            query={query}
            what="feedback"
            rows={8}
            token={token}
            onToken={(next) => void navigate({ search: (search) => ({ ...search, page: next }) })}
            empty={
              Object.keys(filter).length > 0 ? (
                <NoResults onClear={() => show({})} />
              ) : (
                <Empty title="No feedback in the last 30 days">
                  Applications send feedback to the address <code>/v1/feedback</code>, with the id of the answer.
                </Empty>
              )
            }
          >
            {(items) => <FeedbackTable rows={items} answers />}
          </PagedList>
        </div>
      </PageSection>
    </>
  );
}

function filterOf({ correct, withCorrection, from, to, ...rest }: TypedFilter): FeedbackFilter {
  return {
    ...rest,
    ...(correct === undefined ? {} : { correct: correct === 'true' }),
    ...(withCorrection === undefined ? {} : { withCorrection: withCorrection === 'true' }),
    ...instantsOf({ from, to }),
  };
}
