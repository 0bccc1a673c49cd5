import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type ComponentProps, type ReactNode } from 'react';
import { LabelButtons } from './LabelButtons';
import { RetrievedPassages } from './RetrievedPassages';
import { retrievedBy, surenessOf } from './retrieval';
import { Contents } from './TraceContentPanel';
import { contentQuery, traceQuery, type ListedTrace } from '@/shared/data/traces';
import { Problem } from '@/shared/http/problem';
import { itemReaders } from '@/shared/items/items';
import { count } from '@/shared/text/format';
import { Detail, Details } from '@/shared/ui/Details';
import { Loaded } from '@/shared/ui/Loaded';
import { OnDemand } from '@/shared/ui/OnDemand';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

interface ReviewedCallProps {
  trace: ListedTrace;
  place: number;
  of: number;
  /** True to show complete texts, whose reading is recorded. */
  complete: boolean;
  onJudged: ComponentProps<typeof LabelButtons>['onJudged'];
}

/** One call of the review queue: its question, answer and passages, and the buttons that judge it. */
export function ReviewedCall({ trace, place, of, complete, onJudged }: ReviewedCallProps): ReactNode {
  const card = useRef<HTMLDivElement>(null);
  // The focus follows the queue, so that the keys work on each of its calls. After a long answer, the next one is shown
  // from its beginning.
  useEffect(() => {
    card.current?.focus({ preventScroll: true });
    if ((card.current?.getBoundingClientRect().top ?? 0) < 0) card.current?.scrollIntoView();
  }, []);
  const { requestId, application, environment, model, contents } = trace;
  return (
    <Card ref={card} tabIndex={-1} component="section" aria-label={`Answer ${count(place + 1)} of ${count(of)}`}>
      <CardTitle component="h2">
        <Link to="/traces/$trace" params={{ trace: requestId }}>
          <Time at={trace.startedAt} />
        </Link>
      </CardTitle>
      <CardBody className="pl-stack">
        <Details>
          <Detail term="Called">
            {application == null ? model : `${application}${environment == null ? '' : `@${environment}`}`}
            {application != null && <span className="pl-subtle"> {model}</span>}
          </Detail>
          <Detail term="Caller">
            <Person actor={trace.caller} />
          </Detail>
          <Confidence requestId={requestId} />
          {trace.status !== 'OK' && (
            <Detail term="Status">
              <StateLabel state={trace.status} />
            </Detail>
          )}
        </Details>
        {contents === 'NONE' && <p>The contents of this call were not stored. Go on to the next answer.</p>}
        {contents !== 'NONE' && (complete ? <CompleteTexts requestId={requestId} /> : <Beginnings trace={trace} />)}
        <Passages requestId={requestId} complete={complete} />
        <LabelButtons trace={trace} answer={trace.answer ?? null} onJudged={onJudged} />
      </CardBody>
    </Card>
  );
}

/** The masked beginnings of question and answer, as in the list of traces. */
function Beginnings({ trace: { question, answer } }: { trace: ListedTrace }): ReactNode {
  return (
    <Details>
      <Detail term="Question">
        <span className="pl-content">{question ?? 'not stored any more'}</span>
      </Detail>
      <Detail term="Answer">
        <span className="pl-content">{answer ?? 'not stored any more'}</span>
      </Detail>
    </Details>
  );
}

function CompleteTexts({ requestId }: { requestId: string }): ReactNode {
  const query = useQuery(contentQuery(requestId));
  if (query.isError && Problem.of(query.error).status === 404)
    return <p>The contents were deleted under the policy of the workspace.</p>;
  return (
    <Loaded query={query} what="the contents">
      {(content) => <Contents content={content} />}
    </Loaded>
  );
}

/** How sure the model was of its answer, if its variant may abstain. */
function Confidence({ requestId }: { requestId: string }): ReactNode {
  const sureness = surenessOf(useQuery(traceQuery(requestId)).data?.steps ?? []);
  if (sureness === undefined) return null;
  const { confidence, abstained } = sureness;
  return (
    <Detail term="Confidence">
      {confidence?.toFixed(3) ?? 'not reported'} {abstained && <StateLabel state="ABSTAINED" />}
    </Detail>
  );
}

/** The passages that the model was given, if it answered from documents. */
function Passages({ requestId, complete }: { requestId: string; complete: boolean }): ReactNode {
  const { data } = useQuery(traceQuery(requestId));
  const retrieved = data?.steps.map(retrievedBy).find((found) => found !== undefined);
  if (retrieved === undefined || retrieved.passages.length === 0) return null;
  if (complete) return <RetrievedPassages retrieved={retrieved} />;
  const number = `${count(retrieved.passages.length)} ${retrieved.passages.length === 1 ? 'passage' : 'passages'}`;
  return (
    <OnDemand what={`${number} that the model was given, which is recorded`} roles={itemReaders} button={number}>
      <RetrievedPassages retrieved={retrieved} />
    </OnDemand>
  );
}
