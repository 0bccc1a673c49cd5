import { Button, Switch } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { filterOf } from './filter';
import { noteOf } from './LabelButtons';
import { ReviewedCall } from './ReviewedCall';
import type { TypedFilter } from './TraceFilters';
import { tracesQuery, type ListedTraces } from './traces';
import type { ListedTrace } from '@/shared/data/traces';
import { count } from '@/shared/text/format';
import { Empty } from '@/shared/ui/Empty';
import { KeyButton } from '@/shared/keys/KeyButton';
import { useIsReviewing } from '@/shared/keys/review';
import { Loaded } from '@/shared/ui/Loaded';
import { Pager } from '@/shared/ui/Pager';

interface ReviewQueueProps {
  filter: TypedFilter;
  /** The token in the address; absent on the first page. */
  token: string | undefined;
  /** The id of the request that is shown; absent for the first one. */
  call: string | undefined;
  onToken: (token: string | undefined) => void;
  onCall: (call: string | undefined) => void;
}

/** One page of the answers that nobody has judged. The page stays as it was read, so that no answer moves meanwhile. */
export function ReviewQueue({ filter, token, call, onToken, onCall }: ReviewQueueProps): ReactNode {
  const queries = useQueryClient();
  const [last, setLast] = useState<{ trace: ListedTrace; said: string }>();
  const [complete, showComplete] = useState(false);
  const options = tracesQuery({ ...filterOf(filter), feedback: 'NONE' }, token);
  const query = useQuery({ ...options, staleTime: Infinity, refetchOnMount: 'always' });
  const sending = useIsReviewing();
  const judge = (trace: ListedTrace, said: string, next: string | undefined) => {
    setLast({ trace, said });
    onCall(next);
    queries.setQueryData(options.queryKey, (page) => page && without(trace, page));
  };
  return (
    <>
      {last !== undefined && (
        <p role="status">
          {last.said}{' '}
          <Link to="/traces/$trace" params={{ trace: last.trace.requestId }}>
            Open this answer to change it
          </Link>
        </p>
      )}
      <Loaded query={query} what="the answers to review" rows={8}>
        {(page) => {
          const { items, nextPageToken: next } = page;
          if (items.length === 0) return <NothingLeft token={token} next={next ?? undefined} onToken={onToken} />;
          const found = items.findIndex(({ requestId }) => requestId === call);
          const place = Math.max(found, 0);
          const trace = items[place] as ListedTrace;
          const before = items[place - 1]?.requestId;
          const after = items[place + 1]?.requestId;
          const goOn = () => {
            if (after !== undefined) onCall(after);
            else if (next != null) onToken(next);
          };
          return (
            <>
              <Switch
                id="review-complete"
                label="Complete texts (each reading is recorded in the ledger)"
                isChecked={complete}
                onChange={(_event, checked) => showComplete(checked)}
              />
              <ReviewedCall
                key={trace.requestId}
                trace={trace}
                place={place}
                of={items.length}
                complete={complete}
                onJudged={(name, recorded) => judge(trace, `Recorded: ${name}.${noteOf(recorded)}`, after ?? before)}
              />
              <div>
                <KeyButton shortcut="k" isAriaDisabled={sending || before === undefined} onClick={() => onCall(before)}>
                  Previous
                </KeyButton>{' '}
                <KeyButton
                  shortcut="j"
                  isAriaDisabled={sending || (after === undefined && next == null)}
                  onClick={goOn}
                >
                  Next
                </KeyButton>{' '}
                <span aria-live="polite">{count(items.length)} left on this page</span>
              </div>
              <Pager page={page} token={token} onToken={onToken} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function without({ requestId }: ListedTrace, { items, total, ...page }: ListedTraces): ListedTraces {
  return {
    ...page,
    items: items.filter((one) => one.requestId !== requestId),
    total: { ...total, value: total.value - 1 },
  };
}

interface NothingLeftProps {
  token: string | undefined;
  next: string | undefined;
  onToken: (token: string | undefined) => void;
}

/** What follows after the last answer of a page. */
function NothingLeft({ token, next, onToken }: NothingLeftProps): ReactNode {
  if (next !== undefined) {
    return (
      <Empty
        title="All answers on this page are judged"
        action={
          <KeyButton shortcut="j" onClick={() => onToken(next)}>
            Next page
          </KeyButton>
        }
      >
        Older answers wait on the next page.
      </Empty>
    );
  }
  return (
    <Empty
      title="No answer waits for a judgement"
      action={
        token !== undefined && (
          <Button variant="link" onClick={() => onToken(undefined)}>
            Back to the first page
          </Button>
        )
      }
    >
      {token === undefined
        ? 'Every answer that was found is judged, or there was none. Reload the page to see new ones.'
        : 'The answers that you passed over are still on earlier pages.'}
    </Empty>
  );
}
