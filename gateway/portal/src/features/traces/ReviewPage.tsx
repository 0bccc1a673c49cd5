import { Button, PageSection } from '@patternfly/react-core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { withoutFaults } from './filter';
import { ReviewFilters } from './ReviewFilters';
import { ReviewQueue } from './ReviewQueue';
import { readers } from '@/shared/data/traces';
import { may, useSession } from '@/shared/session/session';
import { inSentence } from '@/shared/text/format';
import { PageHeader } from '@/shared/ui/PageHeader';
import { pressShortcut } from '@/shared/keys/shortcuts';

/** The page of the answers that nobody has judged yet, which are shown one at a time. */
export function ReviewPage(): ReactNode {
  const { page, call, ...search } = useSearch({ from: '/traces/review' });
  const filter = withoutFaults({ origin: 'PRODUCTION', ...search });
  const navigate = useNavigate({ from: '/traces/review' });
  const mayRead = may(useSession(), ...readers);
  const { application, origin, ...others } = filter;
  const named = Object.entries(others).filter(([name]) => name !== 'feedback');
  return (
    <div onKeyDown={pressShortcut}>
      <PageHeader
        title="Review"
        about="Traces"
        trail={[
          <Link key="traces" to="/traces" search={search}>
            Traces
          </Link>,
        ]}
        description={
          'Answers that nobody has judged yet, newest first. A judgement takes an answer out of the queue. ' +
          'The keys 1 to 9 judge, j goes to the next answer and k to the previous one.'
        }
      />
      <PageSection isFilled>
        {mayRead ? (
          <div className="pl-stack">
            <ReviewFilters
              key={`${application} ${origin}`}
              filter={{ application, origin }}
              onFilter={(next) => void navigate({ search: { ...others, ...next } })}
            />
            {named.length > 0 && (
              <p>
                Also filtered by {named.map(textOf).join(', ')}.{' '}
                <Button variant="link" isInline onClick={() => void navigate({ search: { application, origin } })}>
                  Clear these filters
                </Button>
              </p>
            )}
            <ReviewQueue
              filter={filter}
              token={page}
              call={call}
              onToken={(next) => void navigate({ search: { ...search, page: next } })}
              onCall={(next) =>
                void navigate({ search: (now) => ({ ...now, call: next }), replace: true, resetScroll: false })
              }
            />
          </div>
        ) : (
          <p>To judge answers here, you have to read them. That needs the role {readers.join(' or ')}.</p>
        )}
      </PageSection>
    </div>
  );
}

function textOf([name, value]: [string, string | undefined]): string {
  return `${inSentence(name)} ${value}`;
}
